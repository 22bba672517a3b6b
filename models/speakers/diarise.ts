/** From windows of speech to turns. */
import { MOST_SPEAKERS } from '#contract/analysis/settings.ts';
import type { Span } from '#contract/units.ts';
import type { SpeakerSettings } from './settings.ts';
import { likeliestVoices, STEP_MS, stepsOf, type Step } from './turns.ts';
import { condensed, gainOfOneVoice, shareOf, together, type VoiceStatistics } from './voice-model.ts';
import { guessVoices, statisticsOf, type VoiceWindow } from './voices.ts';

export interface SpeakerTurn extends Span {
  /** Index of the voice, in the order of first words. */
  speaker: number;
}

export interface Diarisation {
  turns: SpeakerTurn[];
  /** Of each pair of speakers: how much likelier they are one than two, as a logarithm (see gainOfOneVoice). */
  likeness: { a: number; b: number; gain: number }[];
  /** Numbers of speakers that the voices allow, in order: the one chosen, and others that nearly were. One alone: sure, or said by the person. */
  counts: number[];
}

const ROUNDS = 4;
/** A window counts for a voice that speaks in more than this share of it. */
const PURE = 0.7;

/**
 * @param regions stretches of speech in order
 * @param windows of all regions, in order
 * @param people how many the person says there are; null: find out
 * @param breathe awaited between pieces of work of a second or two (for an hour of talk): what else the caller has to do then, or an end by throwing
 */
export async function diarise(
  regions: readonly Span[],
  windows: readonly VoiceWindow[],
  settings: SpeakerSettings,
  people: number | null,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<Diarisation> {
  const own = centred(windows);
  const guesses = guessVoices(own, settings);
  const settledWith = async (count: number): Promise<Settled | null> => {
    await breathe();
    const guess = guesses[count - 1];
    return guess ? settled(regions, own, guess, settings) : null;
  };
  let best = (await settledWith(1)) ?? { voices: [], steps: [], path: new Int32Array(0) };
  if (people === null) {
    const { most, least } = settings.apart;
    const nearly: number[] = [];
    for (let count = 2; count <= MOST_SPEAKERS; count++) {
      const more = await settledWith(count);
      if (more?.voices.length !== count) continue;
      const apart = apartness(more.voices, settings);
      if (apart >= 1) best = more;
      if (apart >= least && apart < most) nearly.push(count);
    }
    return inOrder(regions, best, settings, countsAround(best.voices.length, nearly));
  }
  for (let count = people; count > 1; count--) {
    const given = await settledWith(count);
    if (given && given.voices.length > best.voices.length) best = given;
  }
  return inOrder(regions, best, settings, []);
}

/** A number that is only just reached may be one too many; one that is only just missed may be right. */
const countsAround = (chosen: number, nearly: readonly number[]): number[] =>
  [chosen - 1, chosen, chosen + 1].filter(
    (count) =>
      count === chosen ||
      (count < chosen && count > 0 && nearly.includes(chosen)) ||
      (count > chosen && nearly.includes(count)),
  );

/** What all windows share (the room, the line, the noise) tells nobody apart. */
function centred(windows: readonly VoiceWindow[]): VoiceWindow[] {
  const mean = new Float64Array(windows[0]?.embedding.length ?? 0);
  const totalMs = windows.reduce((sum, { ownMs }) => sum + ownMs, 0);
  for (const { embedding, ownMs } of windows)
    for (let d = 0; d < mean.length; d++) mean[d]! += (embedding[d]! * ownMs) / totalMs;
  return windows.map((window) => ({
    ...window,
    embedding: window.embedding.map((value, d) => value - mean[d]!),
  }));
}

interface Settled {
  voices: VoiceStatistics[];
  steps: Step[];
  path: Int32Array;
}

/** Turns from voices and voices from turns, by turns; who is left with too little speech drops out. */
function settled(
  regions: readonly Span[],
  windows: readonly VoiceWindow[],
  first: VoiceStatistics[],
  settings: SpeakerSettings,
): Settled {
  let voices = first;
  for (let round = 0; ; round++) {
    const steps = stepsOf(regions, windows, voices, settings);
    const path = likeliestVoices(steps, settings);
    if (round === ROUNDS || voices.length <= 1) return { voices, steps, path };
    const heard = heardVoices(windows, steps, path, voices.length, settings);
    heard.sort((a, b) => b.speechMs - a.speechMs);
    const kept = heard.filter(({ speechMs }) => speechMs >= settings.shortestSpeakerMs);
    voices = kept.length > 0 ? kept : heard.slice(0, 1);
  }
}

/** How much speaks against the two voices that are most like each other being one, in parts of what is needed. */
function apartness(voices: VoiceStatistics[], { between, apart }: SpeakerSettings): number {
  const pairs = voices.flatMap((a, i) => voices.slice(0, i).map((b) => [a, b] as const));
  const shares = pairs.map(([a, b]) => {
    const seconds = (a.speechMs + b.speechMs) / 1000;
    const needed = Math.min(apart.mostEvidence, apart.evidencePerSecond * seconds);
    // In an hour of talk evidence would heap up for every mood: more speech than this says no more of who speaks.
    const share = Math.min(1, apart.mostSeconds / seconds);
    return -gainOfOneVoice(shareOf(a, share), shareOf(b, share), between) / needed;
  });
  return Math.min(...shares);
}

/** The voices again: each run of windows that the path gives to one voice is a piece of it. */
function heardVoices(
  windows: readonly VoiceWindow[],
  steps: readonly Step[],
  path: Int32Array,
  count: number,
  settings: SpeakerSettings,
): VoiceStatistics[] {
  const { between, pieceCorrelation } = settings;
  const nothing: VoiceStatistics = { speechMs: 0, count: 0, sum: new Float64Array(between.length) };
  const voices = Array.from({ length: count }, () => nothing);
  let speaking = -1;
  let piece = nothing;
  const endPiece = (): void => {
    if (speaking >= 0) voices[speaking] = together(voices[speaking]!, condensed(piece, pieceCorrelation));
    piece = nothing;
  };
  let first = 0;
  for (const window of windows) {
    while (first < steps.length && steps[first]!.atMs + STEP_MS <= window.startMs) first++;
    const shares = new Float64Array(count);
    let inside = 0;
    for (let t = first; t < steps.length && steps[t]!.atMs < window.endMs; t++) {
      if (steps[t]!.region !== window.region) continue;
      shares[path[t]!]!++;
      inside++;
    }
    const main = shares.indexOf(Math.max(...shares));
    const share = shares[main]! / Math.max(1, inside);
    // A window that holds two voices is like neither.
    if (share < PURE) continue;
    if (main !== speaking) endPiece();
    speaking = main;
    piece = together(piece, statisticsOf(window, settings, share));
  }
  endPiece();
  return voices;
}

/** Speakers in the order of their first words. */
function inOrder(
  regions: readonly Span[],
  { voices, steps, path }: Settled,
  { between }: SpeakerSettings,
  counts: number[],
): Diarisation {
  const order = [...new Set(path)];
  const turns: SpeakerTurn[] = [];
  let region = -1;
  for (const [t, step] of steps.entries()) {
    const speaker = order.indexOf(path[t]!);
    const endMs = Math.min(step.atMs + STEP_MS, regions[step.region]!.endMs);
    const last = turns.at(-1);
    if (last && region === step.region && last.speaker === speaker) last.endMs = endMs;
    else turns.push({ speaker, startMs: step.atMs, endMs });
    region = step.region;
  }
  const likeness = order.flatMap((voice, a) =>
    order
      .slice(0, a)
      .map((other, b) => ({ a, b, gain: gainOfOneVoice(voices[voice]!, voices[other]!, between) })),
  );
  return { turns, likeness, counts: counts.length > 0 ? counts : [order.length] };
}
