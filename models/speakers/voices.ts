/** Which voices there are: windows of speech grouped into speakers. */
import type { Span } from '#contract/units.ts';
import { agglomerate, agglomerateNeighbours } from './agglomerate.ts';
import type { SpeakerSettings } from './settings.ts';
import { condensed, gainOfOneVoice, together, type VoiceStatistics } from './voice-model.ts';

/** A window of speech with its place in the voice space. */
export interface VoiceWindow extends Span {
  /** Index of the stretch of speech it lies in. */
  region: number;
  embedding: Float32Array;
  /** The speech it stands for: less than its length where windows overlap. */
  ownMs: number;
}

/** Comparing all pairs of more would cost too much time and memory: longer recordings begin with longer pieces. */
const MOST_PIECES = 1200;

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

/** First guess at the voices, at least one where there is any window; `people`: how many the person says there are. */
export function findVoices(
  windows: readonly VoiceWindow[],
  settings: SpeakerSettings,
  people: number | null,
): VoiceStatistics[] {
  const { between, joinNeighboursAbove, joinAbove, pieceCorrelation, shortestSpeakerMs } = settings;
  const rules = {
    join: together,
    gain: (a: VoiceStatistics, b: VoiceStatistics) => gainOfOneVoice(a, b, between),
  };
  const pieces = agglomerateNeighbours(
    windows.map((window) => statisticsOf(window, settings)),
    { ...rules, goOn: (gain, left) => gain > joinNeighboursAbove || left > MOST_PIECES },
  );
  const voices = agglomerate(
    pieces.groups.map(({ item }) => condensed(item, pieceCorrelation)),
    { ...rules, goOn: (gain, left) => (people === null ? gain > joinAbove : left > people) },
  ).groups.map(({ item }) => item);
  voices.sort((a, b) => b.speechMs - a.speechMs);
  const told = voices.filter(({ speechMs }) => speechMs >= shortestSpeakerMs);
  return told.length > 0 ? told : voices.slice(0, 1);
}
