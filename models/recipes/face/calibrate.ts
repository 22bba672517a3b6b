/**
 * Temperatures and offsets of the shipped face model: `node models/recipes/face/calibrate.ts` after logits.ts; writes its manifest.
 *
 * FER+ holds 33 times as many neutral as disgusted faces; the faces that people bring are less lopsided. Offsets take back part of that:
 * of label k, -rare * ln(min(share, C) / C) - common * ln(max(share, C) / C), with C between the rare and the common labels
 * (logit adjustment, Menon et al. 2021, with a strength for each of the two groups). A strength is the one with the largest mean of
 * recalls that costs at most a point of accuracy. Then the temperature makes the top label's probability fit its accuracy (smallest
 * log loss of "the top label is right").
 *
 * Faces of FER+'s 48 px: on its dev part, the rare labels alone, since how common the common ones are is right there. Larger faces come
 * from elsewhere: on the first two thirds of DiffusionFER, the one other source there is, in seven categories, with the strength for the
 * common labels its own and that for the rare ones FER+'s (its few disgusted and fearful faces are hardly read at any strength).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { argmax, CATEGORIES } from '#contract/emotion/categories.ts';
import { calibrated } from '#models/face/calibrate.ts';
import { accuracy, unweightedAverageRecall } from '#models/metrics/classification.ts';
import { parseEmotionSettings } from '#models/face/settings.ts';
import { readAnswers, readRows } from './answers.ts';
import { WEIGHTS } from './open.ts';
import { named } from './scores.ts';

const BETWEEN = 0.12;
const MAY_COST = 0.01;
/** FER+'s size, and the size from which a face is surely from elsewhere. */
const FACE_PX = [48, 72];
const strengths = Array.from({ length: 11 }, (_, i) => i / 10);

const path = new URL('face-emotion/manifest.json', WEIGHTS);
const manifest = JSON.parse(await readFile(path, 'utf8')) as { settings: Record<string, unknown> };
const { shares } = await readRows();
const answers = await readAnswers();
const { fineLabels, categoryOf } = parseEmotionSettings(manifest.settings);

/** Log loss of taking the top label's probability for the chance that it is right. */
function topLoss(rows: readonly number[][], labels: readonly number[]): number {
  return rows.reduce((sum, row, i) => {
    const top = argmax(row);
    const p = Math.min(1 - 1e-9, row[top]!);
    return sum - Math.log(top === labels[i] ? p : 1 - p);
  }, 0);
}

/** Where a convex function is least, by golden section. */
function least(f: (x: number) => number, low = 0.3, high = 3): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-3) {
    const a = high - ratio * (high - low);
    const b = low + ratio * (high - low);
    if (f(a) < f(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

const offsetsOf = (rare: number, common: number): number[] =>
  shares.map(
    (share) =>
      -rare * Math.log(Math.min(share, BETWEEN) / BETWEEN) -
      common * Math.log(Math.max(share, BETWEEN) / BETWEEN),
  );

interface Fit {
  temperature: number;
  offsets: number[];
  rare: number;
  /** The temperature that calibrates without offsets. */
  unit: number;
}

/** `classes`: what the labels are scored as. `rares`, `commons`: strengths to choose from for the rare and the common labels. */
function fit(
  set: string,
  classes: readonly string[],
  rares: readonly number[],
  commons: readonly number[],
  knownUnit?: number,
): Fit {
  const rows = answers.filter((answer) => answer.set === set && answer.part === 'dev');
  const logits = rows.map(({ cuts }) => cuts.flat());
  const truths = rows.map(({ label }) => label);
  const labels = truths.map((label) => classes.indexOf(label));
  const classOf = fineLabels.map((label) =>
    Math.max(classes.indexOf(label), classes.indexOf(categoryOf[label]!)),
  );
  const read = (temperature: number, offsets: number[]): number[][] =>
    logits.map((row) => {
      const sums = classes.map(() => 0);
      calibrated(row, { temperature, offsets }).forEach((p, k) => (sums[classOf[k]!]! += p));
      return sums;
    });
  const answersOf = (temperature: number, offsets: number[]) =>
    named(read(temperature, offsets), classes, truths);

  // A label that is counted as another (contempt) stays as rare as it is: else the two together outweigh every other class.
  const adjust = (rare: number, common: number): number[] =>
    offsetsOf(rare, common).map((offset, k) => (classes.includes(fineLabels[k]!) ? offset : 0));
  // Offsets are added to FER+'s calibrated logits, where they are differences of prior; doubt flattens both together.
  const unit = knownUnit ?? least((t) => topLoss(read(t, offsetsOf(0, 0)), labels));
  const plain = accuracy(answersOf(unit, offsetsOf(0, 0)));
  const best = { rare: rares[0]!, common: 0, recall: 0 };
  for (const rare of rares)
    for (const common of commons) {
      const guesses = answersOf(unit, adjust(rare, common));
      const recall = unweightedAverageRecall(guesses);
      if (recall > best.recall && accuracy(guesses) >= plain - MAY_COST)
        Object.assign(best, { rare, common, recall });
    }
  const chosen = adjust(best.rare, best.common);
  const scaled = (factor: number) => ({
    temperature: unit * factor,
    offsets: chosen.map((offset) => offset / factor),
  });
  const { temperature, offsets } = scaled(
    least((factor) => topLoss(read(scaled(factor).temperature, scaled(factor).offsets), labels)),
  );
  console.log(
    `${set}, dev, n ${rows.length}: accuracy without offsets ${plain.toFixed(4)}; rare ${best.rare}, common ${best.common}: ` +
      `accuracy ${accuracy(answersOf(temperature, offsets)).toFixed(4)}, recall ${best.recall.toFixed(4)}, temperature ${temperature.toFixed(3)}`,
  );
  return { temperature: round(temperature), offsets: offsets.map(round), rare: best.rare, unit };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const web = fit('ferplus', fineLabels, strengths, [0]);
const elsewhere = fit('diffusionfer', CATEGORIES, [web.rare], strengths, web.unit);
manifest.settings['calibrations'] = [web, elsewhere].map(({ temperature, offsets }, i) => ({
  facePx: FACE_PX[i],
  temperature,
  offsets,
}));
await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
