/**
 * Fits the fusion's numbers from the three models' predictions on sources that they never saw, and writes them into
 * models/weights/fusion/manifest.json. `node models/recipes/fusion/fit.ts` (after the other recipes' predict steps).
 *
 * Reads the files of SOURCES in models/recipes/.work; what is missing keeps its present weight and base rate. Each weight is fitted where its modality
 * speaks alone. The items that check them together are paired artificially (same category, unrelated people), which makes the modalities'
 * errors independent; in one real person they are not, so `errorCorrelation` is chosen and not fitted.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { argmax, CATEGORIES } from '#contract/emotion/categories.ts';
import { MODALITIES } from '#contract/emotion/evidence.ts';
import type { Modality } from '#contract/emotion/evidence.ts';
import { modelManifest } from '#contract/models/manifest.ts';
import type { TrainingRecord } from '#main/services/evaluation/exposure.ts';
import { fuse } from '#models/fusion/fuse.ts';
import { parseFusionSettings } from '#models/fusion/settings.ts';
import type { DimensionScale, FusionSettings } from '#models/fusion/settings.ts';
import { calibrationError } from '#models/metrics/confidence.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { parseTextSettings } from '#models/text/settings.ts';
import { parseVoiceSettings } from '#models/voice/settings.ts';
import { fitWeights } from './maximum-likelihood.ts';
import { divided, pairedItems, parseRows, speakerWeights } from './pairs.ts';
import type { Item, Row } from './pairs.ts';
import { matchedScale, moments } from './scales.ts';
import type { Moments } from './scales.ts';

const SEED = 20;
const ITEMS = 20_000;
/** No weight may claim more than its model's own word. */
const GREATEST_WEIGHT = 1;
/**
 * Chosen. Words, voice and face of one moment come from one person, one microphone and one situation; artificial pairs can't show how alike
 * their errors are.
 */
const ERROR_CORRELATION = 0.2;
/** MELD's talk; each voice corpus read by a model that was trained on the others; drawn faces. */
const SOURCES: Record<Modality, string> = {
  text: 'text_oof.jsonl',
  voice: 'voice_unseen.jsonl',
  face: 'face_unseen.jsonl',
};
/** What the numbers were fitted on, for `attune evaluate`: see "What a recipe leaves beside its weights" in models/recipes/README.md. */
const SPEAKERS = 'two thirds of the speakers, as read by models of the other corpora';
const SEEN: TrainingRecord = {
  weights: null,
  sources: {
    meld: { trained: [], tuned: ['dev'] },
    ravdess: { trained: [], tuned: ['all', 'actors 17-20'], note: SPEAKERS },
    emodb: { trained: [], tuned: ['all'], note: SPEAKERS },
    nemo: { trained: [], tuned: ['all'], note: SPEAKERS },
    diffusionfer: { trained: [], tuned: ['all'], note: 'two thirds of it' },
  },
};
const work = new URL('../.work/', import.meta.url);
const weightsFolder = new URL('../../weights/', import.meta.url);
const manifestFileOf = (id: string) => new URL(`${id}/manifest.json`, weightsFolder);
const manifestOf = (id: string) => modelManifest.parse(JSON.parse(readFileSync(manifestFileOf(id), 'utf8')));
const dimensionAnchors = z.object({ byFineLabel: z.array(z.number()) });
const faceAnchors = z.object({
  fineLabels: z.array(z.string()),
  valence: dimensionAnchors,
  arousal: dimensionAnchors,
});

const dev: Partial<Record<Modality, Row[]>> = {};
const test: Partial<Record<Modality, Row[]>> = {};
for (const modality of MODALITIES) {
  const file = new URL(SOURCES[modality], work);
  if (!existsSync(file)) continue;
  const parts = divided(parseRows(readFileSync(file, 'utf8')));
  dev[modality] = parts.dev;
  test[modality] = parts.test;
}

const manifest = manifestOf('fusion');
const settings = parseFusionSettings(structuredClone(manifest.settings));

for (const modality of MODALITIES) {
  const own = dev[modality];
  if (!own) continue;
  const counts = speakerWeights(own);
  const total = counts.reduce((a, b) => a + b, 0);
  const base = CATEGORIES.map(
    (_, c) => own.reduce((sum, r, i) => sum + counts[i]! * r.probabilities[c]!, 0) / total,
  );
  settings.modalities[modality].baseRate = rounded(base);
}

const alone = pairedItems(dev, settings.prior, ITEMS, seededRandom(SEED)).filter(
  (item) => item.said.length === 1,
);
const fitted = fitWeights(alone, settings);
MODALITIES.forEach((m, i) => {
  if (dev[m]) settings.modalities[m].weight = round(Math.min(GREATEST_WEIGHT, fitted[i]!), 3);
});
// Acted voices are clearer than talk, where voice tells less than words (Poria et al. 2019, MELD's unimodal baselines): it may not outweigh them.
const { text, voice } = settings.modalities;
voice.weight = Math.min(voice.weight, text.weight);
settings.errorCorrelation = ERROR_CORRELATION;
console.log(
  'weights by maximum likelihood',
  Object.fromEntries(MODALITIES.map((m, i) => [m, round(fitted[i]!, 3)])),
);

fitScales(settings);
report(settings);
writeFileSync(
  manifestFileOf('fusion'),
  `${JSON.stringify({ ...manifest, settings: parseFusionSettings(settings) }, null, 2)}\n`,
);
writeFileSync(new URL('fusion/training.json', weightsFolder), `${JSON.stringify(SEEN, null, 2)}\n`);

/**
 * Valence and arousal mean different things to the three models: the face's are on AffectNet's scale, the voice's a proxy of strongly acted emotion,
 * EmoBank's averaged ratings keep to the middle. The face's scale is taken for all: the spread of the voice's values for the categories, and of EmoBank's
 * ratings over its texts, become the spread that AffectNet's values for the categories have (categories weighted by the prior).
 */
function fitScales(to: FusionSettings): void {
  const ratings = parseTextSettings(manifestOf('text-emotion').settings).baseRate.dimensions;
  const face = faceAnchors.parse(manifestOf('face-emotion').settings);
  const voice = existsSync(manifestFileOf('voice-emotion')) ? manifestOf('voice-emotion') : undefined;
  for (const dimension of ['valence', 'arousal'] as const) {
    const anchors = CATEGORIES.map((c) => face[dimension].byFineLabel[face.fineLabels.indexOf(c)]!);
    const wanted = moments(anchors, to.prior);
    to.modalities.text.dimensions[dimension] = scale(ratings[dimension], wanted);
    if (voice) {
      const { circumplex } = parseVoiceSettings(voice.settings);
      const own = CATEGORIES.map((c) => circumplex[voice.labels!.indexOf(c)]![dimension]);
      to.modalities.voice.dimensions[dimension] = scale(moments(own, to.prior), wanted);
    }
    console.log(`${dimension} on the face's scale`, {
      text: to.modalities.text.dimensions[dimension],
      voice: to.modalities.voice.dimensions[dimension],
    });
  }
}

function scale(own: Moments, wanted: Moments): DimensionScale {
  const { gain, offset } = matchedScale(own, wanted);
  return { gain: round(gain, 3), offset: round(offset, 3), sdScale: 1 };
}

function report(fittedSettings: FusionSettings): void {
  const items = pairedItems(test, fittedSettings.prior, ITEMS, seededRandom(SEED + 1));
  const independent = { ...structuredClone(fittedSettings), errorCorrelation: 0 };
  const equal = structuredClone(independent);
  for (const m of MODALITIES) equal.modalities[m].weight = 1;
  console.log('all items, shipped', scores(items, fittedSettings));
  console.log('all items, errors independent', scores(items, independent));
  console.log('all items, errors independent, weights 1', scores(items, equal));
  for (const set of [
    ['text'],
    ['voice'],
    ['face'],
    ['text', 'voice'],
    ['text', 'face'],
    ['voice', 'face'],
    MODALITIES,
  ]) {
    const own = items.filter(
      (i) => i.said.length === set.length && i.said.every((s) => set.includes(s.modality)),
    );
    if (own.length > 0) console.log(set.join(' + '), scores(own, fittedSettings));
  }
}

function scores(items: readonly Item[], with_: FusionSettings) {
  const results = items.map((item) => ({ label: item.label, fused: fuse(item.said, with_) }));
  const right = results.map(({ label, fused }) => argmax(fused.probabilities) === label);
  const sure = results.map(({ fused }, i) => ({ confidence: fused.confidence, right: right[i]! }));
  const answered = results.filter(({ fused }) => !fused.abstained);
  const share = (n: number, of: number) => round(n / Math.max(1, of), 4);
  return {
    items: items.length,
    nats: round(results.reduce((s, r) => s - Math.log(r.fused.probabilities[r.label]!), 0) / items.length, 4),
    accuracy: share(right.filter(Boolean).length, items.length),
    confidence: round(sure.reduce((sum, { confidence }) => sum + confidence, 0) / items.length, 4),
    ece: round(calibrationError(sure), 4),
    answered: share(answered.length, items.length),
    accuracyOfAnswered: share(
      answered.filter(({ label, fused }) => argmax(fused.probabilities) === label).length,
      answered.length,
    ),
  };
}

function round(x: number, digits: number): number {
  return Number(x.toFixed(digits));
}

/** Five digits that sum to 1. */
function rounded(p: readonly number[]): number[] {
  const q = p.map((x) => Math.max(1e-4, round(x, 5)));
  q[0] = round(q[0]! + 1 - q.reduce((a, b) => a + b, 0), 5);
  return q;
}
