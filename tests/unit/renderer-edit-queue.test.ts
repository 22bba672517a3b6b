/** Edits on their way from the window: shown at once, stored in order, never silently lost. Main's side is the pure operations themselves. */
import { describe, expect, it } from 'vitest';
import { AttuneError, type ErrorData } from '#contract/errors.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import { applyChange } from '#contract/transcript/edit/change.ts';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import { changeOf } from '#contract/transcript/edit/perform.ts';
import { EditQueue, type QueueView } from '../../renderer/lib/state/edit-queue.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';

const DURATION_MS = 60_000;
const start = {
  document: documentOf(makeAnalysisResult({ durationMs: DURATION_MS }).transcript),
  state: { revision: 0, canUndo: false, canRedo: false },
};
const [first, second] = start.document.utterances;
const typed = (text: string, utteranceId = first!.id): EditOperation => ({
  kind: 'set-text',
  utteranceId,
  text,
});

/** Main with one transcript: answers when it is let, refuses what is stale. */
function main() {
  let stored = start;
  const stored_ = () => stored;
  const sent: EditOperation[] = [];
  let broken: AttuneError | null = null;
  let gate: Promise<void> = Promise.resolve();
  const edit = (operation: EditOperation) => {
    const change = changeOf(stored.document, operation, DURATION_MS);
    stored = {
      document: applyChange(stored.document, change),
      state: { revision: stored.state.revision + 1, canUndo: true, canRedo: false },
    };
    return { ...stored.state, change };
  };
  const call = async (method: string, input: { revision: number; operation: EditOperation }) => {
    await gate;
    if (broken) throw broken;
    if (method === 'transcript.open') return { edited: stored };
    if (input.revision !== stored.state.revision) throw new AttuneError('edit-stale', 'Stale.');
    sent.push(input.operation);
    return edit(input.operation);
  };
  return {
    api: { call: call as unknown as AttuneApi['call'] },
    stored: stored_,
    sent,
    edit,
    break: (error: AttuneError | null) => (broken = error),
    hold: () => {
      let release = (): void => undefined;
      gate = new Promise((resolve) => (release = resolve));
      return () => release();
    },
  };
}

function opened(more: { retryMs?: number } = {}) {
  const server = main();
  const views: QueueView[] = [];
  const lost: [EditOperation, ErrorData][] = [];
  const queue = new EditQueue({
    ...{ api: server.api, recordingId: 'r', durationMs: DURATION_MS, start },
    onChange: (view) => views.push(view),
    onLost: (operation, error) => lost.push([operation, error]),
    ...more,
  });
  return {
    server,
    queue,
    views,
    lost,
    shown: () => views.at(-1)!.document.utterances.map(({ text }) => text),
  };
}

describe('an edit', () => {
  it('is shown before it is stored, and said to be saved only then', async () => {
    const { server, queue, views, shown } = opened();
    const release = server.hold();
    queue.perform(typed('at once'));
    expect([shown()[0], views.at(-1)!.saving]).toEqual(['at once', 'saving']);
    release();
    await queue.flush();
    expect(views.at(-1)).toMatchObject({ saving: 'saved', state: { revision: 1 } });
    expect(server.stored().document).toEqual(views.at(-1)!.document);
  });

  it('that can’t be is refused at once, and nothing is sent', () => {
    const { server, queue } = opened();
    expect(() => queue.perform(typed('x', 'nobody'))).toThrow(
      expect.objectContaining({ code: 'edit-not-possible' }),
    );
    expect(server.sent).toEqual([]);
  });

  it('of typing overtakes what was not sent yet; everything else goes in order', async () => {
    const { server, queue } = opened();
    const release = server.hold();
    for (const text of ['H', 'He', 'Hel', 'Hell', 'Hello there']) queue.perform(typed(text), 'g');
    queue.perform({ kind: 'split', utteranceId: first!.id, offset: 5, newId: 'n' });
    queue.perform(typed('you', 'n'), 'h');
    release();
    await queue.flush();
    expect(server.sent.map((op) => ('text' in op ? op.text : op.kind))).toEqual([
      'H',
      'Hello there',
      'split',
      'you',
    ]);
  });
});

describe('when somebody else edits meanwhile', () => {
  it('edits elsewhere in the transcript are put on top', async () => {
    const { server, queue, shown, lost } = opened();
    server.edit(typed('theirs', second!.id));
    queue.perform(typed('mine'));
    await queue.flush();
    expect(shown().slice(0, 2)).toEqual(['mine', 'theirs']);
    expect(
      server
        .stored()
        .document.utterances.map(({ text }) => text)
        .slice(0, 2),
    ).toEqual(['mine', 'theirs']);
    expect(lost).toEqual([]);
  });

  it('an edit of what is gone is handed back with its words', async () => {
    const { server, queue, lost, views } = opened();
    server.edit({ kind: 'remove', utteranceId: first!.id });
    queue.perform(typed('mine'));
    queue.perform(typed('also mine', second!.id));
    await queue.flush();
    expect(lost).toEqual([[typed('mine'), expect.objectContaining({ code: 'edit-not-possible' })]]);
    expect(views.at(-1)).toMatchObject({ saving: 'saved' });
    expect(server.stored().document.utterances[0]!.text).toBe('also mine');
  });

  it('what they did is shown without an edit of one’s own', async () => {
    const { server, queue, shown } = opened();
    server.edit(typed('theirs'));
    await queue.told(1);
    expect(shown()[0]).toBe('theirs');
  });
});

describe('when it can’t be stored', () => {
  it('the edit stays, it says why, and it is tried again', async () => {
    const { server, queue, views, shown } = opened({ retryMs: 5 });
    server.break(new AttuneError('disk-full', 'The disk is full.'));
    queue.perform(typed('kept'));
    await expect(queue.flush()).rejects.toMatchObject({ code: 'disk-full' });
    expect(views.at(-1)).toMatchObject({ saving: 'waiting', error: { code: 'disk-full' } });
    expect(shown()[0]).toBe('kept');
    server.break(null);
    await expect.poll(() => views.at(-1)!.saving).toBe('saved');
    expect(server.stored().document.utterances[0]!.text).toBe('kept');
  });

  it('an edit whose answer was lost isn’t made twice', async () => {
    const { server, queue, views, lost } = opened();
    const split = {
      kind: 'split',
      utteranceId: first!.id,
      offset: first!.text.indexOf(' '),
      newId: 'n',
    } as const;
    server.edit(split);
    queue.perform(split);
    await queue.flush();
    expect([server.sent, lost]).toEqual([[], []]);
    expect(views.at(-1)).toMatchObject({ saving: 'saved', state: { revision: 1 } });
  });
});
