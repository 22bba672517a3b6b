import type { FaceCalibration } from './settings.ts';

/** Probabilities from scores; even where a score is not finite. */
function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((s, value) => s + value, 0);
  return powers.map((value) => (Number.isFinite(sum) ? value / sum : 1 / powers.length));
}

/** softmax(mean logits / temperature + offsets); `logits`: a row for each cut of one face. */
export function calibrated(
  logits: ArrayLike<number>,
  { temperature, offsets }: Omit<FaceCalibration, 'facePx'>,
): number[] {
  const cuts = logits.length / offsets.length;
  return softmax(
    offsets.map((offset, k) => {
      let sum = 0;
      for (let cut = 0; cut < cuts; cut++) sum += logits[cut * offsets.length + k]!;
      return sum / cuts / temperature + offset;
    }),
  );
}

/** The calibration for a face of this size: between two given sizes, their values in proportion. */
export function calibrationFor(facePx: number, all: readonly FaceCalibration[]): FaceCalibration {
  const next = all.findIndex((one) => one.facePx > facePx);
  if (next === 0) return all[0]!;
  if (next < 0) return all.at(-1)!;
  const [low, high] = [all[next - 1]!, all[next]!];
  const share = (facePx - low.facePx) / (high.facePx - low.facePx);
  const between = (a: number, b: number): number => a + share * (b - a);
  return {
    facePx,
    temperature: between(low.temperature, high.temperature),
    offsets: low.offsets.map((offset, k) => between(offset, high.offsets[k]!)),
  };
}
