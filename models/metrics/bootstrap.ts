/** How far a figure could have come out otherwise, had other people or other rows been drawn. */
import { groupedBy } from './grouped.ts';
import { seededRandom } from './random.ts';

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions<T> {
  /** Items of one unit (a speaker, a dialogue) are drawn together, since they are alike; absent: every item by itself. */
  readonly unitOf?: ((item: T) => string) | undefined;
  readonly repeats?: number;
  /** For a figure that is larger on a drawn sample than on the whole (calibration error): the draws are moved so that their mean is the figure. */
  readonly biased?: boolean | undefined;
  readonly seed?: number;
}

/**
 * 95 % interval by the percentile bootstrap (Efron and Tibshirani 1993, section 13.3) over units. Draws whose figure is undefined (a class
 * that none of the drawn items has) are left out. With few units the interval is too narrow: say how many there were.
 */
export function bootstrap<T>(
  items: readonly T[],
  figure: (items: readonly T[]) => number,
  { unitOf, repeats = 1000, biased = false, seed = 20 }: BootstrapOptions<T> = {},
): Interval {
  const units = unitOf ? [...groupedBy(items, unitOf).values()] : items.map((item) => [item]);
  const random = seededRandom(seed);
  const drawn: number[] = [];
  for (let k = 0; k < repeats; k++) {
    const sample = units.flatMap(() => units[Math.floor(random() * units.length)]!);
    const value = figure(sample);
    if (!Number.isNaN(value)) drawn.push(value);
  }
  drawn.sort((a, b) => a - b);
  const value = figure(items);
  const shift = biased ? value - drawn.reduce((a, b) => a + b, 0) / drawn.length : 0;
  return { value, low: quantile(drawn, 0.025) + shift, high: quantile(drawn, 0.975) + shift };
}

/** Of ascending values, linear between neighbours (Hyndman and Fan's type 7); NaN of none. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) return NaN;
  const at = share * (ascending.length - 1);
  const below = ascending[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (ascending[Math.ceil(at)]! - below);
}
