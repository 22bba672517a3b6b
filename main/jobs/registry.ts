/** All long work, in one place: what waits, what runs, and how the last fifty ended. */
import { AttuneError } from '#contract/errors.ts';
import { isEnded } from '#contract/jobs/job.ts';
import type { Job, JobKind } from '#contract/jobs/job.ts';
import { RunningJob } from './running-job.ts';
import { CutShort, type WorkRequest } from './work.ts';

export type JobListener = (job: Job) => void;

/** Jobs of one lane run one after the other: two analyses at once would only take each other's cores. A model may take an hour to download. */
const LANES: Record<JobKind, 'import' | 'analysis' | 'explanation' | 'model'> = {
  import: 'import',
  analysis: 'analysis',
  sample: 'analysis',
  speakers: 'analysis',
  explanation: 'explanation',
  model: 'model',
};
const ENDED_KEPT = 50;

export class JobRegistry {
  private readonly jobs = new Map<string, RunningJob>();
  private readonly listeners = new Set<JobListener>();
  private disposed = false;

  /** Takes work on; it starts when its lane is free. */
  enqueue(request: WorkRequest): Job {
    if (this.disposed) throw new AttuneError('cancelled', 'Attune is closing and takes on no more work.');
    const job = new RunningJob(request, (state) => this.tell(state));
    this.jobs.set(job.id, job);
    job.announce();
    this.startNext();
    return job.snapshot();
  }

  /** Asks a job to end, and to `keep` what can be gone on with; does nothing to one that has. @throws AttuneError 'job-unknown' */
  cancel(id: string, keep = false): void {
    this.job(id).cancel(keep ? new CutShort() : undefined);
    this.forgetOldest();
  }

  /** Nothing runs or waits. */
  idle(): boolean {
    return [...this.jobs.values()].every((job) => isEnded(job.currentState));
  }

  /** In the order they were taken on. */
  list(): Job[] {
    return [...this.jobs.values()].map((job) => job.snapshot());
  }

  /** Returns the function that stops listening. */
  onChange(listener: JobListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The job's last state, whichever it is. @throws AttuneError 'job-unknown' */
  async whenEnded(id: string): Promise<Job> {
    return this.job(id).ended;
  }

  /** Cancels everything and waits until it has ended. */
  async dispose(): Promise<void> {
    this.disposed = true;
    await this.cancelAll();
  }

  /** Cancels what is concerned (everything when not said) and waits until it has ended. */
  async cancelAll(concerns: (job: Job) => boolean = () => true): Promise<void> {
    const jobs = [...this.jobs.values()].filter((job) => concerns(job.snapshot()));
    for (const job of jobs) job.cancel(new CutShort());
    await Promise.all(jobs.map((job) => job.ended));
  }

  private job(id: string): RunningJob {
    const job = this.jobs.get(id);
    if (job === undefined) throw new AttuneError('job-unknown', 'That piece of work is no longer known.');
    return job;
  }

  private startNext(): void {
    for (const lane of new Set(Object.values(LANES))) {
      const jobs = [...this.jobs.values()].filter((job) => LANES[job.request.kind] === lane);
      if (jobs.some((job) => job.currentState === 'running')) continue;
      const next = jobs.find((job) => job.currentState === 'queued');
      if (next !== undefined) void next.run().then(() => this.afterRun());
    }
  }

  private afterRun(): void {
    this.forgetOldest();
    this.startNext();
  }

  private forgetOldest(): void {
    const ended = [...this.jobs.values()].filter((job) => isEnded(job.currentState));
    for (const job of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) this.jobs.delete(job.id);
  }

  private tell(job: Job): void {
    for (const listener of this.listeners) listener(job);
  }
}
