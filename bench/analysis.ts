/** Real-time factor of each stage and of the whole, and peak memory, on five minutes of talk. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '#main/engine.ts';
import { benchMedia, looped } from './media.ts';
import { timedAnalysis, type TimedAnalysis } from './timed-analysis.ts';

const FIVE_MINUTES_S = 300;

export function printTimes(title: string, { durationS, wallS, stageS, memory }: TimedAnalysis): void {
  console.log(
    `\n${title}: ${durationS.toFixed(0)} s of recording in ${wallS.toFixed(1)} s, RTF ${(wallS / durationS).toFixed(3)}`,
  );
  for (const [stage, s] of Object.entries(stageS))
    if (s >= 0.005)
      console.log(`  ${stage.padEnd(10)} ${s.toFixed(2).padStart(8)} s   RTF ${(s / durationS).toFixed(4)}`);
  const parts = Object.entries(memory.byProcess).map(([name, mib]) => `${name} ${Math.round(mib)}`);
  console.log(`  peak memory ${Math.round(memory.totalMiB)} MiB in all (${parts.join(', ')} MiB each)`);
}

export async function benchAnalysis(engine: Engine): Promise<void> {
  const { talk, talkIs, faces } = benchMedia();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
  try {
    const sound = path.join(folder, 'talk.flac');
    await looped(talk, null, FIVE_MINUTES_S, sound);
    printTimes(`Sound only (${talkIs}; first run, models load)`, await timedAnalysis(sound, engine));
    printTimes('Sound only (models loaded)', await timedAnalysis(sound, engine));
    if (!faces) {
      console.log('\nWith video: left out, it needs ../shared/data/face/demo_video');
      return;
    }
    const video = path.join(folder, 'talk.mp4');
    await looped(talk, faces, FIVE_MINUTES_S, video);
    printTimes('With video, 5 faces a second', await timedAnalysis(video, engine));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
