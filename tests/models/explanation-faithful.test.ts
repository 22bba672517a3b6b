/**
 * Are explanations faithful to the shipped models? Parts that are taken away in the order of their effects must bring a reading down faster
 * than in random order, by a margin. The figures on larger samples: `npm run bench -- explanations`.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '#main/hosts/media/create-media-tools.ts';
import { alignedCrop } from '#models/explanation/face/crop.ts';
import { compareLook } from '../../bench/explanations/look.ts';
import { samplesOf } from '../../bench/samples-of.ts';
import { compareSound } from '../../bench/explanations/sound.ts';
import { compareWords } from '../../bench/explanations/words.ts';
import type { Comparison } from '../../bench/explanations/deletion.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { startInference } from '../hosts/fixtures/inference.ts';
import { emotionSettings } from './face-models.ts';

const inference = startInference();
afterAll(() => inference.dispose());

const LONG_MS = 600_000;
const media = createMediaTools();
const shared = path.resolve(import.meta.dirname, '../../../shared/data');
const ravdess = path.join(shared, 'speech/ravdess');
const portraits = path.join(shared, 'face/diffusionfer/DiffusionFER/DiffusionEmotion_S/cropped');
const mean = (of: keyof Comparison, all: Comparison[]): number =>
  all.reduce((sum, each) => sum + (each[of] ?? NaN), 0) / all.length;

const PORTRAITS = [
  'happy/aftoahmv_1.jpg',
  'happy/aalkmnjk_1.jpg',
  'surprise/auuyxxvt_3.jpg',
  'surprise/alzbfyrn_3.jpg',
  'sad/aeilinfy_2.jpg',
  'fear/afmmkbmv_4.jpg',
];

const TEXTS = [
  'I am so happy that you came to my party last night.',
  'He shouted at me again and I hate him for it.',
  'My grandmother died on Sunday and I miss her so much.',
  'I was terrified when the lights went out in the tunnel.',
  'That old sandwich in the fridge smells disgusting, throw it away.',
  'Wow, I never expected to see you of all people here!',
  'We went to the beach and it was wonderful.',
  'The meeting is on Tuesday but I am really angry about the delay.',
  'It was not bad at all, actually I loved every minute of it.',
  'I feel lonely and sad whenever the house is empty.',
];

describe('words', () => {
  it(
    'in the order of their effects bring a reading down and up faster than by chance',
    async () => {
      const random = seededRandom(1);
      const all = [];
      for (const text of TEXTS) all.push(await compareWords(text, inference, random));
      expect(mean('deletion', all)).toBeGreaterThan(0.12);
      expect(mean('insertion', all)).toBeGreaterThan(0.12);
    },
    LONG_MS,
  );
});

describe.skipIf(!existsSync(ravdess))('voice (needs ../shared: RAVDESS)', () => {
  it(
    'patches in the order of their effects bring a reading down faster than by chance',
    async () => {
      const random = seededRandom(2);
      const all = [];
      for (const clip of [
        '17/03-01-05-02-01-01-17',
        '18/03-01-08-01-02-02-18',
        '19/03-01-04-02-01-02-19',
        '20/03-01-03-02-02-01-20',
      ])
        all.push(
          await compareSound(
            await samplesOf(path.join(ravdess, `${clip}.opus`), { media }),
            inference,
            random,
          ),
        );
      expect(mean('deletion', all)).toBeGreaterThan(0.04);
    },
    LONG_MS,
  );
});

describe.skipIf(!existsSync(portraits))('face (needs ../shared: DiffusionFER)', () => {
  it(
    'cells in the order of their effects bring a reading down faster than by chance',
    async () => {
      const random = seededRandom(3);
      const { template, sidePx } = emotionSettings;
      const points = template.map(([x, y]) => ({ x: (x + 0.5) / sidePx, y: (y + 0.5) / sidePx }));
      const all = [];
      for (const name of PORTRAITS) {
        const frame = await media.picture({ kind: 'file', path: path.join(portraits, name) });
        const [face] = (await inference.call('face.find', { frames: [frame] })).faces[0]!;
        const found = face!.points;
        const own = template.map((_, i) => ({ x: found[2 * i]!, y: found[2 * i + 1]! }));
        all.push(await compareLook(alignedCrop(frame, own, template, sidePx), points, inference, random));
      }
      expect(mean('deletion', all)).toBeGreaterThan(0.04);
    },
    LONG_MS,
  );
});
