/** Is memory flat? Peak of all processes on 5 and on 60 minutes. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '#main/engine.ts';
import { printTimes } from './analysis.ts';
import { benchMedia, looped } from './media.ts';
import { timedAnalysis } from './timed-analysis.ts';

export async function benchMemoryGrowth(engine: Engine): Promise<void> {
  const { talk, faces } = benchMedia();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
  try {
    for (const minutes of [5, 60]) {
      const file = path.join(folder, `talk-${minutes}.${faces ? 'mp4' : 'flac'}`);
      await looped(talk, faces, minutes * 60, file);
      printTimes(`${minutes} minutes${faces ? ' with video' : ''}`, await timedAnalysis(file, engine));
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
