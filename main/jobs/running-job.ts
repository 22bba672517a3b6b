/** One piece of work from queue to end. Only `run` and `cancel` here decide how it ends. */
import { randomUUID } from 'node:crypto';
import { toErrorData } from '#contract/errors.ts';
import type { ErrorData } from '#contract/errors.ts';
import type { Job, JobState } from '#contract/jobs/job.ts';
import { isEnded } from '#contract/jobs/job.ts';
import { overallFraction, remainingMs } from './progress.ts';
import type { WeightedStage } from './progress.ts';
import { Throttle } from './throttle.ts';
import type { CutShort, StageReport, WorkRequest } from './work.ts';

/** At most ten whole states a second reach the listeners. */
const PROGRESS_INTERVAL_MS = 100;

export class RunningJob {
  readonly id = randomUUID();
  readonly request: WorkRequest;
  /** Resolves with the job's last state; never rejects. */
  readonly ended: Promise<Job>;
  private readonly controller = new AbortController();
  private readonly stages: WeightedStage[];
  private readonly createdAt = new Date().toISOString();
  private readonly throttle: Throttle;
  private resolveEnded!: (job: Job) => void;
  private state: JobState = 'queued';
  private startedAt: string | null = null;
  private endedAt: string | null = null;
  private startedTick = 0;
  private heldBytes: number | null = null;
  private error: ErrorData | null = null;

  constructor(request: WorkRequest, onChange: (job: Job) => void) {
    this.request = request;
    this.ended = new Promise((resolve) => (this.resolveEnded = resolve));
    this.stages = request.stages.map(({ name, weight }) => ({ name, weight, state: 'waiting', fraction: 0 }));
    this.throttle = new Throttle(PROGRESS_INTERVAL_MS, () => onChange(this.snapshot()));
  }

  get currentState(): JobState {
    return this.state;
  }

  snapshot(): Job {
    const { kind, title, sessionId, recordingId } = this.request;
    const running = this.state === 'running';
    return {
      id: this.id,
      kind,
      state: this.state,
      sessionId,
      recordingId,
      title,
      stages: this.stages.map(({ name, state, fraction }) => ({ name, state, fraction })),
      fraction: this.state === 'succeeded' ? 1 : overallFraction(this.stages),
      remainingMs: running ? remainingMs(this.stages, performance.now() - this.startedTick) : null,
      heldBytes: this.heldBytes,
      createdAt: this.createdAt,
      startedAt: this.startedAt,
      endedAt: this.endedAt,
      error: this.error,
    };
  }

  /** Announces the queued state. */
  announce(): void {
    this.throttle.flush();
  }

  /** Runs the work; the one place where it becomes succeeded, failed or cancelled. Never rejects. */
  async run(): Promise<void> {
    this.state = 'running';
    this.startedAt = new Date().toISOString();
    this.startedTick = performance.now();
    this.throttle.flush();
    const error = await this.request
      .run({
        signal: this.controller.signal,
        stage: (name) => this.stageReport(name),
        holds: (bytes) => this.hold(bytes),
      })
      .then(() => null, toErrorData);
    if (error === null) this.finish('succeeded', null);
    // A host that was killed to obey the cancel rejects with a crash: that is no failure.
    else if (this.controller.signal.aborted || error.code === 'cancelled') this.finish('cancelled', null);
    else this.finish('failed', error);
  }

  /** A queued job ends at once, a running one when its work obeys. */
  cancel(why?: CutShort): void {
    if (isEnded(this.state)) return;
    this.controller.abort(why);
    if (this.state === 'queued') this.finish('cancelled', null);
  }

  private hold(bytes: number | null): void {
    if (isEnded(this.state)) return;
    this.heldBytes = bytes;
    this.throttle.request();
  }

  private stageReport(name: string): StageReport {
    const stage = this.stages.find((each) => each.name === name);
    if (stage === undefined) throw new Error('A stage that the request did not announce.');
    const change = (state: WeightedStage['state'], fraction: number): void => {
      if (isEnded(this.state)) return;
      stage.state = state;
      stage.fraction = Math.max(stage.fraction, Math.min(1, fraction));
      this.throttle.request();
    };
    return {
      progress: (fraction) => change('running', Number.isFinite(fraction) ? fraction : 0),
      done: () => change('done', 1),
      reused: () => change('reused', 1),
      skipped: () => change('skipped', 1),
    };
  }

  private finish(state: JobState, error: ErrorData | null): void {
    this.state = state;
    this.error = error;
    this.endedAt = new Date().toISOString();
    this.throttle.flush();
    this.resolveEnded(this.snapshot());
  }
}
