/** The transcript as the person corrects it: shown at once, stored by the queue behind it. */
import { toErrorData, type ErrorData } from '#contract/errors.ts';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import type { TranscriptChange } from '#contract/transcript/edit/change.ts';
import { documentOf, type TranscriptDocument } from '#contract/transcript/edit/document.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import { EditQueue, type QueueView } from './edit-queue.ts';
import { TypedText } from './typed-text.ts';

/** Words of the person's own that found no place any more. */
export interface LostEdit {
  readonly text: string;
  readonly error: ErrorData;
}

export interface Caret {
  readonly utteranceId: string;
  /** In the text; -1: at its end. */
  readonly offset: number;
}

export class TranscriptState {
  /** Null until a result is shown. */
  document: TranscriptDocument | null = $state.raw(null);
  revision = $state(0);
  canUndo = $state(false);
  canRedo = $state(false);
  saving: QueueView['saving'] | 'typing' = $state('saved');
  error: ErrorData | null = $state.raw(null);
  lost: readonly LostEdit[] = $state.raw([]);
  /** The utterance whose words are open for editing. */
  editing: Caret | null = $state.raw(null);
  /** What the person is asked about the current utterance or the transcript. */
  asking: 'speaker' | 'mark' | 'speakers' | 'history' | 'replace' | null = $state(null);
  readonly editingId: string | null = $derived(this.editing?.utteranceId ?? null);
  readonly #api: AttuneApi;
  readonly #typed: TypedText;
  #queue: EditQueue | null = null;
  #recordingId: string | null = null;
  #offered: (() => void) | null = null;

  constructor(api: AttuneApi) {
    this.#api = api;
    this.#typed = new TypedText((utteranceId, text, group) =>
      this.perform({ kind: 'set-text', utteranceId, text }, group),
    );
  }

  /** The recording's transcript as main has it; edits on their way stay. */
  async load(recordingId: string, result: AnalysisResult): Promise<void> {
    // What is on its way belongs to the transcript as it was.
    await this.#queue?.flush().catch(() => undefined);
    const { edited } = await this.#api.call('transcript.open', { recordingId });
    if (this.#queue && this.#recordingId === recordingId) {
      const known = edited?.state.revision ?? 0;
      if (known > 0 || this.revision > 0) return this.#queue.told(known);
      this.#queue.close();
    } else this.close();
    const start = edited ?? {
      document: documentOf(result.transcript),
      state: { revision: 0, canUndo: false, canRedo: false },
    };
    this.#recordingId = recordingId;
    this.#queue = new EditQueue({
      ...{ api: this.#api, recordingId, durationMs: result.source.media.durationMs, start },
      onChange: (view) => this.#show(view),
      onLost: (operation, error) => this.#lose(operation, error),
    });
    this.#show({ ...start, saving: 'saved', error: null });
  }

  utterance(id: string): Utterance | undefined {
    return this.document?.utterances.find((u) => u.id === id);
  }

  /** @throws AttuneError 'edit-not-possible' */
  perform(operation: EditOperation, group: string | null = null): void {
    this.#endOffer();
    this.#queue?.perform(operation, group);
  }

  /** From the text field, with every key: stored within a moment. */
  type(utteranceId: string, text: string): void {
    this.#endOffer();
    this.saving = 'typing';
    this.#typed.type(utteranceId, text);
  }

  /** What is typed belongs to the transcript from here on: before anything else is done to it. */
  commit(): void {
    this.#typed.commit();
  }

  async flush(): Promise<void> {
    this.commit();
    await this.#queue?.flush();
  }

  /** What is offered about the last edit, as to undo it, ends with the next one: it would be about that. */
  offered(end: () => void): void {
    this.#offered = end;
  }

  async move(how: 'undo' | 'redo' | 'restore'): Promise<TranscriptChange | null> {
    this.#endOffer();
    this.commit();
    this.#typed.endBurst();
    return (await this.#queue?.move(how)) ?? null;
  }

  told(recordingId: string, revision: number): void {
    if (recordingId === this.#recordingId) void this.#queue?.told(revision);
  }

  edit(utteranceId: string, offset: number): void {
    this.commit();
    this.#typed.endBurst();
    this.editing = { utteranceId, offset };
  }

  leave(): void {
    this.commit();
    this.#typed.endBurst();
    this.editing = null;
  }

  forgetLost(): void {
    this.lost = [];
  }

  close(): void {
    this.commit();
    this.#endOffer();
    this.#queue?.close();
    this.#queue = null;
    this.#recordingId = null;
    this.document = null;
    this.editing = null;
    this.lost = [];
  }

  #show({ document, state, saving, error }: QueueView): void {
    this.document = document;
    this.revision = state.revision;
    this.canUndo = state.canUndo;
    this.canRedo = state.canRedo;
    this.saving = this.#typed.waiting ? 'typing' : saving;
    this.error = error;
    if (this.editing && !document.utterances.some(({ id }) => id === this.editing?.utteranceId))
      this.editing = null;
  }

  #endOffer(): void {
    this.#offered?.();
    this.#offered = null;
  }

  #lose(operation: EditOperation, error: ErrorData): void {
    const text = 'text' in operation ? operation.text : '';
    this.lost = [...this.lost, { text, error: toErrorData(error) }];
  }
}
