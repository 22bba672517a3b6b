/** Jobs as main tells them: whole states, the newest wins. */
import { SvelteMap } from 'svelte/reactivity';
import { isEnded, type Job } from '#contract/jobs/job.ts';

export class Jobs {
  readonly #byId = new SvelteMap<string, Job>();
  readonly running: readonly Job[] = $derived(
    [...this.#byId.values()]
      .filter((job) => !isEnded(job.state))
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
  );

  /** True when this state ends a job that was running a moment ago. */
  update(job: Job): boolean {
    const before = this.#byId.get(job.id);
    this.#byId.set(job.id, job);
    return isEnded(job.state) && before !== undefined && !isEnded(before.state);
  }

  replace(jobs: readonly Job[]): void {
    this.#byId.clear();
    for (const job of jobs) this.#byId.set(job.id, job);
  }

  ofSession(sessionId: string): Job | undefined {
    return this.running.find((job) => job.sessionId === sessionId);
  }
}
