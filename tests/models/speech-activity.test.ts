import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SpeechSegment } from '#models/speech/segmenter.ts';
import type { Run } from '#models/speech/session-run.ts';
import { SpeechStream } from '#models/speech/speech-stream.ts';
import { modelPaths, openRun, readSound } from './speech-sessions.ts';

const speech = join(import.meta.dirname, '../../../shared/data/speech');
const talk = join(speech, 'conversations/pyannote_sample/sample.opus');
const clips = join(speech, 'librispeech_test_other');
const noises = join(speech, 'esc10');
let run: Run;

beforeAll(async () => {
  run = await openRun(modelPaths.sileroV6);
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

describe('finding speech with silero', () => {
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
