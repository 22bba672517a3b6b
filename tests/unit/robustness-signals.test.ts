/** What the robustness bench does to sounds and pictures. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { voiceConditions } from '../../bench/robustness/voice/conditions.ts';
import { clipped, withNoise, withRoom } from '../../bench/robustness/voice/signals.ts';
import { FACE_CONDITIONS } from '../../bench/robustness/face/conditions.ts';
import { covered, darkened } from '../../bench/robustness/face/pictures.ts';
import { samplesOf } from '../../bench/samples-of.ts';
import { createMediaTools } from '#main/hosts/media/create-media-tools.ts';
import { locateTools } from '#main/hosts/media/tools.ts';
import { greyFrame } from '#main/services/evaluation/corpora/ferplus.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { settings } from '#contract/system/settings.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-robustness-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RATE = 16_000;
const tone = Float32Array.from({ length: RATE }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 300 * i) / RATE));
const power = (x: Float32Array): number => x.reduce((sum, v) => sum + v * v, 0) / x.length;

describe('sounds', () => {
  const random = seededRandom(1);
  const noise = Float32Array.from({ length: 5000 }, () => random() - 0.5);

  it.each([20, 10, 5])('puts noise %i dB below the voice', (snrDb) => {
    const noisy = withNoise(tone, noise, snrDb, seededRandom(2));
    const added = noisy.map((x, i) => x - tone[i]!);
    expect(10 * Math.log10(power(tone) / power(added))).toBeCloseTo(snrDb, 3);
    expect(withNoise(tone, noise, snrDb, seededRandom(2))).toEqual(noisy);
  });

  it('lets a click ring on in a room, ever weaker: 60 dB in 0.6 s', () => {
    const click = new Float32Array(RATE);
    click[0] = 1;
    const wet = withRoom(click, seededRandom(3));
    const level = (fromS: number): number => power(wet.subarray(fromS * RATE, (fromS + 0.1) * RATE));
    expect(10 * Math.log10(level(0.1) / level(0.4))).toBeGreaterThan(25);
    expect(10 * Math.log10(level(0.1) / level(0.4))).toBeLessThan(35);
    expect(withRoom(click, seededRandom(3))).toEqual(wet);
  });

  it('cuts a loud tone flat', () => {
    const cut = clipped(tone);
    const top = Math.max(...cut);
    // A sine is above a quarter of its peak for 1 - 2 asin(1/4) / pi of the time.
    const flat = cut.filter((x) => Math.abs(x) > top - 1e-6).length / cut.length;
    expect(flat).toBeCloseTo(1 - (2 * Math.asin(0.25)) / Math.PI, 1);
  });

  it('writes every condition as a file that the app reads, as long as before', async () => {
    const { ffmpeg } = await locateTools({});
    const media = createMediaTools(() => settings.parse({}));
    for (const { id, write } of voiceConditions({ ffmpeg, noises: [noise] })) {
      const file = write(tone, path.join(folder, id), seededRandom(4));
      const samples = await samplesOf(file, { media });
      expect(Math.abs(samples.length - RATE), id).toBeLessThan(0.12 * RATE);
    }
  });
});

describe('pictures', () => {
  const face = greyFrame(
    Uint8Array.from({ length: 48 * 48 }, (_, i) => 100 + (i % 100)),
    48,
  );
  const mean = (values: Uint8Array): number => values.reduce((a, b) => a + b, 0) / values.length;

  it('takes the light that it says', () => {
    expect(mean(darkened(face, 1 / 6, seededRandom(1)).rgb)).toBeCloseTo(mean(face.rgb) / 6, 0);
  });

  it('covers the part that it says and no more', () => {
    const patched = covered(face, { left: 0.25, top: 0.5, right: 0.75, bottom: 1 });
    const changed = patched.rgb.filter((v, i) => v !== face.rgb[i]).length / face.rgb.length;
    expect(changed).toBeCloseTo(0.25, 2);
  });

  it('gives the same picture on every run, and another one than before', async () => {
    for (const { id, change } of FACE_CONDITIONS) {
      const [once, again] = [await change(face, seededRandom(7)), await change(face, seededRandom(7))];
      expect(again, id).toEqual(once);
      expect(once.rgb.length, id).toBe(3 * once.width * once.height);
      if (id !== 'clean') expect(Buffer.compare(once.rgb, face.rgb), id).not.toBe(0);
    }
  });

  it('makes a small face 24 px wide', async () => {
    const small = await FACE_CONDITIONS.find(({ id }) => id === 'small')!.change(face, seededRandom(1));
    expect([small.width, small.height]).toEqual([24, 24]);
  });
});
