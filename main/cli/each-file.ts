/** The files that a command was given, one after the other: one that fails is complained about, and the others are still done. */
import { JobRegistry } from '#main/jobs/registry.ts';
import { complain } from './complain.ts';
import { ProgressLine } from './progress-line.ts';

export interface FileWork {
  jobs: JobRegistry;
  progress: ProgressLine;
}

/** Gives the exit code. */
export async function eachFile(
  files: readonly string[],
  signal: AbortSignal,
  work: (file: string, parts: FileWork) => Promise<void>,
): Promise<number> {
  const jobs = new JobRegistry();
  const progress = new ProgressLine(process.stderr);
  jobs.onChange((job) => progress.show(job));
  signal.addEventListener('abort', () => void jobs.dispose());
  let failures = 0;
  for (const file of files) {
    try {
      await work(file, { jobs, progress });
    } catch (error) {
      progress.clear();
      failures++;
      complain(error, file);
      if (signal.aborted) break;
    }
  }
  return failures === 0 ? 0 : 1;
}
