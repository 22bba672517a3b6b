/** Filtering of one dimension from evidence at irregular times. */
import type { Estimate } from '#contract/emotion/dimensions.ts';
import type { Milliseconds } from '#contract/units.ts';
import type { ProcessModel } from './settings.ts';

/** A measurement of the dimension at one time; sd above 0. */
export interface Observation extends Estimate {
  readonly timeMs: Milliseconds;
}

/** What is believed at one time. */
export interface Belief {
  readonly timeMs: Milliseconds;
  readonly mean: number;
  readonly variance: number;
}

/** The belief before any evidence: the process at rest. */
export const restingBelief = (timeMs: Milliseconds, process: ProcessModel): Belief => ({
  timeMs,
  mean: process.level,
  variance: process.sd ** 2,
});

/** What is left of an excursion after `elapsedMs`: exp(-t / timeConstant). */
export const remaining = (elapsedMs: Milliseconds, process: ProcessModel): number =>
  Math.exp(-elapsedMs / process.timeConstantMs);

/** Exact transition of the Ornstein-Uhlenbeck process to a later time (Uhlenbeck and Ornstein 1930; Särkkä 2013, example 2.9). */
export function carriedForward(belief: Belief, timeMs: Milliseconds, process: ProcessModel): Belief {
  const a = remaining(timeMs - belief.timeMs, process);
  return {
    timeMs,
    mean: process.level + a * (belief.mean - process.level),
    variance: a * a * belief.variance + (1 - a * a) * process.sd ** 2,
  };
}

/** Kalman's measurement update (Kalman 1960; Särkkä 2013, eq. 4.21) at the observation's own time, not before the belief's. */
export function updated(belief: Belief, observation: Observation, process: ProcessModel): Belief {
  const before = carriedForward(belief, observation.timeMs, process);
  const gain = before.variance / (before.variance + observation.sd ** 2);
  return {
    timeMs: before.timeMs,
    mean: before.mean + gain * (observation.mean - before.mean),
    variance: (1 - gain) * before.variance,
  };
}
