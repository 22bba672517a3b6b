import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CROSS_ATTENTION } from '#models/speech/moonshine-decoder.ts';
import { recognise, type MoonshineSessions } from '#models/speech/moonshine.ts';
import { modelPaths, openRun, readSound, wordErrors } from './speech-sessions.ts';

const librispeech = join(import.meta.dirname, '../../../shared/data/speech/librispeech_test_other');
let sessions: MoonshineSessions;

beforeAll(async () => {
  sessions = {
    encoder: await openRun(modelPaths.encoder),
    decoder: await openRun(modelPaths.decoder, CROSS_ATTENTION),
  };
});

describe('recognising English words with Moonshine tiny', () => {
  test.skipIf(!existsSync(librispeech))(
    'word error rate on 37 LibriSpeech test-other clips (needs ../shared: speech/librispeech_test_other)',
    { timeout: 900_000 },
    async () => {
      const rows = readFileSync(join(librispeech, 'refs.tsv'), 'utf8').trim().split('\n');
      let errors = 0;
      let words = 0;
      let seconds = 0;
      let spentMs = 0;
      for (const row of rows) {
        const [file, reference] = row.split('\t') as [string, string];
        const samples = readSound(join(librispeech, file));
        const began = performance.now();
        const heard = await recognise(samples, sessions);
        spentMs += performance.now() - began;
        seconds += samples.length / 16_000;
        const count = wordErrors(reference, heard.text);
        if (process.env['VERBOSE'])
          console.log(heard.confidence.toFixed(3), count.errors, '|', reference, '|', heard.text);
        errors += count.errors;
        words += count.words;
      }
      const rate = errors / words;
      console.log(
        `Moonshine tiny: WER ${rate.toFixed(4)} on ${rows.length} clips (${words} words, ${seconds.toFixed(0)} s), ` +
          `${(spentMs / 1000 / seconds).toFixed(3)} x real time`,
      );
      expect(rows.length).toBe(37);
      expect(rate).toBeLessThanOrEqual(0.13);
    },
  );

  test('silence, noise and a very short sound give no words', async () => {
    const noise = Float32Array.from({ length: 32_000 }, (_, i) => 0.05 * Math.sin(i * i * 0.0137));
    for (const samples of [new Float32Array(32_000), noise, new Float32Array(40)])
      expect(await recognise(samples, sessions)).toEqual({ text: '', confidence: 0, words: [] });
  });
});
