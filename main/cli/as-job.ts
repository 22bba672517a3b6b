/** Work of the command line through the registry, which tells progress and time left. */
import { AttuneError, cancelledError } from '#contract/errors.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import type { WorkContext, WorkRequest } from '#main/jobs/work.ts';

/** @throws AttuneError */
export async function asJob<T>(
  jobs: JobRegistry,
  request: Pick<WorkRequest, 'kind' | 'title' | 'stages'>,
  run: (context: WorkContext) => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  const job = jobs.enqueue({
    ...request,
    sessionId: null,
    recordingId: null,
    run: async (context) => void results.push(await run(context)),
  });
  const { error } = await jobs.whenEnded(job.id);
  if (results.length > 0 && !error) return results[0]!;
  throw error ? AttuneError.fromData(error) : cancelledError();
}
