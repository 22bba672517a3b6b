/** Live filtering of one dimension from evidence at irregular times. */
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

export interface LiveFilter {
  /** Takes a measurement; one from the recent past is put in its place, one older than the memory is ignored (returns false). */
  observe(observation: Observation): boolean;
  /** The estimate at a time not before the newest observation. */
  at(timeMs: Milliseconds): Estimate;
}

/**
 * A filter for evidence that arrives late: a text's words are known seconds after the face. Observations of the last `memoryMs` are kept and
 * filtered again from the first one that changed, so the order of arrival within the memory doesn't change the result.
 */
export function liveFilter(
  process: ProcessModel,
  startMs: Milliseconds = 0,
  memoryMs: Milliseconds = 15_000,
): LiveFilter {
  let settled = restingBelief(startMs, process);
  let recent: { observation: Observation; after: Belief }[] = [];

  return {
    observe(observation) {
      if (observation.timeMs < settled.timeMs) return false;
      let at = recent.length;
      while (at > 0 && recent[at - 1]!.observation.timeMs > observation.timeMs) at--;
      recent.splice(at, 0, { observation, after: settled });
      for (let i = at; i < recent.length; i++) {
        const before = i === 0 ? settled : recent[i - 1]!.after;
        recent[i]!.after = updated(before, recent[i]!.observation, process);
      }
      const horizon = recent.at(-1)!.observation.timeMs - memoryMs;
      const kept = recent.findIndex((r) => r.observation.timeMs >= horizon);
      if (kept > 0) {
        settled = recent[kept - 1]!.after;
        recent = recent.slice(kept);
      }
      return true;
    },
    at(timeMs) {
      const { mean, variance } = carriedForward(recent.at(-1)?.after ?? settled, timeMs, process);
      return { mean, sd: Math.sqrt(variance) };
    },
  };
}
