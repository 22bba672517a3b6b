/**
 * Keeps results up with corrected transcripts, in the background: when a person pauses, what changed is read again. Readings can always be
 * made again from the transcript, so the result is stored only once editing rests.
 */
import { setTimeout } from 'node:timers';
import { applyPatch, type AnalysisPatch } from '#contract/analysis/patch.ts';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { toErrorData, type ErrorData } from '#contract/errors.ts';
import { difference, isEmpty, staleEdit } from '#contract/transcript/edit/change.ts';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import { confirmed } from '../analysis/confirm-people.ts';
import { reread } from '../analysis/reread.ts';
import type { AnalysisParts } from '../analysis/types.ts';
import type { LibraryService } from '../library/library-service.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import type { TranscriptService } from './transcript-service.ts';

export interface RereadingOptions {
  workspace: WorkspaceService;
  library: LibraryService;
  transcripts: TranscriptService;
  jobs: JobRegistry;
  parts: Omit<AnalysisParts, 'cache'>;
  /** Milliseconds without an edit before reading, and before storing. */
  pauseMs?: number;
  restMs?: number;
}

export type Reread =
  | { recordingId: string; patch: AnalysisPatch; error: null }
  | { recordingId: string; patch: null; error: ErrorData };

/** A result that is ahead of the stored one. */
interface Ahead {
  recordingId: string;
  result: AnalysisResult;
}

export class Rereading {
  private readonly options: RereadingOptions;
  private readonly listeners = new Set<(reread: Reread) => void>();
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private ahead: Ahead | null = null;
  private storing: NodeJS.Timeout | null = null;
  private controller = new AbortController();
  /** One recording at a time. */
  private turn: Promise<void> = Promise.resolve();

  constructor(options: RereadingOptions) {
    this.options = options;
    options.transcripts.onChange((recordingId) => this.check(recordingId));
    options.jobs.onChange((job) => {
      if (job.kind !== 'analysis' || job.endedAt === null || job.recordingId === null) return;
      // The stored result is another one now.
      if (job.state === 'succeeded' && this.ahead?.recordingId === job.recordingId) this.ahead = null;
      this.check(job.recordingId);
    });
    options.workspace.beforeLock(() => this.settle());
  }

  /** Reads again what is not up to the transcript, after a pause. */
  check(recordingId: string): void {
    clearTimeout(this.waiting.get(recordingId));
    const timer = setTimeout(() => {
      this.waiting.delete(recordingId);
      void this.inTurn(() => this.bringUp(recordingId));
    }, this.options.pauseMs ?? 1000);
    this.waiting.set(recordingId, timer.unref());
  }

  /** The recording's result where it is ahead of the stored one. */
  result(recordingId: string): AnalysisResult | null {
    return this.ahead?.recordingId === recordingId ? this.ahead.result : null;
  }

  /** Resolves when the stored result is not behind. */
  async stored(recordingId: string): Promise<void> {
    if (this.result(recordingId)) await this.inTurn(() => this.store());
  }

  /** Stored when it resolves. @throws AttuneError 'edit-stale' when there are other speakers by now, and what storing throws */
  confirmPeople(recordingId: string, people: number): Promise<void> {
    return this.inTurn(async () => {
      const { library } = this.options;
      const before = this.result(recordingId) ?? (await library.result(recordingId));
      if (before.transcript.speakers.length !== people || this.beingAnalysed(recordingId)) throw staleEdit();
      const patch = confirmed(before);
      await library.saveResult(recordingId, applyPatch(before, patch));
      if (this.ahead?.recordingId === recordingId) this.ahead = null;
      this.tell({ recordingId, patch, error: null });
    });
  }

  onReread(listener: (reread: Reread) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async bringUp(recordingId: string): Promise<void> {
    const { library, transcripts, parts } = this.options;
    const { signal } = this.controller;
    try {
      if (this.beingAnalysed(recordingId)) return;
      const edited = await transcripts.current(recordingId);
      if (edited === null) return;
      const before = this.result(recordingId) ?? (await library.result(recordingId));
      if (isEmpty(difference(documentOf(before.transcript), documentOf(edited.transcript)))) return;
      const { name, bytes, sha256, media: info } = await library.recording(recordingId);
      const request = { input: await library.mediaInput(recordingId), info, source: { name, bytes, sha256 } };
      const all = { ...parts, cache: library.stageCache(recordingId) };
      const patch = await reread(before, edited.transcript, request, all, signal);
      await this.goAhead({ recordingId, result: applyPatch(before, patch) });
      this.tell({ recordingId, patch, error: null });
    } catch (thrown) {
      const error = toErrorData(thrown);
      if (signal.aborted || error.code === 'analysis-none') return;
      // The host was started anew, with other settings.
      if (error.code === 'cancelled') this.check(recordingId);
      else this.tell({ recordingId, patch: null, error });
    }
  }

  private beingAnalysed(recordingId: string): boolean {
    return this.options.jobs
      .list()
      .some((job) => job.kind === 'analysis' && job.recordingId === recordingId && job.endedAt === null);
  }

  private async goAhead(ahead: Ahead): Promise<void> {
    if (this.ahead && this.ahead.recordingId !== ahead.recordingId) await this.store();
    this.ahead = ahead;
    clearTimeout(this.storing ?? undefined);
    this.storing = setTimeout(
      () => void this.inTurn(() => this.store()),
      this.options.restMs ?? 5000,
    ).unref();
  }

  private async store(): Promise<void> {
    clearTimeout(this.storing ?? undefined);
    const { ahead } = this;
    if (ahead === null || this.beingAnalysed(ahead.recordingId)) return;
    try {
      await this.options.library.saveResult(ahead.recordingId, ahead.result);
    } catch (thrown) {
      // It is made again from the transcript the next time; the disk may have room by then.
      this.tell({ recordingId: ahead.recordingId, patch: null, error: toErrorData(thrown) });
    }
    if (this.ahead === ahead) this.ahead = null;
  }

  /** Before the workspace is locked: stops reading and stores what there is. */
  private async settle(): Promise<void> {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    this.controller.abort();
    await this.inTurn(() => this.store());
    this.controller = new AbortController();
  }

  private tell(reread: Reread): void {
    for (const listener of this.listeners) listener(reread);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const run = this.turn.then(work);
    this.turn = run.catch(() => undefined);
    return run;
  }
}
