/** The strongest findings of an explanation, as data for a sentence. */
import type { Category } from '#contract/emotion/categories.ts';
import type {
  ExplainedText,
  FaceExplanation,
  FaceRegion,
  TextExplanation,
  VoiceExplanation,
} from '#contract/explanation/explanation.ts';
import type { Span } from '#contract/units.ts';
import { markOf, towards } from '../../../../lib/effect-style.ts';

/** What spoke for a category and what against it, strongest first; what is too weak to be marked is in neither. */
export interface Findings<T> {
  readonly speaksFor: readonly T[];
  readonly against: readonly T[];
}

const MOST = 3;

function split<T>(items: readonly T[], nats: (item: T) => number): Findings<T> {
  const marked = items
    .filter((item) => markOf(nats(item)).strength > 0)
    .sort((a, b) => Math.abs(nats(b)) - Math.abs(nats(a)));
  return {
    speaksFor: marked.filter((item) => nats(item) > 0).slice(0, MOST),
    against: marked.filter((item) => nats(item) < 0).slice(0, MOST),
  };
}

const written = (text: string, { start, end }: ExplainedText): string =>
  text.slice(start, end).replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '') || text.slice(start, end);

export function wordFindings(
  explanation: TextExplanation,
  text: string,
  category: Category,
): Findings<string> {
  const { speaksFor, against } = split([...explanation.parts, ...explanation.phrases], ({ effect }) =>
    towards(effect, category),
  );
  const words = (parts: readonly ExplainedText[]): string[] => [
    ...new Set(parts.map((part) => written(text, part))),
  ];
  return { speaksFor: words(speaksFor), against: words(against) };
}

export type BandName = 'lowest' | 'middle' | 'high' | 'hiss';
const BAND_NAMES: readonly BandName[] = ['lowest', 'middle', 'high', 'hiss'];
export const bandName = (band: number): BandName => BAND_NAMES[band] ?? 'hiss';

export interface Patch {
  readonly span: Span;
  /** Null: all of the sound. */
  readonly band: BandName | null;
  readonly loudness: 'loud' | 'quiet' | null;
}

/** dB from the mean of the columns from which a stretch is called loud or quiet. */
const LOUD_DB = 2;
const QUIET_DB = -4;

/** A column that was asked about band by band is named by its bands, another one as a whole. */
export function patchFindings(explanation: VoiceExplanation, category: Category): Findings<Patch> {
  const { columns, cells } = explanation;
  const meanDb = columns.reduce((sum, { levelDb }) => sum + levelDb, 0) / Math.max(1, columns.length);
  const patch = (column: number, band: number | null): Patch => {
    const over = columns[column]!.levelDb - meanDb;
    return {
      span: columns[column]!.span,
      band: band === null ? null : bandName(band),
      loudness: over >= LOUD_DB ? 'loud' : over <= QUIET_DB ? 'quiet' : null,
    };
  };
  const refined = new Set(cells.map(({ column }) => column));
  const wholes = columns.flatMap(({ effect }, i) =>
    refined.has(i) ? [] : [{ patch: patch(i, null), nats: towards(effect, category) }],
  );
  const parts = cells.map(({ column, band, effect }) => ({
    patch: patch(column, band),
    nats: towards(effect, category),
  }));
  const { speaksFor, against } = split([...wholes, ...parts], ({ nats }) => nats);
  return { speaksFor: speaksFor.map((each) => each.patch), against: against.map((each) => each.patch) };
}

export function regionFindings(explanation: FaceExplanation, category: Category): Findings<FaceRegion> {
  const { speaksFor, against } = split(explanation.regions, ({ effect }) => towards(effect, category));
  return { speaksFor: speaksFor.map(({ region }) => region), against: against.map(({ region }) => region) };
}
