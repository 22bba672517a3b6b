/** The readable summary of texts that `attune analyze` prints. */
import { READS_AS } from '#contract/texts/collection.ts';
import {
  FEW_TEXTS,
  type MeanOf,
  type TextAggregate,
  type TextGroup,
  type TextTrend,
} from '#contract/texts/query.ts';
import type { TextsReport } from './report.ts';

const SHOWN_GROUPS = 12;
const SHOWN_BINS = 24;
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

const mean = (name: string, of: MeanOf | null): string => {
  if (of === null) return '';
  const { interval } = of;
  return `${name} ${signed(of.mean)}${interval ? ` (${signed(interval.low)} to ${signed(interval.high)})` : ''}`;
};

function line(name: string, { n, shares, valence, arousal }: TextAggregate): string {
  if (n === 0) return `  ${name}: no texts`;
  const named = READS_AS.map((reads, i) => ({ reads, share: shares[i]!.share }))
    .filter(({ share }) => share >= 0.01)
    .sort((a, b) => b.share - a.share)
    .map(({ reads, share }) => `${reads.replace('-', ' ')} ${percent(share)}`)
    .join(', ');
  const few = n < FEW_TEXTS ? ' (few texts: this says little)' : '';
  return `  ${name}: ${n} texts${few}; ${named}; ${[mean('valence', valence), mean('arousal', arousal)].filter(Boolean).join(', ')}`;
}

function groupLines(heading: string, groups: readonly TextGroup[]): string[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, SHOWN_GROUPS).map(({ name, all }) => `  ${line(name ?? '(none)', all)}`);
  const more = groups.length - SHOWN_GROUPS;
  return [`  ${heading}:`, ...shown, ...(more > 0 ? [`      and ${more} more`] : [])];
}

/** A clock only where the step is shorter than a day. */
const shown = (ms: number, step: TextTrend['step']): string =>
  new Date(ms)
    .toISOString()
    .slice(0, /minute|hour/.test(step) ? 16 : 10)
    .replace('T', ' ');

function trendLines({ by, step, bins }: TextTrend): string[] {
  const filled = bins.filter(({ all }) => all.n > 0);
  if (filled.length < 2) return [];
  const from = (ms: number): string => (by === 'order' ? `from text ${ms}` : shown(ms, step));
  const lines = filled.slice(0, SHOWN_BINS).map((bin) => `  ${line(from(bin.from), bin.all)}`);
  const more = filled.length - SHOWN_BINS;
  const title =
    by === 'order' ? '  In the order of the file:' : `  Over time, a line a ${step.replace('-', ' ')}:`;
  return [title, ...lines, ...(more > 0 ? [`      and ${more} more (--json has all)`] : [])];
}

export function textsText({ collection, all, trend, authors, topics }: TextsReport): string {
  const { source, count, failed, leftOut } = collection;
  const notices = [
    ...(leftOut.empty > 0 ? [`${leftOut.empty} rows without a text were left out.`] : []),
    ...(leftOut.tooLong > 0
      ? [`${leftOut.tooLong} texts of more than 100,000 characters were left out.`]
      : []),
    ...(leftOut.timesUnreadable > 0 ? [`${leftOut.timesUnreadable} times could not be read.`] : []),
    ...(failed > 0 ? [`${failed} texts could not be read by the model.`] : []),
    ...(trend.untimed > 0
      ? [`${trend.untimed} texts have no time and are not in the course over time.`]
      : []),
  ];
  return [
    `${source.name}  (${count} texts, column "${source.columns.text}", ${source.context === 'alone' ? 'each alone' : 'as a conversation'})`,
    line('All', all),
    ...trendLines(trend),
    ...groupLines('By author', authors),
    ...groupLines('By topic', topics),
    '  Intervals (95 %) come from the spread between texts; the error of the model is not in them.',
    ...(notices.length > 0 ? ['  What to know:'] : []),
    ...notices.map((notice) => `    ${notice}`),
    '  Attune measures expression. It does not diagnose.',
    '',
  ].join('\n');
}
