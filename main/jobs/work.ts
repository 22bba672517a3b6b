/** What a long piece of work is given: a signal to obey, and places to report to. */
import type { JobKind } from '#contract/jobs/job.ts';

export interface StageReport {
  /** 0 to 1; calls may be frequent, the registry throttles. */
  progress(fraction: number): void;
  done(): void;
  /** Taken from the cache. */
  reused(): void;
  skipped(): void;
}

export interface WorkContext {
  readonly signal: AbortSignal;
  stage(name: string): StageReport;
  /** Bytes that lie on the disk for a later run to go on with; null: none. Calls may be frequent. */
  holds(bytes: number | null): void;
}

/** Why work ends that is to be gone on with: a person says so, the workspace is locked, or the program closes. What can be gone on with is kept. */
export class CutShort extends Error {
  override readonly name = 'AbortError';
}

export interface WorkRequest {
  kind: JobKind;
  title: string;
  sessionId: string | null;
  recordingId: string | null;
  /** Stage names in order, with their usual share of the time (any positive numbers). */
  stages: { name: string; weight: number }[];
  run(context: WorkContext): Promise<void>;
}
