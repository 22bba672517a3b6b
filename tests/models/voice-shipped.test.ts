/** The shipped voice model, run as the inference host runs it. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, distribution } from '#contract/emotion/categories.ts';
import { reading } from '#contract/emotion/evidence.ts';
import { AttuneError } from '#contract/errors.ts';
import { createVoiceModel } from '#models/voice/model.ts';
import { madeVoice } from './made-voice.ts';
import { openVoice } from './voice-graphs.ts';
import { noise, tone, voice } from './voice-signals.ts';

const { manifest, model, utterance, read, runHead } = await openVoice();
const NEUTRAL = CATEGORIES.indexOf('neutral');
const highest = (values: readonly number[]) => Math.max(...values);

describe('shipped voice model', () => {
  it('gives readings as the contract has them', async () => {
    const [first] = await read([await utterance(voice())]);
    expect(() => reading.parse(first)).not.toThrow();
    expect(first!.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(Object.keys(first!.fine)).toEqual(manifest.labels);
    expect(Object.values(first!.fine).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(first!.reasons).toEqual([]);
    expect(await read([])).toEqual([]);
  });

  it('does not hear an emotion in silence, noise, or a click', async () => {
    const click = new Float32Array(16_000).fill(1, 8000, 8003);
    for (const samples of [
      new Float32Array(16_000),
      noise(),
      click,
      tone().subarray(0, 320),
      new Float32Array(0),
      new Float32Array(16_000).fill(NaN),
      new Float32Array(16_000).fill(0.5),
      Float32Array.from({ length: 16_000 }, (_, i) => (i % 2 ? Infinity : -Infinity)),
    ]) {
      const [only] = await read([await utterance(samples)]);
      expect(only!.quality).toBeLessThan(0.2);
      expect(() => distribution.parse(only!.probabilities)).not.toThrow();
      expect(highest(only!.probabilities)).toBeLessThan(0.5);
    }
  });

  it('hears a voice through clipping, says that it was clipped, and trusts it less', async () => {
    const clipped = voice().map((value) => Math.max(-0.05, Math.min(0.05, value)));
    const [clean, cut] = await read([await utterance(voice()), await utterance(clipped)]);
    expect(() => reading.parse(cut)).not.toThrow();
    expect(cut!.reasons).toContain('clipped');
    expect(cut!.quality).toBeLessThan(clean!.quality);
  });

  it('reads each clip alone as if there were no other, and keeps the order of a speaker’s clips', async () => {
    const clips = await Promise.all([0, 4000, 9000].map((from) => utterance(voice().subarray(from))));
    const together = await read(clips);
    for (const [i, clip] of clips.entries()) {
      const [single] = await read([clip]);
      together[i]!.probabilities.forEach((p, c) => expect(p).toBeCloseTo(single!.probabilities[c]!, 4));
    }
    const many = Array.from({ length: 12 }, (_, i) => ({ ...clips[i % 3]!, seconds: 4 }));
    const forwards = await read(many, true);
    const backwards = (await read([...many].reverse(), true)).reverse();
    forwards.forEach((each, i) =>
      each.probabilities.forEach((p, c) => expect(p).toBeCloseTo(backwards[i]!.probabilities[c]!, 4)),
    );
  });

  it('says whether it read against a baseline, and reads alone when there is too little speech', async () => {
    const one = await utterance(voice());
    const alone = await read([one]);
    const few = await read(
      Array.from({ length: 7 }, () => ({ ...one, seconds: 60 })),
      true,
    );
    const short = await read(
      Array.from({ length: 20 }, () => ({ ...one, seconds: 0.5 })),
      true,
    );
    const enough = await read(
      Array.from({ length: 20 }, () => ({ ...one, seconds: 3 })),
      true,
    );
    for (const readings of [few, short]) {
      expect(readings[0]!.reasons).toEqual(['baseline-too-little-speech']);
      readings[0]!.probabilities.forEach((p, i) => expect(p).toBeCloseTo(alone[0]!.probabilities[i]!, 4));
    }
    expect(enough[0]!.reasons).toEqual(['baseline-used']);
    expect(enough[0]!.probabilities).not.toEqual(alone[0]!.probabilities);
  });

  it('does not change a reading when silence stands among the speaker’s utterances', async () => {
    const spoken = Array.from({ length: 12 }, async (_, i) => utterance(voice().subarray(i * 500)));
    const utterances = (await Promise.all(spoken)).map((each) => ({ ...each, seconds: 4 }));
    const silent = await utterance(new Float32Array(16_000));
    const without = await read(utterances, true);
    const withSilence = await read([...utterances, silent, silent, silent], true);
    without[0]!.probabilities.forEach((p, i) => expect(withSilence[0]!.probabilities[i]).toBeCloseTo(p, 3));
  });

  it('takes a voice for the usual one where a person says so, and hears it so in the other utterances too', async () => {
    // Read as angry.
    const spoken = Array.from({ length: 12 }, async (_, i) => utterance(madeVoice(330 + 3 * i, 2)));
    const utterances = (await Promise.all(spoken)).map((each) => ({ ...each, seconds: 4 }));
    const likelihood = CATEGORIES.map((category) => Number(category === 'neutral'));
    const other = CATEGORIES.map((category) => Number(category === 'fear'));
    const neutralOf = async (told: typeof utterances) => {
      const readings = await read(told, true);
      return readings.slice(4).reduce((sum, { probabilities }) => sum + probabilities[NEUTRAL]!, 0) / 8;
    };
    const first = (said: number[]) => utterances.map((u, i) => (i < 4 ? { ...u, likelihood: said } : u));
    const unmarked = await neutralOf(utterances);
    expect(await neutralOf(first(likelihood))).toBeGreaterThan(1.2 * unmarked);
    expect(await neutralOf(first(other))).toBeLessThan(unmarked);
    // It bears on the usual voice alone: without one nothing changes.
    expect(await read(first(likelihood))).toEqual(await read(utterances));
  });

  it('refuses a manifest that was made for another signal path', async () => {
    const settings = { ...manifest.settings, prosodyNames: ['loudness'] };
    const statistics = { means: [[0]], offset: [1], habit: [1], noise: [1] };
    expect(() => createVoiceModel({ ...manifest, settings }, statistics)).toThrow(AttuneError);
    expect(() => createVoiceModel({ ...manifest, settings: {} }, statistics)).toThrow(AttuneError);
    expect(() => createVoiceModel(manifest, statistics)).toThrow(AttuneError);
    const wrong = { embedding: new Float32Array(3), seconds: 1, quality: 1, reasons: [] };
    await expect(model.read([wrong], false, runHead)).rejects.toThrow(AttuneError);
  });
});

const HELD_OUT = ['17', '18', '19', '20'];
const hasCorpus = existsSync(new URL('../../../shared/data/speech/ravdess/labels.csv', import.meta.url));
it.skipIf(!hasCorpus)(
  'needs ../shared: reads RAVDESS actors that it never heard, alone and against their own voice',
  async () => {
    const { readClips } = await import('../../models/recipes/voice/clips.ts');
    const { decode } = await import('../../models/recipes/voice/decode.ts');
    const clips = readClips(['ravdess']).filter(({ speaker }) => HELD_OUT.includes(speaker.slice(-2)));
    const some = clips.filter((_, i) => i % 4 === 1);
    const truth = some.map(({ label }) => label);
    const utterances = await Promise.all(some.map(async ({ path }) => utterance(await decode(path))));
    const right = (fine: Record<string, number>, i: number) =>
      Object.entries(fine).sort((a, b) => b[1] - a[1])[0]![0] === truth[i];
    const alone = await read(utterances);
    const share = alone.filter(({ fine }, i) => right(fine, i)).length / some.length;
    expect(share).toBeGreaterThan(0.6);
    const speakers = HELD_OUT.map((actor) =>
      some.flatMap(({ speaker }, i) => (speaker.endsWith(actor) ? [i] : [])),
    );
    let against = 0;
    for (const rows of speakers) {
      const readings = await read(
        rows.map((i) => utterances[i]!),
        true,
      );
      expect(readings[0]!.reasons).toContain('baseline-used');
      against += readings.filter(({ fine }, k) => right(fine, rows[k]!)).length;
    }
    expect(against / some.length).toBeGreaterThan(share - 0.05);
  },
  240_000,
);
