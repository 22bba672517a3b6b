/** How long a cancel takes: asked for in the middle of each costly stage, until the analysis has ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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
      const controller = new AbortController();
      let askedAt = 0;
      setTimeout(() => {
        askedAt = performance.now();
        controller.abort();
      }, afterMs);
      const ended = await timedAnalysis(file, engine, controller.signal).then(
        () => 'finished before it was asked',
        () => `ended ${Math.round(performance.now() - askedAt)} ms after it was asked`,
      );
      console.log(`cancel after ${afterMs} ms: ${ended}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
