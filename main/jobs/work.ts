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
