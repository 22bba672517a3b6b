/** How far a piece of work is, from its stages. */
import type { JobStage } from '#contract/jobs/job.ts';

export interface WeightedStage extends JobStage {
  /** Usual share of the time; any positive number. */
  weight: number;
}

const total = (stages: WeightedStage[], part: (stage: WeightedStage) => number): number =>
  stages.reduce((sum, stage) => sum + part(stage), 0);

/** Finished share of the whole, 0 to 1. A skipped stage is no part of the whole: work that begins half done is no work. */
export function overallFraction(stages: WeightedStage[]): number {
  const needed = stages.filter((stage) => stage.state !== 'skipped');
  const whole = total(needed, (stage) => stage.weight);
  return whole === 0 ? 0 : Math.min(1, total(needed, (stage) => stage.weight * stage.fraction) / whole);
}

/** Below these an estimate would jump about. */
const LEAST_ELAPSED_MS = 1000;
const LEAST_SHARE = 0.02;

/**
 * Time left at the speed so far, or null. Reused and skipped stages took no time, so they say nothing about the speed.
 */
export function remainingMs(stages: WeightedStage[], elapsedMs: number): number | null {
  const worked = stages.filter((stage) => stage.state !== 'reused' && stage.state !== 'skipped');
  const whole = total(worked, (stage) => stage.weight);
  const share = whole === 0 ? 0 : total(worked, (stage) => stage.weight * stage.fraction) / whole;
  if (elapsedMs < LEAST_ELAPSED_MS || share < LEAST_SHARE) return null;
  return Math.round((elapsedMs * (1 - share)) / share);
}
