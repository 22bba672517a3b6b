/** Offline smoothing of one dimension: every estimate uses the evidence before and after it. */
import type { Milliseconds } from '#contract/units.ts';
import { carriedForward, remaining, restingBelief, updated } from './kalman.ts';
import type { Belief, Observation } from './kalman.ts';
import type { ProcessModel } from './settings.ts';

export interface SmoothedTrack {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/**
 * Rauch-Tung-Striebel smoother (Rauch, Tung and Striebel 1965; Särkkä 2013, theorem 8.2) of an Ornstein-Uhlenbeck process, evaluated at
 * `timesMs` (ascending). Observations may lie anywhere and in any order. The same as a Gaussian process with covariance sd^2 exp(-|t| / timeConstant).
 * Time and memory grow linearly with observations + times.
 */
export function smooth(
  observations: readonly Observation[],
  timesMs: ArrayLike<Milliseconds>,
  process: ProcessModel,
): SmoothedTrack {
  const ordered = [...observations].sort((a, b) => a.timeMs - b.timeMs);
  const filtered: Belief[] = [];
  const placeOfTime = new Int32Array(timesMs.length);
  let next = 0;
  let belief = restingBelief(Math.min(ordered[0]?.timeMs ?? Infinity, timesMs[0] ?? Infinity), process);
  for (let i = 0; i <= timesMs.length; i++) {
    const untilMs = i < timesMs.length ? timesMs[i]! : Infinity;
    for (; next < ordered.length && ordered[next]!.timeMs <= untilMs; next++) {
      belief = updated(belief, ordered[next]!, process);
      filtered.push(belief);
    }
    if (i === timesMs.length) break;
    belief = carriedForward(belief, untilMs, process);
    placeOfTime[i] = filtered.push(belief) - 1;
  }

  const smoothed = [...filtered];
  for (let k = filtered.length - 2; k >= 0; k--)
    smoothed[k] = smoothedBelief(filtered[k]!, smoothed[k + 1]!, process);

  const mean = new Float64Array(timesMs.length);
  const sd = new Float64Array(timesMs.length);
  placeOfTime.forEach((place, i) => {
    mean[i] = smoothed[place]!.mean;
    sd[i] = Math.sqrt(smoothed[place]!.variance);
  });
  return { mean, sd };
}

function smoothedBelief(filtered: Belief, later: Belief, process: ProcessModel): Belief {
  const predicted = carriedForward(filtered, later.timeMs, process);
  const gain = (remaining(later.timeMs - filtered.timeMs, process) * filtered.variance) / predicted.variance;
  return {
    timeMs: filtered.timeMs,
    mean: filtered.mean + gain * (later.mean - predicted.mean),
    variance: filtered.variance + gain * gain * (later.variance - predicted.variance),
  };
}
