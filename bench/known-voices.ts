/** Is a voice remembered in one session known in another, and are strangers not taken for it? */
import type { Engine } from '#main/engine.ts';
import { oneOf, seededRandom, shuffled, type Random } from '#models/metrics/random.ts';
import { similarity, voiceDirection } from '#models/speakers/known-voice.ts';
import { parseSpeakerSettings, type SpeakerSettings } from '#models/speakers/settings.ts';
import { windowsOver } from '#models/speakers/windows.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import { levelled, trimmed } from '#models/voice/level.ts';
import { hasCorpora, noises, speakersOf, type Corpus, type Half } from './diarisation/corpus.ts';
import { withNoise } from './diarisation/mixed-talk.ts';
import { samplesOf } from './samples-of.ts';

const CORPORA: readonly Corpus[] = ['librispeech', 'ravdess', 'nemo'];
const SESSION_S = 20;
const SNR_DB = [20, 10] as const;

interface Voice {
  corpus: Corpus;
  speaker: string;
  direction: Float32Array;
}

export async function benchKnownVoices(engine: Engine): Promise<void> {
  if (!hasCorpora()) {
    console.log('\nKnown voices: left out, it needs ../shared/data/speech');
    return;
  }
  const settings = parseSpeakerSettings(engine.models.of('speaker-embedding').settings);
  const { suggestFrom } = settings.known;
  console.log(`\nSessions of ${SESSION_S} s, other clips and noises in each; suggested from ${suggestFrom}`);
  for (const half of ['tune', 'report'] as const) {
    const [kept, heard] = await sessionsOf(half, settings, engine);
    report(half, kept, heard, suggestFrom);
  }
}

/** Two sessions a speaker that share no clip. */
async function sessionsOf(
  half: Half,
  settings: SpeakerSettings,
  engine: Engine,
): Promise<[Voice[], Voice[]]> {
  const random = seededRandom(half === 'tune' ? 300 : 700);
  const sessions: [Voice[], Voice[]] = [[], []];
  for (const corpus of CORPORA)
    for (const { id: speaker, clips } of await speakersOf(corpus, half)) {
      const order = shuffled(clips, random);
      const middle = Math.ceil(order.length / 2);
      for (const [i, own] of [order.slice(0, middle), order.slice(middle)].entries()) {
        const samples = await session(own, SNR_DB[i]!, half, random, engine);
        const spans = windowsOver(
          { startMs: 0, endMs: SESSION_S * 1000 },
          { ...settings, hopMs: settings.windowMs },
        );
        const { voices } = await engine.inference.call('speakers.embed', { samples, spans });
        sessions[i]!.push({ corpus, speaker, direction: voiceDirection(voices, settings) });
      }
    }
  return sessions;
}

/** Clip after clip, round again where there are too few, over a noise. */
async function session(
  clips: readonly string[],
  snrDb: number,
  half: Half,
  random: Random,
  engine: Engine,
): Promise<Float32Array> {
  const talk = new Float32Array(SESSION_S * SAMPLE_RATE_HZ);
  for (let filled = 0, i = 0; filled < talk.length; i++) {
    const clip = levelled(trimmed(await samplesOf(clips[i % clips.length]!, engine)));
    const part = clip.subarray(0, talk.length - filled);
    talk.set(part, filled);
    filled += part.length;
  }
  return withNoise(talk, await samplesOf(oneOf(noises(half), random), engine), snrDb);
}

function report(half: Half, kept: readonly Voice[], heard: readonly Voice[], suggestFrom: number): void {
  const pairs = kept.flatMap((a) =>
    heard.map((b) => ({ a, b, cosine: similarity(a.direction, b.direction) })),
  );
  const same = pairs.filter(({ a, b }) => a.speaker === b.speaker && a.corpus === b.corpus);
  console.log(`${half} half: ${kept.length} speakers`);
  for (const corpus of CORPORA) {
    const own = same.filter(({ a }) => a.corpus === corpus);
    const strangers = pairs.filter(
      ({ a, b }) => a.corpus === corpus && b.corpus === corpus && a.speaker !== b.speaker,
    );
    const share = (of: typeof pairs): string =>
      `${of.filter(({ cosine }) => cosine >= suggestFrom).length} of ${of.length}`;
    console.log(
      `  ${corpus}: known again ${share(own)}, strangers of the same corpus suggested ${share(strangers)}`,
    );
  }
  const others = pairs.filter(({ a, b }) => a.corpus !== b.corpus);
  const false_ = others.filter(({ cosine }) => cosine >= suggestFrom).length;
  console.log(`  strangers of other corpora suggested ${false_} of ${others.length}`);
  const sorted = (of: typeof pairs): number[] => of.map(({ cosine }) => cosine).sort((x, y) => x - y);
  const near = pairs.filter(({ a, b }) => a.corpus === b.corpus && a.speaker !== b.speaker);
  for (const rate of [0.01, 0.02, 0.05]) {
    const from = sorted(near)[Math.floor((1 - rate) * near.length)]!;
    const missed = same.filter(({ cosine }) => cosine < from).length;
    console.log(
      `  at ${rate} false suggestions (from ${from.toFixed(3)}): ${missed} of ${same.length} missed`,
    );
  }
}
