/**
 * Edits on their way: shown at once, sent one after another, and kept until main says that they are durable. When the transcript was
 * changed elsewhere they are put on top of it as it is now.
 */
import { AttuneError, toErrorData, type ErrorData } from '#contract/errors.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import { applyChange } from '#contract/transcript/edit/change.ts';
import type { TranscriptDocument } from '#contract/transcript/edit/document.ts';
import type { EditOutcome, EditState } from '#contract/transcript/edit/log.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import { changeOf } from '#contract/transcript/edit/perform.ts';
import type { Milliseconds } from '#contract/units.ts';

export interface Edited {
  readonly document: TranscriptDocument;
  readonly state: EditState;
}

export interface QueueView extends Edited {
  readonly saving: 'saved' | 'saving' | 'waiting';
  /** Why saving waits. */
  readonly error: ErrorData | null;
}

export interface QueueOptions {
  readonly api: Pick<AttuneApi, 'call'>;
  readonly recordingId: string;
  readonly durationMs: Milliseconds;
  readonly start: Edited;
  readonly onChange: (view: QueueView) => void;
  /** An edit that no longer fits the transcript, because somebody else changed it: what it said must not be lost silently. */
  readonly onLost: (operation: EditOperation, error: ErrorData) => void;
  readonly retryMs?: number;
}

/** Trying these again would not help. */
const REFUSED: ReadonlySet<string> = new Set([
  'edit-not-possible',
  'argument-invalid',
  'record-not-found',
  'analysis-none',
]);

interface Pending {
  readonly operation: EditOperation;
  readonly group: string | null;
}

export class EditQueue {
  readonly #options: QueueOptions;
  /** As main has it, and with what is on its way. */
  #base: Edited;
  #shown: TranscriptDocument;
  #pending: Pending[] = [];
  #sending: Promise<void> | null = null;
  #error: ErrorData | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#base = options.start;
    this.#shown = options.start.document;
  }

  /** @throws AttuneError 'edit-not-possible' at once */
  perform(operation: EditOperation, group: string | null = null): void {
    this.#shown = this.#after(this.#shown, operation);
    const last = this.#pending.at(-1);
    // Typing overtakes itself; the one that is being sent stays.
    const overtakes =
      this.#pending.length > 1 &&
      operation.kind === 'set-text' &&
      last?.operation.kind === 'set-text' &&
      last.operation.utteranceId === operation.utteranceId &&
      last.group === group;
    if (overtakes) this.#pending.pop();
    this.#pending.push({ operation, group });
    this.#send();
    this.#tell();
  }

  /** Resolves when everything is durable. @throws AttuneError why it isn't */
  async flush(): Promise<void> {
    this.#send();
    await this.#sending;
    if (this.#error) throw AttuneError.fromData(this.#error);
  }

  /** What is on its way is stored first. */
  async move(how: 'undo' | 'redo' | 'restore'): Promise<EditOutcome['change']> {
    await this.flush();
    const { recordingId, api } = this.#options;
    const { revision } = this.#base.state;
    try {
      const outcome = await api.call(`transcript.${how}`, { recordingId, revision });
      this.#take(outcome);
      return outcome.change;
    } catch (thrown) {
      if (codeOf(thrown) === 'edit-stale') await this.#reload();
      throw thrown;
    }
  }

  /** Another window, or main itself, changed the transcript. */
  async told(revision: number): Promise<void> {
    await this.#sending;
    if (!this.#closed && revision > this.#base.state.revision) await this.#reload().catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
  }

  #after(document: TranscriptDocument, operation: EditOperation): TranscriptDocument {
    return applyChange(document, changeOf(document, operation, this.#options.durationMs));
  }

  #send(): void {
    if (this.#pending.length === 0) return;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
      if (!this.#error) this.#send();
      this.#tell();
    });
  }

  async #sendAll(): Promise<void> {
    const { api, recordingId, retryMs = 2000 } = this.#options;
    this.#error = null;
    for (let next = this.#pending[0]; next; next = this.#pending[0]) {
      try {
        const { revision } = this.#base.state;
        const outcome = await api.call('transcript.edit', { recordingId, revision, ...next });
        this.#pending.shift();
        this.#take(outcome);
      } catch (thrown) {
        const error = toErrorData(thrown);
        try {
          if (REFUSED.has(error.code)) this.#lose(this.#pending.shift()!, error);
          else if (error.code !== 'edit-stale') throw thrown;
          await this.#reload();
        } catch (again) {
          this.#error = toErrorData(again);
          if (!this.#closed) this.#retry = setTimeout(() => this.#send(), retryMs);
          return;
        }
      }
    }
  }

  #take({ change, ...state }: EditOutcome): void {
    this.#base = { document: applyChange(this.#base.document, change), state };
    if (this.#pending.length === 0) this.#shown = this.#base.document;
    this.#tell();
  }

  /** The transcript as it is now, and what is on its way on top of it. */
  async #reload(): Promise<void> {
    const { edited } = await this.#options.api.call('transcript.open', {
      recordingId: this.#options.recordingId,
    });
    if (edited) this.#base = edited;
    let document = this.#base.document;
    this.#pending = this.#pending.filter((pending) => {
      if (alreadyThere(document, pending.operation)) return false;
      try {
        document = this.#after(document, pending.operation);
        return true;
      } catch (thrown) {
        this.#lose(pending, toErrorData(thrown));
        return false;
      }
    });
    this.#shown = document;
    this.#tell();
  }

  #lose({ operation }: Pending, error: ErrorData): void {
    this.#options.onLost(operation, error);
  }

  #tell(): void {
    if (this.#closed) return;
    const busy = this.#sending !== null || this.#pending.length > 0;
    const saving = this.#error ? 'waiting' : busy ? 'saving' : 'saved';
    this.#options.onChange({ document: this.#shown, state: this.#base.state, saving, error: this.#error });
  }
}

const codeOf = (thrown: unknown): string => toErrorData(thrown).code;

/** Its answer was lost, it was not: what it made is there. */
const alreadyThere = ({ utterances }: TranscriptDocument, operation: EditOperation): boolean =>
  (operation.kind === 'split' || operation.kind === 'insert') &&
  utterances.some(({ id }) => id === operation.newId);
