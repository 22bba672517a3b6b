import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SpeechSegment } from '#models/speech/segmenter.ts';
import { floatOutput, floats, integers, type Run } from '#models/tensor.ts';
import { SpeechStream } from '#models/speech/speech-stream.ts';
import { VoiceActivity } from '#models/speech/voice-activity.ts';
import { modelPaths, openRun, readSound } from './speech-sessions.ts';

const speech = join(import.meta.dirname, '../../../shared/data/speech');
const talk = join(speech, 'conversations/pyannote_sample/sample.opus');
const clips = join(speech, 'librispeech_test_other');
const noises = join(speech, 'esc10');
let run: Run;

beforeAll(async () => {
  run = await openRun(modelPaths.silero);
});

async function segmentsOf(samples: Float32Array, chunk = 16_000): Promise<SpeechSegment[]> {
  const stream = new SpeechStream(run);
  const segments: SpeechSegment[] = [];
  for (let i = 0; i < samples.length; i += chunk)
    segments.push(...(await stream.push(samples.subarray(i, i + chunk))));
  return [...segments, ...(await stream.close())];
}

const spokenMs = (segments: SpeechSegment[]): number =>
  segments.reduce((sum, segment) => sum + segment.endMs - segment.startMs, 0);

/** Made sound with a beginning, an end and soft places: what the detector says of it goes all the way from 0 to 1. */
function madeSpeech(seconds: number): Float32Array {
  return Float32Array.from({ length: seconds * 16_000 }, (_, i) => {
    const t = i / 16_000;
    const open = Math.max(0, Math.sin(2 * Math.PI * 2.3 * t)) * (t % 3 < 2 ? 0.3 : 0.001);
    const tones = [1, 2, 3, 5, 8].map(
      (n) => Math.sin(2 * Math.PI * n * (120 + 20 * Math.sin(5 * t)) * t) / n,
    );
    return open * tones.reduce((a, b) => a + b, 0);
  });
}

async function byFrames(samples: Float32Array): Promise<number[]> {
  const reference = await openRun(modelPaths.sileroByFrames);
  let state = floats(new Float32Array(256), [2, 1, 128]);
  const said: number[] = [];
  for (let at = 0; at + 512 <= samples.length; at += 512) {
    const input = new Float32Array(576);
    input.set(samples.subarray(Math.max(0, at - 64), at + 512), at === 0 ? 64 : 0);
    const outputs = await reference({
      input: floats(input, [1, 576]),
      state,
      sr: integers([16_000], []),
    });
    state = outputs['stateN']!;
    said.push(floatOutput(outputs, 'output')[0]!);
  }
  return said;
}

describe('finding speech with silero', () => {
  test('many frames at once say what the same network says frame by frame, however they are cut', async () => {
    const samples = madeSpeech(12);
    const expected = await byFrames(samples);
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.3);
    for (const chunk of [333, 32_000, samples.length]) {
      const activity = new VoiceActivity(run);
      const said: number[] = [];
      for (let i = 0; i < samples.length; i += chunk)
        said.push(...(await activity.push(samples.subarray(i, i + chunk))).map((f) => f.probability));
      expect(said).toHaveLength(expected.length);
      for (const [i, probability] of said.entries()) expect(probability).toBeCloseTo(expected[i]!, 5);
    }
  });

  test('digital silence and a hum hold no speech', async () => {
    expect(await segmentsOf(new Float32Array(48_000))).toEqual([]);
    const hum = Float32Array.from(
      { length: 48_000 },
      (_, i) => 0.3 * Math.sin((2 * Math.PI * 50 * i) / 16_000),
    );
    expect(await segmentsOf(hum)).toEqual([]);
  });

  test.skipIf(!existsSync(talk))(
    'a phone talk: the same segments whatever the chunks, sample-exact (needs ../shared: speech/conversations)',
    async () => {
      const samples = readSound(talk);
      const small = await segmentsOf(samples, 777);
      expect(small).toEqual(await segmentsOf(samples, 100_000));
      // sample.rttm: speech from 6.69 s to 30 s.
      expect(small[0]?.startMs).toBeGreaterThan(6300);
      expect(small[0]?.startMs).toBeLessThan(6800);
      expect(spokenMs(small)).toBeGreaterThan(22_000);
      for (const segment of small) {
        const from = segment.startMs * 16;
        expect(segment.samples).toEqual(samples.subarray(from, from + segment.samples.length));
        expect(Math.floor(segment.samples.length / 16)).toBe(segment.endMs - segment.startMs);
        expect(segment.endMs - segment.startMs).toBeLessThanOrEqual(15_000);
      }
    },
  );

  test.skipIf(!existsSync(clips) || !existsSync(noises))(
    'most of read speech, little of noise (needs ../shared: speech/librispeech_test_other, speech/esc10)',
    { timeout: 180_000 },
    async () => {
      const share = async (files: string[]): Promise<number> => {
        let spoken = 0;
        let whole = 0;
        for (const file of files) {
          const samples = readSound(file);
          spoken += spokenMs(await segmentsOf(samples));
          whole += samples.length / 16;
        }
        return spoken / whole;
      };
      const flacs = readdirSync(clips).filter((name) => name.endsWith('.flac'));
      const spoken = await share(flacs.slice(0, 12).map((name) => join(clips, name)));
      // Without the baby's cry and the sneeze, which are human voices.
      const kinds = readdirSync(noises).filter((name) => /^(00[12357]|008|009|010) /.test(name));
      const noisy = await share(
        kinds.flatMap((kind) => readdirSync(join(noises, kind)).map((name) => join(noises, kind, name))),
      );
      console.log(
        `silero v6: ${spoken.toFixed(3)} of read speech, ${noisy.toFixed(3)} of noise taken for speech`,
      );
      expect(spoken).toBeGreaterThan(0.8);
      expect(noisy).toBeLessThan(0.1);
    },
  );
});
