/** From scored items to a figure with its interval. */
import { bootstrap } from '#models/metrics/bootstrap.ts';
import { gainOfAbstaining, calibrationError, type Sure } from '#models/metrics/confidence.ts';
import type { EvaluationTask, Figure } from './figure.ts';
import { ABSTAINING, ECE } from './metric-names.ts';

export interface Place {
  readonly task: EvaluationTask;
  readonly corpus: string;
  readonly part: string;
  readonly way?: string;
}

export interface FigureOptions<T> {
  readonly table?: Figure['table'];
  /** Items of one unit are drawn together: speakers, dialogues. */
  readonly unit?: { readonly kind: string; readonly of: (item: T) => string } | undefined;
  readonly note?: string | undefined;
  /** See BootstrapOptions. */
  readonly biased?: boolean;
}

export type FigureMaker = <T>(
  metric: string,
  items: readonly T[],
  of: (items: readonly T[]) => number,
  options?: FigureOptions<T>,
) => Figure;

const known = (x: number): number | null => (Number.isFinite(x) ? Number(x.toFixed(6)) : null);

/** Draws of the bootstrap. */
export const DRAWS = { whole: 1000, quick: 100 } as const;

/** @param repeats draws of the bootstrap */
export function figureMaker({ way = '', ...place }: Place, repeats: number): FigureMaker {
  return (metric, items, of, { table = 'figures', unit, note, biased } = {}) => {
    const { value, low, high } = bootstrap(items, of, { repeats, unitOf: unit?.of, biased });
    const count = unit ? new Set(items.map(unit.of)).size : items.length;
    return {
      ...place,
      way,
      metric,
      table,
      value: known(value),
      low: known(low),
      high: known(high),
      n: items.length,
      units: { kind: unit?.kind ?? 'rows', count },
      exposure: '',
      ...(note === undefined ? {} : { note }),
    };
  };
}

/** How far the confidence of single answers can be believed. */
export const confidenceFigures = <T extends Sure>(
  make: FigureMaker,
  answers: readonly T[],
  options: FigureOptions<T> = {},
): Figure[] => [
  make(ECE, answers, calibrationError, { ...options, table: 'confidence', biased: true }),
  make(ABSTAINING, answers, gainOfAbstaining, { ...options, table: 'confidence' }),
];
