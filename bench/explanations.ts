/** Are explanations faithful? Deletion and insertion curves against random order, and how long one explanation takes. */
import { existsSync, readFileSync } from 'node:fs';
import type { Modality } from '#contract/emotion/evidence.ts';
import type { Engine } from '#main/engine.ts';
import { parseEmotionSettings } from '#models/face/settings.ts';
import { bootstrap } from '#models/metrics/bootstrap.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { sampleOf, type Comparison } from './explanations/deletion.ts';
import { compareLook } from './explanations/look.ts';
import { devTexts, ferPlusPublicTest, haveSamples, ravdessTest } from './explanations/samples.ts';
import { compareSound } from './explanations/sound.ts';
import { compareWords } from './explanations/words.ts';
import { samplesOf } from './samples-of.ts';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;
const SEED = 20_260_214;
/** Less than 1 where a machine is too busy for all items: ATTUNE_BENCH_SHARE. */
const SHARE = Number(process.env['ATTUNE_BENCH_SHARE'] ?? 1);
const TEXTS = Math.ceil(60 * SHARE);
const CLIPS = Math.ceil(20 * SHARE);
const FACES = Math.ceil(60 * SHARE);

type Measured = Comparison & { explainMs: number };

export async function benchExplanations({ inference, media, models }: Engine): Promise<void> {
  if (!haveSamples()) {
    console.log('\nExplanations: left out, they need ../shared/data');
    return;
  }
  await inference.call('models.load', { tasks: ['text-emotion', 'voice-emotion', 'face-emotion'] });
  const clockMs = hostClock(inference.status().pid);
  console.log(
    '\nDifference of the area under the curve to random order (3 orders an item), probability of the read category',
  );

  if (isWanted('text')) {
    const { english, chinese } = await devTexts();
    for (const [title, texts] of [
      ['words, GoEmotions dev', english],
      ['words, CLUE dev (Chinese)', chinese],
    ] as const) {
      const random = seededRandom(SEED);
      const measured: Measured[] = [];
      for (const text of sampleOf(texts, TEXTS, random))
        measured.push(await compareWords(text, inference, random, clockMs));
      print(title, measured);
    }
  }
  if (isWanted('face')) {
    const random = seededRandom(SEED);
    const { template, sidePx } = parseEmotionSettings(models.of('face-emotion').settings);
    const points = template.map(([x, y]) => ({ x: (x + 0.5) / sidePx, y: (y + 0.5) / sidePx }));
    const measured: Measured[] = [];
    for (const crop of sampleOf(await ferPlusPublicTest(), FACES, random))
      measured.push(await compareLook(crop, points, inference, random, clockMs));
    print('face, FER+ public test', measured);
  }
  if (isWanted('voice')) {
    const random = seededRandom(SEED);
    const measured: Measured[] = [];
    for (const file of sampleOf(await ravdessTest(), CLIPS, random))
      measured.push(await compareSound(await samplesOf(file, { media }), inference, random, clockMs));
    print('voice, RAVDESS actors 17 to 20', measured);
  }
}

/** ATTUNE_BENCH_MODALITY names one; else all are measured. */
const isWanted = (modality: Modality): boolean =>
  (process.env['ATTUNE_BENCH_MODALITY'] ?? modality) === modality;

/** Processor time of the model host, which no other program's load changes; where it can't be read, time. */
function hostClock(pid: number | null): () => number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return () => performance.now();
  return () => {
    const fields = readFileSync(file, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function print(title: string, measured: readonly Measured[]): void {
  const interval = (name: 'deletion' | 'insertion'): string => {
    const values = measured.flatMap((each) => each[name] ?? []);
    if (values.length === 0) return 'not asked for';
    const { value, low, high } = bootstrap(values, mean, { repeats: 2000 });
    return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  };
  const times = measured.map(({ explainMs }) => explainMs).sort((a, b) => a - b);
  const at = (share: number): string => `${Math.round(times[Math.floor(share * (times.length - 1))]!)} ms`;
  console.log(
    `${title}, n ${measured.length}: deletion ${interval('deletion')}, insertion ${interval('insertion')}; ` +
      `processor time of one explanation ${at(0.5)} (half), ${at(0.95)} (19 of 20)`,
  );
}
