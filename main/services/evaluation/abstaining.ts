/** Abstaining at a set error: from which confidence on to answer is found on some rows, what comes of it is measured on others. */
import { leastConfidence } from '#models/metrics/abstention.ts';
import type { Sure } from '#models/metrics/confidence.ts';
import type { Figure } from './figure.ts';
import type { FigureMaker, FigureOptions } from './make-figure.ts';
import { answeredAt, wrongAt } from './metric-names.ts';

const ERRORS = [0.1, 0.2, 0.3];

/** @param from which rows the confidence is found on, as a note says it */
export function abstainingFigures<T extends Sure>(
  make: FigureMaker,
  known: readonly Sure[],
  answers: readonly T[],
  from: string,
  { unit }: Pick<FigureOptions<T>, 'unit'> = {},
): Figure[] {
  return ERRORS.flatMap((error) => {
    const least = leastConfidence(known, error);
    const given = answers.filter(({ confidence }) => confidence >= least);
    const options = {
      unit,
      table: 'confidence' as const,
      note: Number.isFinite(least)
        ? `confidence ${least.toFixed(2)}, found on ${from}`
        : `no confidence is enough on ${from}`,
    };
    const answered = make(
      answeredAt(error),
      answers,
      (items) => items.filter(({ confidence }) => confidence >= least).length / items.length,
      options,
    );
    if (given.length === 0) return [answered];
    const wrong = (items: readonly T[]): number => items.filter(({ right }) => !right).length / items.length;
    return [answered, make(wrongAt(error), given, wrong, options)];
  });
}

/** Every second item finds the confidence, the others are measured: for corpora without a part of their own for it. */
export function halves<T>(items: readonly T[]): readonly [T[], T[]] {
  return [items.filter((_, i) => i % 2 === 0), items.filter((_, i) => i % 2 === 1)];
}
