/** Talks made on the fly, always the same for a seed: real voices of separate recordings, taking turns over a real noise. */
import { activeFrames, frameLevelsDb, HOP_SAMPLES } from '#models/voice/frames.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import { levelled, trimmed } from '#models/voice/level.ts';
import { quantile } from '#models/voice/statistics.ts';
import { oneOf, seededRandom, shuffled, type Random } from '#models/metrics/random.ts';
import { noises, speakersOf, type Corpus, type CorpusSpeaker, type Half } from './corpus.ts';
import type { SpeakerSpan } from './error-rate.ts';

export interface MixedTalk {
  name: string;
  /** 16 kHz mono. */
  samples: Float32Array;
  /** Who speaks when, pauses of a third of a second and longer left out. */
  reference: SpeakerSpan[];
  people: number;
  snrDb: number;
  corpus: Corpus | 'all';
}

export type ReadSound = (file: string) => Promise<Float32Array>;

const TALK_S = 90;
const TURN_S = [0.5, 15] as const;
/** Between two turns; below zero both speak at once. */
const GAP_S = [-1, 1.2] as const;
const PAUSE_FRAMES = Math.round((0.33 * SAMPLE_RATE_HZ) / HOP_SAMPLES);
/** Speakers differ in loudness by up to this much each way. */
const LEVEL_DB = 5;
const CORPORA = ['librispeech', 'ravdess', 'nemo', 'all'] as const;

/** Talk number `index` of a half: corpora, two to four people, and 20 or 10 dB over the noise in turn. */
export async function mixedTalk(half: Half, index: number, read: ReadSound): Promise<MixedTalk> {
  const random = seededRandom((half === 'tune' ? 1000 : 5000) + index);
  const corpus = CORPORA[index % 4]!;
  const wanted = 2 + (Math.floor(index / 4) % 3);
  const snrDb = (index + Math.floor(index / 4)) % 2 === 0 ? 20 : 10;
  const speakers = await chosen(corpus, half, wanted, random);
  const voices = speakers.map((speaker) => new Voice(speaker, random, read));
  const people = voices.length;
  const samples = new Float32Array((TALK_S + 2) * SAMPLE_RATE_HZ);
  const reference: SpeakerSpan[] = [];
  let at = 1;
  let last = -1;
  while (at < TALK_S - 1) {
    const next = (last + 1 + Math.floor(random() * (last < 0 ? people : people - 1))) % people;
    const seconds = TURN_S[0] * (TURN_S[1] / TURN_S[0]) ** random();
    const turn = await voices[next]!.speak(Math.min(seconds, TALK_S - at));
    const start = Math.round(at * SAMPLE_RATE_HZ);
    for (let i = 0; i < turn.length; i++) samples[start + i]! += turn[i]!;
    reference.push(...spokenSpans(turn, start).map((span) => ({ ...span, speaker: voices[next]!.id })));
    const gap = GAP_S[0] + (GAP_S[1] - GAP_S[0]) * random();
    at += turn.length / SAMPLE_RATE_HZ + Math.max(gap, (-0.6 * turn.length) / SAMPLE_RATE_HZ);
    last = next;
  }
  const noise = await read(oneOf(noises(half), random));
  return {
    name: `${half} ${index}`,
    samples: withNoise(samples, noise, snrDb),
    reference,
    people,
    snrDb,
    corpus,
  };
}

async function chosen(
  corpus: Corpus | 'all',
  half: Half,
  people: number,
  random: Random,
): Promise<CorpusSpeaker[]> {
  const corpora: Corpus[] = corpus === 'all' ? ['librispeech', 'ravdess', 'nemo'] : [corpus];
  const pool = await Promise.all(
    corpora.map(async (name) => (await speakersOf(name, half)).map((s) => ({ ...s, id: `${name} ${s.id}` }))),
  );
  return shuffled(pool.flat(), random).slice(0, people);
}

/** One person, saying clip after clip at one loudness. */
class Voice {
  readonly id: string;
  private readonly clips: string[];
  private readonly gain: number;
  private readonly read: ReadSound;
  private next = 0;

  constructor(speaker: CorpusSpeaker, random: Random, read: ReadSound) {
    this.id = speaker.id;
    this.clips = shuffled(speaker.clips, random);
    this.gain = 10 ** ((LEVEL_DB * (2 * random() - 1)) / 20);
    this.read = read;
  }

  async speak(seconds: number): Promise<Float32Array> {
    const length = Math.round(seconds * SAMPLE_RATE_HZ);
    const turn = new Float32Array(length);
    for (let filled = 0; filled < length;) {
      const clip = levelled(trimmed(await this.read(this.clips[this.next++ % this.clips.length]!)));
      const part = clip.subarray(0, length - filled);
      turn.set(part, filled);
      filled += part.length;
    }
    return faded(turn.map((value) => 0.5 * this.gain * value));
  }
}

/** 10 ms in and out, so that a cut word doesn't click. */
function faded(samples: Float32Array): Float32Array {
  const ramp = SAMPLE_RATE_HZ / 100;
  return samples.map((value, i) => value * Math.min(1, i / ramp, (samples.length - 1 - i) / ramp));
}

function spokenSpans(turn: Float32Array, start: number): { startMs: number; endMs: number }[] {
  const levels = frameLevelsDb(turn);
  const active = activeFrames(levels, quantile(levels, 0.95));
  const spans: { from: number; to: number }[] = [];
  active.forEach((isActive, frame) => {
    if (!isActive) return;
    const open = spans.at(-1);
    if (open && frame - open.to < PAUSE_FRAMES) open.to = frame + 1;
    else spans.push({ from: frame, to: frame + 1 });
  });
  const ms = (frame: number): number => Math.round(((start + frame * HOP_SAMPLES) * 1000) / SAMPLE_RATE_HZ);
  return spans.map(({ from, to }) => ({ startMs: ms(from), endMs: ms(to) }));
}

/** The noise goes round and round, so many dB below the mean power of the talk. */
export function withNoise(talk: Float32Array, noise: Float32Array, snrDb: number): Float32Array {
  const power = (x: Float32Array): number => x.reduce((sum, value) => sum + value * value, 0) / x.length;
  const gain = Math.sqrt(power(talk) / (power(noise) + 1e-12)) * 10 ** (-snrDb / 20);
  return talk.map((value, i) => value + gain * noise[i % noise.length]!);
}
