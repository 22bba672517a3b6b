/** Talk in one channel, ten minutes and an hour of it: words and speakers by voice. Real-time factor, and whether memory stays flat. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '#main/engine.ts';
import { printTimes } from './analysis.ts';
import { coreSeconds } from './cpu-time.ts';
import { benchMedia, looped } from './media.ts';
import { timedAnalysis } from './timed-analysis.ts';

const PARTS = 12;

export async function benchHour(engine: Engine): Promise<void> {
  const { talk, talkIs } = benchMedia();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
  try {
    for (const minutes of [10, 60]) {
      const file = path.join(folder, `talk-${minutes}.flac`);
      await looped(talk, null, minutes * 60, file, ['-ac', '1']);
      const before = coreSeconds();
      const timed = await timedAnalysis(file, engine);
      printTimes(`${minutes} minutes in one channel (${talkIs}, over and over)`, timed);
      const { speakers, utterances } = timed.result.transcript;
      console.log(`  ${speakers.length} speakers, ${utterances.length} utterances`);
      console.log(`  ${Math.round(coreSeconds() - before)} s of one core, all processes together`);
      const { seriesMiB } = timed.memory;
      const part = Math.ceil(seriesMiB.length / PARTS);
      const highest = Array.from({ length: PARTS }, (_, i) =>
        Math.round(Math.max(0, ...seriesMiB.slice(i * part, (i + 1) * part))),
      );
      console.log(`  highest in each ${PARTS}th of the time: ${highest.join(', ')} MiB`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
