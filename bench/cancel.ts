/** How long a cancel takes: asked for in the middle of each costly stage, until the analysis has ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { toErrorData } from '#contract/errors.ts';
import type { Engine } from '#main/engine.ts';
import { benchMedia, looped } from './media.ts';
import { timedAnalysis } from './timed-analysis.ts';

const CANCEL_AFTER_MS = [500, 2000, 5000, 9000];

export async function benchCancel(engine: Engine): Promise<void> {
  const { talk, faces } = benchMedia();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
  try {
    const file = path.join(folder, `talk.${faces ? 'mp4' : 'flac'}`);
    await looped(talk, faces, 300, file);
    for (const afterMs of CANCEL_AFTER_MS) {
      const ended = await cancelledAfter(afterMs, (signal) => timedAnalysis(file, engine, signal));
      console.log(`cancel after ${afterMs} ms: ${ended}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What came of the work. @throws what the work throws, unless it is that it was cancelled */
export async function cancelledAfter(
  ms: number,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<string> {
  const controller = new AbortController();
  let askedAt = 0;
  const timer = setTimeout(() => {
    askedAt = performance.now();
    controller.abort();
  }, ms);
  try {
    await work(controller.signal);
    return 'finished before it was asked';
  } catch (thrown) {
    if (!controller.signal.aborted || toErrorData(thrown).code !== 'cancelled') throw thrown;
    return `ended ${Math.round(performance.now() - askedAt)} ms after it was asked`;
  } finally {
    clearTimeout(timer);
  }
}
