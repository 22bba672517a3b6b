/** Jobs as main tells them: whole states, the newest wins. */
import { SvelteMap } from 'svelte/reactivity';
import type { Modality } from '#contract/emotion/evidence.ts';
import { DOWNLOAD_STAGE, isEnded, type Job } from '#contract/jobs/job.ts';

export class Jobs {
  readonly #byId = new SvelteMap<string, Job>();
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
    return isEnded(job.state) && before !== undefined && !isEnded(before.state);
  }

  /** A list may have been on its way while one of its jobs ended: what has ended stays so. */
  replace(jobs: readonly Job[]): void {
    const ended = [...this.#byId.values()].filter(({ state }) => isEnded(state));
    this.#byId.clear();
    for (const job of jobs) this.#byId.set(job.id, ended.find(({ id }) => id === job.id) ?? job);
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
}
