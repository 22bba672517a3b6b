/** Effects on a reading as sign and strength: how they are written everywhere, beside any colour. */
import { argmax, CATEGORIES, type Category, type Distribution } from '#contract/emotion/categories.ts';
import type { Effect } from '#contract/explanation/explanation.ts';

export type Strength = 0 | 1 | 2 | 3;

/** Nats of log-odds: below the first nothing is marked; half a nat turns even odds into 62 %, one and a half into 82 %. */
const STEPS = [0.2, 0.5, 1.5] as const;

export interface Mark {
  readonly strength: Strength;
  readonly against: boolean;
  /** "", "+", "−−". */
  readonly signs: string;
}

export function markOf(nats: number): Mark {
  const strength = STEPS.filter((step) => Math.abs(nats) >= step).length as Strength;
  const against = nats < 0;
  return { strength, against, signs: (against ? '−' : '+').repeat(strength) };
}

/** The part of an effect that is about one category. */
export const towards = (effect: Effect, category: Category): number => effect[CATEGORIES.indexOf(category)]!;

/** The category that effects are shown for: the chosen one, else what the modality itself reads. */
export const shownCategory = (chosen: Category | null, probabilities: Distribution): Category =>
  chosen ?? CATEGORIES[argmax(probabilities)]!;
