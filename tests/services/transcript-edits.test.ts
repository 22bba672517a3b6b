/** Correcting a stored transcript: durable, undone, signed, refused when it is stale. Real workspace and database. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import { analysedConversation, transcriptsOn } from '../fixtures/analysed.ts';
import { libraryOn } from '../fixtures/library.ts';
import { codeOf, openWorkspace, PASSPHRASE, temporaryFolder, workspaceAt } from '../fixtures/workspace.ts';

const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;

async function opened(annotator?: () => string) {
  const path = join(temporaryFolder(), 'workspace');
  const workspace = await openWorkspace(path);
  const { library, recordingId, sessionId, result } = await analysedConversation(workspace);
  const transcripts = transcriptsOn(workspace, library, annotator);
  const before = documentOf(result.transcript);
  const [first, second] = before.utterances;
  const setText = (text: string): EditOperation => ({ kind: 'set-text', utteranceId: first!.id, text });
  const now = async () => (await transcripts.edited(recordingId))?.document;
  return {
    path,
    workspace,
    library,
    transcripts,
    recordingId,
    sessionId,
    before,
    first: first!,
    second: second!,
    setText,
    now,
  };
}

describe('an edit', () => {
  test('is stored, and the analysis’ own transcript stays what one can go back to', async () => {
    const { transcripts, recordingId, before, setText, now } = await opened();
    expect(await transcripts.edited(recordingId)).toBeNull();
    const saved = await transcripts.edit(recordingId, 0, null, setText('Quite another line'));
    expect(saved).toMatchObject({ revision: 1, canUndo: true, canRedo: false });
    expect((await now())!.utterances[0]!.text).toBe('Quite another line');
    expect((await now())!.utterances.slice(1)).toEqual(before.utterances.slice(1));
    expect(await transcripts.current(recordingId)).toMatchObject({ corrected: true, revision: 1 });

    const restored = await transcripts.restore(recordingId, 1);
    expect(await now()).toEqual(before);
    expect(await transcripts.current(recordingId)).toMatchObject({ corrected: false });
    await transcripts.move(recordingId, restored.revision, 'undo');
    expect((await now())!.utterances[0]!.text).toBe('Quite another line');
  });

  test('is undone and redone with the others of its burst, through a restart', async () => {
    const { path, workspace, transcripts, recordingId, before, first, second, setText, now } = await opened();
    await transcripts.edit(recordingId, 0, 'g1', setText('He'));
    await transcripts.edit(recordingId, 1, 'g1', setText('Hello'));
    await transcripts.edit(recordingId, 2, null, { kind: 'join', utteranceId: first.id, nextId: second.id });
    const edited = await now();
    await workspace.lock();

    const again = workspaceAt(path);
    await again.open(key);
    const later = transcriptsOn(again, libraryOn(again));
    expect((await later.edited(recordingId))!.document).toEqual(edited);
    await later.move(recordingId, 3, 'undo');
    expect(await later.move(recordingId, 4, 'undo')).toMatchObject({ canUndo: false, canRedo: true });
    expect((await later.edited(recordingId))!.document).toEqual(before);
    await later.move(recordingId, 5, 'redo');
    await later.move(recordingId, 6, 'redo');
    expect((await later.edited(recordingId))!.document).toEqual(edited);
    expect(await codeOf(later.move(recordingId, 7, 'redo'))).toBe('edit-not-possible');
  });

  test('made to a transcript that has moved on is refused with a code, and changes nothing', async () => {
    const { transcripts, recordingId, setText, now } = await opened();
    await transcripts.edit(recordingId, 0, null, setText('mine'));
    const before = await now();
    expect(await codeOf(transcripts.edit(recordingId, 0, null, setText('yours')))).toBe('edit-stale');
    expect(await codeOf(transcripts.move(recordingId, 0, 'undo'))).toBe('edit-stale');
    const impossible = { kind: 'remove', utteranceId: 'nobody' } as const;
    expect(await codeOf(transcripts.edit(recordingId, 1, null, impossible))).toBe('edit-not-possible');
    expect(await now()).toEqual(before);
    expect(await transcripts.history(recordingId, 100, 10)).toHaveLength(1);
  });

  test('that changes nothing is no edit', async () => {
    const { transcripts, recordingId, first, setText } = await opened();
    expect(await transcripts.edit(recordingId, 0, null, setText(first.text))).toMatchObject({ revision: 0 });
    expect(await transcripts.edited(recordingId)).toBeNull();
  });
});

test('two at once: one is stored, the other is told that it is stale', async () => {
  const { workspace, library, transcripts, recordingId, setText } = await opened();
  const other = transcriptsOn(workspace, library);
  const outcomes = await Promise.allSettled([
    transcripts.edit(recordingId, 0, null, setText('mine')),
    other.edit(recordingId, 0, null, setText('yours')),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('the log says who changed what when, and it goes with the session', async () => {
  let name = 'Ann';
  const { workspace, library, transcripts, recordingId, sessionId, first, setText } = await opened(
    () => name,
  );
  await transcripts.edit(recordingId, 0, null, setText('one'));
  name = 'Bo';
  await transcripts.edit(recordingId, 1, null, { kind: 'remove', utteranceId: first.id });
  const [last, earlier, ...more] = await transcripts.history(recordingId, 100, 10);
  expect(more).toEqual([]);
  expect(last).toMatchObject({ revision: 2, annotator: 'Bo', action: 'edit', operation: { kind: 'remove' } });
  expect(last!.change.utterances[0]!.before!.text).toBe('one');
  expect(earlier).toMatchObject({ revision: 1, annotator: 'Ann' });
  expect(Date.parse(earlier!.at)).toBeLessThanOrEqual(Date.parse(last!.at));
  expect(await transcripts.history(recordingId, 2, 10)).toHaveLength(1);
  const { events } = await workspace.opened().database.call('audit.list', { limit: 5 });
  expect(events.map(({ kind }) => kind)).toContain('transcript-editing-began');

  await library.remove(sessionId);
  expect(await transcripts.history(recordingId, 100, 10)).toEqual([]);
});

test('a transcript that is brought later takes the place of a corrected one, and can be undone', async () => {
  const { transcripts, recordingId, before, setText, now } = await opened();
  const other = { source: 'imported', recogniser: null, language: null, speakersFrom: 'transcript' } as const;
  const brought = { ...other, speakers: [...before.speakers], utterances: before.utterances.slice(0, 2) };
  await transcripts.replace(recordingId, brought);
  expect(await transcripts.edited(recordingId)).toBeNull();
  await transcripts.edit(recordingId, 0, null, setText('mine'));
  const mine = await now();
  await transcripts.replace(recordingId, brought);
  expect(await now()).toEqual(documentOf(brought));
  expect(await transcripts.current(recordingId)).toMatchObject({ corrected: false, transcript: other });
  // The analysis that follows finds the same words: nothing is logged that undo would have to take back.
  await transcripts.replace(recordingId, { ...brought, recogniser: 'a@1' });
  expect(await transcripts.current(recordingId)).toMatchObject({
    ...{ revision: 2, corrected: false },
    transcript: { recogniser: 'a@1' },
  });
  await transcripts.move(recordingId, 2, 'undo');
  expect(await now()).toEqual(mine);
});

test('undo and redo pass over edits that came to nothing', async () => {
  const { transcripts, recordingId, first, setText, now } = await opened();
  await transcripts.edit(recordingId, 0, null, setText('one'));
  await transcripts.edit(recordingId, 1, 'burst', setText('two'));
  await transcripts.edit(recordingId, 2, 'burst', setText('one'));
  const undone = await transcripts.move(recordingId, 3, 'undo');
  expect((await now())!.utterances[0]!.text).toBe(first.text);
  expect(undone).toMatchObject({ revision: 5, canUndo: false, canRedo: true });
  const redone = await transcripts.move(recordingId, 5, 'redo');
  expect((await now())!.utterances[0]!.text).toBe('one');
  expect(redone).toMatchObject({ canUndo: true, canRedo: true });
});

test('kill -9 while somebody types: everything that was said to be saved is there', async () => {
  const { path, workspace, recordingId, first } = await opened();
  await workspace.lock();
  const program = join(import.meta.dirname, '../fixtures/edit-and-hang.ts');
  const child = fork(program, [path, PASSPHRASE, recordingId, first.id], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const saved = await new Promise<number>((resolve) =>
    child.on('message', (revision: number) => {
      if (revision >= 25 && child.kill('SIGKILL')) resolve(revision);
    }),
  );
  await new Promise((resolve) => child.once('exit', resolve));

  const again = workspaceAt(path);
  await again.open(key);
  const transcripts = transcriptsOn(again, libraryOn(again));
  const { document, state } = (await transcripts.edited(recordingId))!;
  expect(state.revision).toBeGreaterThanOrEqual(saved);
  expect(document.utterances[0]!.text).toBe(`edit ${state.revision}`);
  expect(await transcripts.history(recordingId, state.revision + 1, 500)).toHaveLength(state.revision);
  // One burst of typing: one undo.
  expect(await transcripts.move(recordingId, state.revision, 'undo')).toMatchObject({ canUndo: false });
});
