/** Voice: clips of the RAVDESS actors that no shipped weight heard, each read alone, made worse. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { locateTools } from '#main/hosts/media/tools.ts';
import { categoryAnswer } from '#main/services/evaluation/answers.ts';
import { ravdessHeldOut, type SpeechItem } from '#main/services/evaluation/corpora/speech.ts';
import { predictClips, type Reader } from '#main/services/evaluation/predicted.ts';
import { groupedBy } from '#models/metrics/grouped.ts';
import { sampled, seededRandom } from '#models/metrics/random.ts';
import { samplesOf } from '../../samples-of.ts';
import { outcomeOf, type Outcome } from '../condition.ts';
import { voiceConditions } from './conditions.ts';

const SET = 'Voice: RAVDESS actors 17 to 20, each clip alone, seven categories';
const CLIPS_AN_EMOTION = 3;
const SEED = 20;
/** Of ESC-10: noises that go on for as long as a clip. */
const STEADY = ['Rain', 'Sea waves', 'Helicopter', 'Chainsaw', 'Fire crackling'];

export async function* voiceSuite(data: string, by: Reader): AsyncGenerator<Outcome> {
  const items = chosen(await ravdessHeldOut(data));
  const { ffmpeg } = await locateTools({});
  const noises = await Promise.all(noiseFiles(data).map((file) => samplesOf(file, by)));
  const clips: { item: SpeechItem; samples: Float32Array }[] = [];
  for (const item of items) clips.push({ item, samples: await samplesOf(item.path, by) });
  for (const condition of voiceConditions({ ffmpeg, noises })) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-robustness-'));
    try {
      const random = seededRandom(SEED);
      const files = clips.map(({ item, samples }, i) => ({
        ...item,
        path: condition.write(samples, path.join(folder, String(i)), random),
      }));
      const { pairs } = await predictClips(files, by);
      const answers = pairs.map(({ item, row }) => ({
        ...categoryAnswer(item.category, row),
        quality: row.quality,
        abstained: row.abstained,
      }));
      yield outcomeOf(SET, condition, answers);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** As many of every actor and fine class. */
function chosen(all: readonly SpeechItem[]): SpeechItem[] {
  const random = seededRandom(SEED);
  const cells = groupedBy(all, ({ speaker, fine }) => `${speaker} ${fine}`);
  return [...cells.values()].flatMap((cell) => sampled(cell, CLIPS_AN_EMOTION, random));
}

function noiseFiles(data: string): string[] {
  const folder = path.join(data, 'speech', 'esc10');
  return readdirSync(folder)
    .filter((name) => STEADY.some((kind) => name.endsWith(kind)))
    .sort()
    .flatMap((name) =>
      readdirSync(path.join(folder, name))
        .sort()
        .map((file) => path.join(folder, name, file)),
    );
}
