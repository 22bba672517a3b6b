/** One way in which material gets worse, and what the models make of it. */
import type { CategoryAnswer } from '#main/services/evaluation/answers.ts';
import { accuracy, macroF1, unweightedAverageRecall } from '#models/metrics/classification.ts';
import { calibrationError } from '#models/metrics/confidence.ts';
import { bootstrap } from '#models/metrics/bootstrap.ts';
import type { Random } from '#models/metrics/random.ts';

/** Changes one item; the same random numbers give the same change. */
export interface Condition<T> {
  readonly id: string;
  /** As it stands in the table. */
  readonly title: string;
  readonly change: (item: T, random: Random) => T | Promise<T>;
}

/** One line of the table. */
export interface Outcome {
  readonly set: string;
  readonly id: string;
  readonly title: string;
  readonly n: number;
  readonly accuracy: number;
  readonly accuracyLow: number;
  readonly accuracyHigh: number;
  readonly uar: number;
  readonly macroF1: number;
  readonly ece: number;
  /** Mean of the measured quality. */
  readonly quality: number;
  /** Share of the items with an answer of which it says "not sure". */
  readonly abstained: number;
  /** What else belongs to this line: attack success, faces not found … */
  readonly note?: string;
}

export interface Answer extends CategoryAnswer {
  readonly quality: number;
  readonly abstained: boolean;
}

const round = (x: number): number => Math.round(x * 1e4) / 1e4;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export function outcomeOf(
  set: string,
  { id, title }: Pick<Outcome, 'id' | 'title'>,
  answers: readonly Answer[],
  note?: string,
): Outcome {
  const { value, low, high } = bootstrap(answers, accuracy, { repeats: 500 });
  return {
    set,
    id,
    title,
    n: answers.length,
    accuracy: round(value),
    accuracyLow: round(low),
    accuracyHigh: round(high),
    uar: round(unweightedAverageRecall(answers)),
    macroF1: round(macroF1(answers)),
    ece: round(calibrationError(answers)),
    quality: round(mean(answers.map((a) => a.quality))),
    abstained: round(mean(answers.map((a) => (a.abstained ? 1 : 0)))),
    ...(note === undefined ? {} : { note }),
  };
}
