import { softmax } from '../softmax.ts';
import type { FaceCalibration } from './settings.ts';

/** softmax(mean logits / temperature + offsets), even where a score is not finite; `logits`: a row for each cut of one face. */
export function calibrated(
  logits: ArrayLike<number>,
  { temperature, offsets }: Omit<FaceCalibration, 'facePx'>,
): number[] {
  const cuts = logits.length / offsets.length;
  const probabilities = softmax(
    offsets.map((offset, k) => {
      let sum = 0;
      for (let cut = 0; cut < cuts; cut++) sum += logits[cut * offsets.length + k]!;
      return sum / cuts / temperature + offset;
    }),
  );
  return probabilities.some(Number.isNaN) ? probabilities.map((_, __, all) => 1 / all.length) : probabilities;
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
