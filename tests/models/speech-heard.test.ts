/** What isn't speech gets no confident answer, however loud and tonal it is. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#models/tensor.ts';
import { judgedBySpeech, speechSeconds } from '#models/voice/speech-heard.ts';
import { modelPaths, openRun, readSound } from './speech-sessions.ts';
import { openVoice } from './voice-graphs.ts';

const speech = join(import.meta.dirname, '../../../shared/data/speech');
const { model, utterance, read } = await openVoice();
let activity: Run;

beforeAll(async () => {
  activity = await openRun(modelPaths.silero);
});

async function heard(samples: Float32Array) {
  const seconds = await speechSeconds(model.prepare(samples), activity);
  const judged = judgedBySpeech(await utterance(samples), seconds);
  return { seconds, judged, reading: (await read([judged]))[0]! };
}

/** Three seconds of plucked triads, one every half second. */
function music(): Float32Array {
  const roots = [220, 174.6, 261.6, 196, 220, 293.7];
  return Float32Array.from({ length: 48_000 }, (_, i) => {
    const since = (i % 8000) / 16_000;
    const root = roots[Math.floor(i / 8000)]!;
    const chord = [1, 1.26, 1.498].map((ratio) => Math.sin(2 * Math.PI * root * ratio * since));
    return 0.15 * Math.exp(-4 * since) * chord.reduce((a, b) => a + b, 0);
  });
}

describe('what is not speech', () => {
  test('a short answer that is speech throughout is not said to be none', async () => {
    const short = { ...(await utterance(music().slice(0, 6400))), quality: 0.5, reasons: [] };
    expect(judgedBySpeech(short, 0.35)).toMatchObject({ quality: 0.5, reasons: [] });
    expect(judgedBySpeech(short, 0.05).reasons).toEqual(['no-speech']);
    expect(judgedBySpeech({ ...short, seconds: 3 }, 0.35).reasons).toEqual(['no-speech']);
  });

  test('music is said not to be speech, and gets no confident answer', async () => {
    const { seconds, judged, reading } = await heard(music());
    expect(seconds).toBeLessThan(0.1);
    expect(judged.reasons).toContain('no-speech');
    expect(judged.quality).toBeLessThan(0.1);
    expect(Math.max(...reading.probabilities)).toBeLessThan(0.4);
  });

  test.skipIf(!existsSync(join(speech, 'esc10')))(
    'fire, machines, animals and sneezes are answered with a shrug (needs ../shared: speech/esc10)',
    async () => {
      const folder = join(speech, 'esc10');
      const files = readdirSync(folder, { recursive: true })
        .map(String)
        .filter((f) => f.endsWith('.ogg'));
      expect(files.length).toBeGreaterThan(15);
      let confident = 0;
      for (const file of files) {
        const { judged, reading } = await heard(readSound(join(folder, file)));
        expect(judged.reasons).toContain('no-speech');
        if (Math.max(...reading.probabilities) >= 0.5) confident++;
      }
      expect(confident / files.length).toBeLessThanOrEqual(0.1);
    },
  );

  test.skipIf(!existsSync(join(speech, 'emodb')))(
    'acted speech keeps its quality (needs ../shared: speech/emodb)',
    async () => {
      for (const file of readdirSync(join(speech, 'emodb', '03'))
        .filter((f) => f.endsWith('.opus'))
        .slice(0, 8)) {
        const samples = readSound(join(speech, 'emodb', '03', file));
        const { judged } = await heard(samples);
        expect(judged.reasons).not.toContain('no-speech');
        expect(judged.quality).toBeCloseTo((await utterance(samples)).quality, 6);
      }
    },
  );
});
