/** The seven categories, in the one order that every model, file and lane uses. */
import { z } from 'zod';
import { probability } from '../units.ts';

export const CATEGORIES = [
  'neutral',
  'happiness',
  'sadness',
  'anger',
  'fear',
  'disgust',
  'surprise',
] as const;
export const category = z.enum(CATEGORIES);
export type Category = z.infer<typeof category>;

/** Seven probabilities in the order of CATEGORIES; they sum to 1 up to rounding. */
export const distribution = z.array(probability).length(CATEGORIES.length);
export type Distribution = z.infer<typeof distribution>;

export const UNIFORM: Distribution = CATEGORIES.map(() => 1 / CATEGORIES.length);

/** Index of the largest entry; the first one wins a tie. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

export const topCategory = (p: Distribution): Category => CATEGORIES[argmax(p)]!;
