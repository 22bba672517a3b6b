/** Jobs as main tells them: whole states, the newest wins. */
import { SvelteMap } from 'svelte/reactivity';
import type { Modality } from '#contract/emotion/evidence.ts';
import { DOWNLOAD_STAGE, isEnded, type Job } from '#contract/jobs/job.ts';
import type { SessionSummary } from '#contract/library/entities.ts';

export class Jobs {
  readonly #byId = new SvelteMap<string, Job>();
  /** Told while a list is on its way, which may be older. */
  #told: Job[] | null = null;
  readonly #active: readonly Job[] = $derived([...this.#byId.values()].filter((job) => !isEnded(job.state)));
  /** What lists of running work show; an explanation shows its own where it was asked for. */
  readonly running: readonly Job[] = $derived(
    this.#active
      .filter((job) => job.kind !== 'explanation')
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
  );
  /** Connected to somewhere beyond this machine at this moment. */
  readonly downloading: Job | undefined = $derived(
    this.running.find(({ stages }) =>
      stages.some(({ name, state }) => name === DOWNLOAD_STAGE && state === 'running'),
    ),
  );

  /** True when this state ends a job that was running a moment ago. */
  update(job: Job): boolean {
    const before = this.#byId.get(job.id);
    this.#byId.set(job.id, job);
    this.#told?.push(job);
    return isEnded(job.state) && before !== undefined && !isEnded(before.state);
  }

  /** Takes the whole list anew; what is told while it is on its way stays as told. */
  async refresh(list: () => Promise<readonly Job[] | undefined>): Promise<void> {
    const told: Job[] = (this.#told = []);
    const jobs = await list();
    if (this.#told === told) this.#told = null;
    if (!jobs) return;
    this.#byId.clear();
    for (const job of [...jobs, ...told]) this.#byId.set(job.id, job);
  }

  clear(): void {
    this.#byId.clear();
    this.#told = null;
  }

  explaining(recordingId: string, modality: Modality): Job | undefined {
    return this.#active.find(
      (job) =>
        job.kind === 'explanation' && job.recordingId === recordingId && job.stages[0]?.name === modality,
    );
  }

  ofSession(sessionId: string): Job | undefined {
    return this.running.find((job) => job.sessionId === sessionId);
  }

  /** What is stored of a session may be older than its job. */
  stateOf({ id, state }: Pick<SessionSummary, 'id' | 'state'>): SessionSummary['state'] | 'queued' {
    const job = this.running.find(({ kind, sessionId }) => kind === 'analysis' && sessionId === id);
    if (!job) return state;
    return job.state === 'queued' ? 'queued' : 'analysing';
  }
}
