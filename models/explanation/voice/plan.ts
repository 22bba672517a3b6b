/** What to ask the voice model: an utterance cut into columns of time and bands, first each whole, then the cells that are worth it. */
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';
import { BANDS } from './bands.ts';
import type { SampleSpan, SoundChange } from './change.ts';

/** A column is about as long as a word or two. */
const COLUMN_SECONDS = 0.6;
const FEWEST_COLUMNS = 3;
const MOST_COLUMNS = 6;
/** A longer sound is looked at in pieces: each run costs in proportion to its length. */
const LONGEST_PIECE_SECONDS = 3.6;
/** Seconds of sound that one explanation may ask the model to hear, at about 25 ms a second on two cores. */
const SECONDS_TO_HEAR = 60;

export const ALL_BANDS: readonly number[] = BANDS.map((_, i) => i);

/** Equal pieces of at most LONGEST_PIECE_SECONDS. */
export const piecesOf = (samples: number): SampleSpan[] =>
  equalParts(samples, Math.max(1, Math.ceil(samples / (LONGEST_PIECE_SECONDS * SAMPLE_RATE_HZ))));

export const columnsOf = (samples: number): SampleSpan[] =>
  equalParts(
    samples,
    Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, Math.round(samples / (COLUMN_SECONDS * SAMPLE_RATE_HZ)))),
  );

export const columnChange = (column: SampleSpan): SoundChange => ({
  kind: 'quieten',
  patches: [{ ...column, bands: ALL_BANDS }],
});
export const bandChange = (band: number, samples: number): SoundChange => ({
  kind: 'quieten',
  patches: [{ start: 0, end: samples, bands: [band] }],
});
export const cellChange = (column: SampleSpan, band: number): SoundChange => ({
  kind: 'quieten',
  patches: [{ ...column, bands: [band] }],
});

/** How many columns can be cut into bands after `runs` runs of a sound of that length were spent. */
export function columnsToRefine(samples: number, runs: number): number {
  const left = (SECONDS_TO_HEAR * SAMPLE_RATE_HZ) / Math.max(1, samples) - runs;
  return Math.max(1, Math.floor(left / BANDS.length));
}

function equalParts(length: number, count: number): SampleSpan[] {
  return Array.from({ length: count }, (_, i) => ({
    start: Math.round((i * length) / count),
    end: Math.round(((i + 1) * length) / count),
  }));
}
