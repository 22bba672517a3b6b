/** A Praat TextGrid, long form: a tier a speaker, and one for the words where they have times. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { NOBODYS, toTiers, type Interval } from '../tiers/tiers.ts';

export function writeTextGrid(transcript: Transcript): string {
  const tiers = toTiers(transcript).flatMap(({ speaker, utterances, words }) => [
    { name: speaker ?? NOBODYS, intervals: utterances },
    ...(words.length > 0 ? [{ name: `${speaker ?? NOBODYS} - words`, intervals: words }] : []),
  ]);
  const endMs = Math.max(1, ...tiers.map(({ intervals }) => intervals.at(-1)?.endMs ?? 0));
  const head = `File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = ${seconds(endMs)}\ntiers? <exists>\nsize = ${tiers.length}\nitem []:\n`;
  return head + tiers.map(({ name, intervals }, i) => tier(i + 1, name, filled(intervals, endMs))).join('');
}

function tier(number: number, name: string, intervals: readonly Interval[]): string {
  const lines = [
    `    item [${number}]:`,
    '        class = "IntervalTier"',
    `        name = ${quoted(name)}`,
    '        xmin = 0',
    `        xmax = ${seconds(intervals.at(-1)?.endMs ?? 0)}`,
    `        intervals: size = ${intervals.length}`,
    ...intervals.flatMap(({ startMs, endMs, text }, i) => [
      `        intervals [${i + 1}]:`,
      `            xmin = ${seconds(startMs)}`,
      `            xmax = ${seconds(endMs)}`,
      `            text = ${quoted(text)}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A tier has no holes: silence is an interval without text. */
function filled(intervals: readonly Interval[], wholeMs: number): Interval[] {
  const all: Interval[] = [];
  let atMs = 0;
  for (const interval of intervals) {
    if (interval.startMs > atMs) all.push({ startMs: atMs, endMs: interval.startMs, text: '' });
    all.push(interval);
    atMs = interval.endMs;
  }
  if (atMs < wholeMs) all.push({ startMs: atMs, endMs: wholeMs, text: '' });
  return all;
}

const seconds = (ms: number): string => String(ms / 1000);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
