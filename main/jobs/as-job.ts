/** Work whose result is waited for, through the registry, which tells progress and time left. */
import { AttuneError, cancelledError } from '#contract/errors.ts';
import type { JobRegistry } from './registry.ts';
import type { WorkContext, WorkRequest } from './work.ts';

/** @throws AttuneError: why the job failed, or 'cancelled' */
export async function asJob<T>(
  jobs: JobRegistry,
  request: Omit<WorkRequest, 'run'>,
  run: (context: WorkContext) => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  const job = jobs.enqueue({
    ...request,
    run: async (context) => void results.push(await run(context)),
  });
  const { error } = await jobs.whenEnded(job.id);
  if (error) throw AttuneError.fromData(error);
  if (results.length === 0) throw cancelledError();
  return results[0]!;
}
