import { FRAMES_PER_SECOND } from './frames.ts';
import type { PitchTrack } from './pitch.ts';
import { mean, quantile, runLengths, slope, standardDeviation } from './statistics.ts';

type Named = [name: string, value: number][];

/** Semitones above 100 Hz. */
const semitones = (frequencyHz: number): number => 12 * Math.log2(frequencyHz / 100);
const seconds = (frame: number): number => frame / FRAMES_PER_SECOND;

/** Height, range, movement and regularity of the voice, and how speech is cut into voiced stretches. */
export function pitchStatistics(
  pitch: PitchTrack,
  isVoiced: readonly boolean[],
  active: readonly boolean[],
): Named {
  const voiced = indices(isVoiced);
  const height = voiced.map((frame) => semitones(pitch.frequencyHz[frame]!));
  const times = voiced.map(seconds);
  const steps: number[] = [];
  voiced.forEach((frame, i) => {
    if (voiced[i - 1] === frame - 1) steps.push(height[i]! - height[i - 1]!);
  });
  const tail = Math.floor(voiced.length * 0.7);
  const runs = runLengths(isVoiced);
  const periodicity = voiced.map((frame) => pitch.periodicity[frame]!);
  const activeCount = Math.max(1, active.filter(Boolean).length);
  return [
    ['f0_mean', mean(height)],
    ['f0_sd', standardDeviation(height)],
    ['f0_p10', quantile(height, 0.1)],
    ['f0_p50', quantile(height, 0.5)],
    ['f0_p90', quantile(height, 0.9)],
    ['f0_slope', slope(times, height)],
    ['f0_final_slope', slope(times.slice(tail), height.slice(tail))],
    ['f0_step', mean(steps.map(Math.abs)) * FRAMES_PER_SECOND],
    ['f0_rising', mean(steps.map((step) => (step > 0 ? 1 : 0)))],
    ['periodicity_mean', mean(periodicity)],
    ['periodicity_sd', standardDeviation(periodicity)],
    ['voiced_share', voiced.length / activeCount],
    ['voiced_run', mean(runs) / FRAMES_PER_SECOND],
    ['voiced_runs_per_s', (runs.length * FRAMES_PER_SECOND) / Math.max(10, active.length)],
  ];
}

/** Shape of the energy contour in dB relative to the clip's loud frames, pauses, and the rate of its peaks (syllables). */
export function energyStatistics(
  levelsDb: Float32Array,
  loudDb: number,
  active: readonly boolean[],
  isVoiced: readonly boolean[],
): Named {
  const frames = indices(active);
  const relative = frames.map((frame) => levelsDb[frame]! - loudDb);
  const voicedLevels = indices(isVoiced).map((frame) => levelsDb[frame]! - loudDb);
  const steps: number[] = [];
  frames.forEach((frame, i) => {
    if (frames[i - 1] === frame - 1) steps.push(relative[i]! - relative[i - 1]!);
  });
  const pauses = runLengths(active.map((isActive) => !isActive));
  return [
    ['energy_mean', mean(relative)],
    ['energy_sd', standardDeviation(relative)],
    ['energy_p10', quantile(relative, 0.1)],
    ['energy_p50', quantile(relative, 0.5)],
    ['energy_p90', quantile(relative, 0.9)],
    ['energy_slope', slope(frames.map(seconds), relative)],
    ['energy_step', mean(steps.map(Math.abs))],
    ['energy_voiced_sd', standardDeviation(voicedLevels)],
    ['pause_share', 1 - frames.length / Math.max(1, active.length)],
    ['longest_pause', Math.max(0, ...pauses) / FRAMES_PER_SECOND],
    ['peaks_per_s', (peaks(levelsDb, active) * FRAMES_PER_SECOND) / Math.max(10, frames.length)],
  ];
}

/** Local maxima of the energy smoothed over five frames that stand at least 2 dB above the valley before them. */
function peaks(levelsDb: Float32Array, active: readonly boolean[]): number {
  let count = 0;
  let valley = Infinity;
  let hill = -Infinity;
  for (let i = 0; i < levelsDb.length; i++) {
    const level = mean(levelsDb.subarray(Math.max(0, i - 2), i + 3));
    if (level > hill && level > valley + 2 && active[i]) hill = level;
    if (hill > -Infinity && level < hill - 2) {
      count++;
      hill = -Infinity;
      valley = level;
    }
    valley = Math.min(valley, level);
  }
  return hill > -Infinity ? count + 1 : count;
}

function indices(flags: readonly boolean[]): number[] {
  const found: number[] = [];
  flags.forEach((flag, i) => {
    if (flag) found.push(i);
  });
  return found;
}
