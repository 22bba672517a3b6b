/** Which voices there are: windows of speech grouped into speakers. */
import { MOST_SPEAKERS } from '#contract/analysis/settings.ts';
import type { Span } from '#contract/units.ts';
import { agglomerate, agglomerateNeighbours } from './agglomerate.ts';
import type { SpeakerSettings } from './settings.ts';
import { condensed, rememberingGain, together, type VoiceStatistics } from './voice-model.ts';

/** A window of speech with its place in the voice space. */
export interface VoiceWindow extends Span {
  /** Index of the stretch of speech it lies in. */
  region: number;
  embedding: Float32Array;
  /** The speech it stands for: less than its length where windows overlap. */
  ownMs: number;
}

/** Comparing all pairs of more would cost too much time and memory: longer recordings begin with longer pieces. */
const MOST_PIECES = 1000;
/** Neighbours are compared within so many windows at first, so that time grows with a recording's length and not with its square. */
const WINDOWS_A_BLOCK = 200;

/** What a window says of its voice; `share`: how much of it is this voice. */
export function statisticsOf(
  { ownMs, embedding }: VoiceWindow,
  { countPerSecond }: SpeakerSettings,
  share = 1,
): VoiceStatistics {
  const speechMs = share * ownMs;
  const count = (countPerSecond * speechMs) / 1000;
  return { speechMs, count, sum: Float64Array.from(embedding, (value) => count * value) };
}

/**
 * First guesses at the voices: entry n - 1 is the best with n of them that each speak long enough, as far as there are such; at most
 * MOST_SPEAKERS. Empty without any window.
 */
export function guessVoices(
  windows: readonly VoiceWindow[],
  settings: SpeakerSettings,
): (VoiceStatistics[] | undefined)[] {
  const { between, joinNeighboursAbove, pieceCorrelation, shortestSpeakerMs } = settings;
  const gain = rememberingGain(between);
  const rules = { join: together, gain: (a: VoiceStatistics, b: VoiceStatistics) => gain(a, b, between) };
  const all = windows.map((window) => statisticsOf(window, settings));
  const short = blocksOf(all).flatMap((block) =>
    agglomerateNeighbours(block, { ...rules, goOn: (gained) => gained > joinNeighboursAbove }),
  );
  const pieces = agglomerateNeighbours(short, { ...rules, goOn: (_, left) => left > MOST_PIECES });
  let groups = pieces.map((piece) => condensed(piece, pieceCorrelation));
  const guesses: (VoiceStatistics[] | undefined)[] = [];
  // A cough may stay a group of its own: what counts is how many speak long enough.
  for (let count = MOST_SPEAKERS + MOST_OUTLIERS; count > 0; count--) {
    groups = agglomerate(groups, { ...rules, goOn: (_, left) => left > count });
    const long = groups.filter(({ speechMs }) => speechMs >= shortestSpeakerMs);
    if (long.length > 0 && long.length <= MOST_SPEAKERS) guesses[long.length - 1] = long;
  }
  if (groups.length > 0) guesses[0] ??= groups;
  return guesses;
}

const MOST_OUTLIERS = 8;

const blocksOf = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / WINDOWS_A_BLOCK) }, (_, i) =>
    items.slice(i * WINDOWS_A_BLOCK, (i + 1) * WINDOWS_A_BLOCK),
  );
