/** The fusion on artificially paired items: what it gains over the best single modality, and what noise in one modality costs. */
import { MODALITIES, type Modality } from '#contract/emotion/evidence.ts';
import { argmax, CATEGORIES, type Category } from '#contract/emotion/categories.ts';
import { fuse } from '#models/fusion/fuse.ts';
import type { Said } from '#models/fusion/opinion.ts';
import { parseFusionSettings, type FusionSettings } from '#models/fusion/settings.ts';
import { oneOf, seededRandom } from '#models/metrics/random.ts';
import { categoryOfLabel } from '../corpora/labels.ts';
import { readMeld } from '../corpora/dialogues.ts';
import { readGoEmotions } from '../corpora/goemotions.ts';
import type { EvaluationContext } from '../context.ts';
import { categoryOf, diffusionFerPairs, ferPlusPairs } from '../face/section.ts';
import type { Figure } from '../figure.ts';
import { confidenceFigures, type FigureMaker } from '../make-figure.ts';
import { FUSION_CORPORA, FUSION_PART, lostByNoise, OVER_BEST } from '../metric-names.ts';
import { predictedTexts } from '../text/text-set.ts';
import { heldOutAlone } from '../voice/section.ts';
import { noiseReadings } from './noise.ts';
import { saidBy, triples, type Labelled, type Sources, type Triple } from './triples.ts';

const ITEMS = 4000;
const SEED = 20;

export const FUSION_NOTES = [
  'The pairing is artificial: words, voice and face of an item come from three unrelated people who share a label, every category equally often. Their errors are independent, as one person’s are not; real talk will gain less. The items repeat the same rows, so the intervals, drawn over items, are too narrow.',
];

export async function fusionFigures(context: EvaluationContext): Promise<Figure[]> {
  const settings = parseFusionSettings(context.options.models.of('fusion').settings);
  const noise = await noiseReadings(context);
  const figures: Figure[] = [];
  for (const [corpus, sources] of [
    [FUSION_CORPORA.known, await known(context)],
    [FUSION_CORPORA.strange, await strange(context)],
  ] as const) {
    const make = context.figures({ task: 'fusion', corpus, part: FUSION_PART });
    const random = seededRandom(SEED);
    const items = triples(sources, ITEMS, random).map((triple) => ({
      triple,
      noisy: Object.fromEntries(
        MODALITIES.map((m) => [m, saidBy(m, oneOf(noise[m], random))]),
      ) as Triple['said'],
    }));
    figures.push(...pairedFigures(make, items, settings));
  }
  return figures.map((f) => ({ ...f, exposure: 'tuned on its parts' }));
}

const voices = async (context: EvaluationContext): Promise<Labelled[]> =>
  (await heldOutAlone(context)).alone.map(({ item, row }) => ({ category: item.category, row }));

/** Material like what the models were trained on. */
async function known(context: EvaluationContext): Promise<Sources> {
  const read = (folder: string) => readGoEmotions(folder, 'dev');
  const texts = await predictedTexts(context, { corpus: 'goemotions', part: 'dev', read });
  return {
    text: texts
      .filter(({ item }) => item.categories.length === 1)
      .map(({ item, row }) => ({ category: item.categories[0]!, row })),
    voice: await voices(context),
    face: (await ferPlusPairs(context)).map(({ item, row }) => ({ category: categoryOf(item.label), row })),
  };
}

/** Talk, and faces from elsewhere. */
async function strange(context: EvaluationContext): Promise<Sources> {
  const texts = await predictedTexts(context, {
    corpus: 'meld',
    part: 'dev',
    read: (folder) => readMeld(folder, 'dev'),
  });
  return {
    text: texts.map(({ item, row }) => ({ category: categoryOfLabel(item.label)!, row })),
    voice: await voices(context),
    face: (await diffusionFerPairs(context)).pairs.map(({ item, row }) => ({ category: item.label, row })),
  };
}

interface Paired {
  readonly triple: Triple;
  readonly noisy: Triple['said'];
}

interface FusedAnswer {
  readonly truth: Category;
  readonly confidence: number;
  readonly right: boolean;
}

function pairedFigures(make: FigureMaker, items: readonly Paired[], settings: FusionSettings): Figure[] {
  const answer = ({ triple }: Paired, said: readonly Said[]): FusedAnswer => {
    const { top, confidence } = fuse(said, settings);
    return { truth: triple.truth, confidence, right: top === triple.truth };
  };
  /** What its own model says, without the fusion's prior. */
  const ownAnswer = ({ triple }: Paired, m: Modality): FusedAnswer => {
    const { probabilities } = triple.said[m];
    const top = argmax(probabilities);
    return { truth: triple.truth, confidence: probabilities[top]!, right: CATEGORIES[top] === triple.truth };
  };
  const answers = items.map((item) => {
    const { said } = item.triple;
    const each = <T>(of: (m: Modality) => T): Record<Modality, T> => ({
      text: of('text'),
      voice: of('voice'),
      face: of('face'),
    });
    return {
      all: answer(
        item,
        MODALITIES.map((m) => said[m]),
      ),
      alone: each((m) => ownAnswer(item, m)),
      without: each((m) =>
        answer(
          item,
          MODALITIES.filter((o) => o !== m).map((o) => said[o]),
        ),
      ),
      noisy: each((m) =>
        answer(
          item,
          MODALITIES.map((o) => (o === m ? item.noisy[o] : said[o])),
        ),
      ),
    };
  });
  type Drawn = readonly (typeof answers)[number][];
  const share = (drawn: Drawn, of: (a: Drawn[number]) => FusedAnswer): number =>
    drawn.reduce((sum, a) => sum + (of(a).right ? 1 : 0), 0) / drawn.length;
  const best = (drawn: Drawn): number => Math.max(...MODALITIES.map((m) => share(drawn, (a) => a.alone[m])));
  return [
    make('accuracy, all three', answers, (d) => share(d, (a) => a.all)),
    ...MODALITIES.map((m) => make(`accuracy, ${m} alone`, answers, (d) => share(d, (a) => a.alone[m]))),
    make(OVER_BEST, answers, (d) => share(d, (a) => a.all) - best(d)),
    ...MODALITIES.map((m) =>
      make(lostByNoise(m), answers, (d) => share(d, (a) => a.without[m]) - share(d, (a) => a.noisy[m])),
    ),
    ...confidenceFigures(
      make,
      answers.map((a) => a.all),
    ),
  ];
}
