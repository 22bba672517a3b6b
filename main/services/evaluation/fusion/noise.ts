/** What the models say of nothing: readings of noise, through the app's path, with the quality that it gives them. */
import { MODALITIES, type Modality } from '#contract/emotion/evidence.ts';
import type { PredictedRow } from '#contract/files/predict.ts';
import { seededRandom, type Random } from '#models/metrics/random.ts';
import { readTogether } from '../../prediction/predict-voice.ts';
import type { EvaluationContext } from '../context.ts';
import { predictFrames, predictTexts } from '../predicted.ts';

const EACH = 20;
const SEED = 20;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const many = <T>(make: (random: Random) => T): T[] => {
  const random = seededRandom(SEED);
  return Array.from({ length: EACH }, () => make(random));
};

export async function noiseReadings(context: EvaluationContext): Promise<Record<Modality, PredictedRow[]>> {
  const by = context.reader(`fusion: noise for ${MODALITIES.join(', ')}`);
  const texts = many((random) => ({ id: '', text: letters(random) }));
  const frames = many((random) => {
    const rgb = Uint8Array.from({ length: 96 * 96 * 3 }, () => Math.floor(256 * random()));
    return { frame: { timeMs: 0, width: 96, height: 96, rgb } };
  });
  const voices: PredictedRow[] = [];
  for (const samples of many((random) => Float32Array.from({ length: 48_000 }, () => 0.2 * random() - 0.1))) {
    const window = await by.inference.call('voice.embed', { samples }, { signal: by.signal });
    const rows = await readTogether([{ id: '', speaker: null, windows: [window] }], by, by.signal);
    voices.push(...(rows as PredictedRow[]));
  }
  return {
    text: (await predictTexts(texts, by)).pairs.map(({ row }) => row),
    voice: voices,
    face: (await predictFrames(frames, true, by)).pairs.map(({ row }) => row),
  };
}

const letters = (random: Random): string =>
  Array.from({ length: 8 }, () =>
    Array.from({ length: 2 + Math.floor(6 * random()) }, () => LETTERS[Math.floor(26 * random())]).join(''),
  ).join(' ');
