/** The goals that the models were set, with the anchors they are to be read beside, and the figures that answer them. */
import type { EvaluationTask } from './figure.ts';
import {
  ABSTAINING,
  accuracyOf,
  ECE,
  FUSION_CORPORA,
  FUSION_PART,
  lessAlone,
  lostByNoise,
  OVER_BEST,
  uarOf,
  UAR_CATEGORIES,
  VOICE_PART,
  VOICE_WAYS,
  WEIGHTED_F1,
} from './metric-names.ts';

export interface Goal {
  readonly task: EvaluationTask;
  readonly title: string;
  readonly value: number;
  readonly better: 'higher' | 'lower';
  /** What others reach. */
  readonly anchor: string;
  /** Names of figures (`figureId`), each judged by itself. */
  readonly figures: readonly string[];
}

const goal = (
  task: EvaluationTask,
  title: string,
  value: number,
  anchor: string,
  figures: readonly string[],
  better: Goal['better'] = 'higher',
): Goal => ({ task, title, value, better, anchor, figures: figures.map((f) => `${task} / ${f}`) });

const bothParts = (corpus: string, metric: string): string[] =>
  ['dev', 'own test'].map((part) => `${corpus} / ${part} / ${metric}`);

const EMOBANK =
  'RoBERTa-large .84 / .57 / .54; one human reader .48 / .38 / .34; TF-IDF ridge .55 / .42 / .32';

const TEXT: Goal[] = [
  goal(
    'text',
    'GoEmotions, macro-F1 of 28 labels',
    0.53,
    'MiniLM fine-tuned plainly .487; BERT-base .46 to .50; best RoBERTa .52; TF-IDF .465',
    bothParts('goemotions', 'macro-F1, 28 labels'),
  ),
  goal('text', "GoEmotions, macro-F1 of Ekman's 7", 0.66, 'MiniLM fine-tuned plainly .638', [
    ...bothParts('goemotions', "macro-F1, Ekman's 7, one answer"),
    ...bothParts('goemotions', "macro-F1, Ekman's 7, several answers"),
  ]),
  goal('text', 'EmoBank, r of valence', 0.8, EMOBANK, bothParts('emobank', 'r, valence')),
  goal('text', 'EmoBank, r of arousal', 0.55, EMOBANK, bothParts('emobank', 'r, arousal')),
  goal('text', 'EmoBank, r of dominance', 0.5, EMOBANK, bothParts('emobank', 'r, dominance')),
  goal(
    'text',
    'SemEval-2018, r of intensity',
    0.75,
    'winners about .80',
    ['emotion', '`intensity`'].flatMap((how) =>
      bothParts('semeval2018', `r, intensity, mean of four, by ${how}`),
    ),
  ),
  goal(
    'text',
    'SemEval-2018, r of valence',
    0.8,
    'winners about .87',
    bothParts('semeval2018-valence', 'r, valence'),
  ),
  goal('text', 'MELD, weighted F1 of 7', 0.62, 'RoBERTa .62; TF-IDF .57', bothParts('meld', WEIGHTED_F1)),
  goal(
    'text',
    'CLUE emotion, accuracy',
    0.62,
    'BERT-base .607; TF-IDF .56',
    bothParts('clue', 'accuracy, 7 labels'),
  ),
  goal(
    'text',
    'SMP2020 usual, macro-F1',
    0.7,
    'BERT-base about .78; TF-IDF .61',
    bothParts('smp2020', 'macro-F1, 6 labels'),
  ),
];

const OUT = 'speakers left out';
const FINE: Readonly<Record<string, number>> = { ravdess: 8, emodb: 7, nemo: 6 };
const uar = (corpus: string, part: string, way: string): string =>
  `${corpus} / ${part} / ${way} / ${uarOf(FINE[corpus]!)}`;
/** How much more the person's own voice tells, on every part of every corpus. */
const gains = (way: string): string[] =>
  [...Object.keys(FINE).map((corpus) => uar(corpus, OUT, way)), uar('ravdess', VOICE_PART, way)].map(
    lessAlone,
  );
const { alone, balanced, lopsided } = VOICE_WAYS;

const VOICE: Goal[] = [
  goal(
    'voice',
    'RAVDESS, unseen actors, 8 classes, one clip alone',
    0.83,
    'frozen Moonshine tiny and SVM .78; frozen Whisper-large-v3 .75; eGeMAPS .53',
    [uar('ravdess', OUT, alone), uar('ravdess', VOICE_PART, alone)],
  ),
  goal(
    'voice',
    'RAVDESS, with the person’s baseline',
    0.9,
    'frozen Moonshine tiny and SVM .84; eGeMAPS .63',
    [uar('ravdess', OUT, balanced), uar('ravdess', VOICE_PART, balanced)],
  ),
  goal('voice', 'EmoDB, unseen speakers, alone', 0.87, 'the same probe .83; eGeMAPS .55', [
    uar('emodb', OUT, alone),
  ]),
  goal('voice', 'EmoDB, with the baseline', 0.93, 'the same probe .88; eGeMAPS .85', [
    uar('emodb', OUT, balanced),
  ]),
  goal('voice', 'nEMO, unseen speakers, alone', 0.65, 'the same probe .58; eGeMAPS .37', [
    uar('nemo', OUT, alone),
  ]),
  goal('voice', 'nEMO, with the baseline', 0.82, 'the same probe .72 to .79; eGeMAPS .54', [
    uar('nemo', OUT, balanced),
  ]),
  // Whatever ships has learned from every English corpus there is here, so the nearest to another one is RAVDESS with only the two others learned from.
  goal(
    'voice',
    'An English corpus never trained on (RAVDESS left out), UAR of 7, alone',
    0.6,
    'joint Gaussian model, all three trained: .55',
    [`ravdess / corpus left out / ${alone} / ${UAR_CATEGORIES}`],
  ),
  goal('voice', 'An English corpus never trained on, with the baseline', 0.8, 'joint Gaussian model .75', [
    `ravdess / corpus left out / ${balanced} / ${UAR_CATEGORIES}`,
  ]),
  goal(
    'voice',
    'A given corpus left out, UAR, mean of three, alone',
    0.5,
    'joint Gaussian model: .21, .31, .55',
    [`mean of three / corpus left out / ${alone} / ${UAR_CATEGORIES}`],
  ),
  goal('voice', 'A given corpus left out, with the baseline', 0.6, 'joint Gaussian model: .50, .30, .44', [
    `mean of three / corpus left out / ${balanced} / ${UAR_CATEGORIES}`,
  ]),
  goal(
    'voice',
    'Baseline, 80 % one emotion: at most 2 points below a clip alone',
    -0.02,
    'z-norm falls to .34 to .37',
    gains(lopsided),
  ),
  goal('voice', 'Baseline, balanced: at least 6 points above a clip alone', 0.06, '', gains(balanced)),
];

const FACE: Goal[] = [
  goal('face', 'FER+, accuracy of 8 classes', 0.87, 'VGG13 .85; ResNet .84; face-api .66 on 7', [
    `ferplus / PublicTest / ${accuracyOf(8)}`,
  ]),
  goal('face', 'FER+, UAR of 8 classes', 0.7, '', [`ferplus / PublicTest / ${uarOf(8)}`]),
  goal('face', 'Faces from another source, UAR of 7', 0.7, 'shipped tools .45 to .50 in the wild', [
    `diffusionfer / all / ${uarOf(7)}`,
  ]),
];

const KNOWN = `${FUSION_CORPORA.known} / ${FUSION_PART}`;
const STRANGE = `${FUSION_CORPORA.strange} / ${FUSION_PART}`;

const FUSION: Goal[] = [
  goal('fusion', 'Fused over the best single modality', 0.1, '', [
    `${KNOWN} / ${OVER_BEST}`,
    `${STRANGE} / ${OVER_BEST}`,
  ]),
  goal(
    'fusion',
    'Cost of noise in one modality',
    0.02,
    '',
    [KNOWN, STRANGE].flatMap((pairs) => ['text', 'voice', 'face'].map((m) => `${pairs} / ${lostByNoise(m)}`)),
    'lower',
  ),
];

const IN_DOMAIN: Readonly<Record<EvaluationTask, readonly string[]>> = {
  text: [
    ...['goemotions', 'meld', 'smp2020'].flatMap((corpus) => bothParts(corpus, ECE)),
    `cped / own test / ${ECE}`,
  ],
  voice: [`ravdess / ${VOICE_PART} / ${alone} / ${ECE}`, `all / ${OUT} / ${alone} / ${ECE}`],
  face: [`ferplus / PublicTest / ${ECE}`],
  fusion: [`${KNOWN} / ${ECE}`],
};
const OUT_OF_DOMAIN: Readonly<Record<EvaluationTask, readonly string[]>> = {
  text: [`emorynlp / dev / ${ECE}`],
  voice: [`all / corpus left out / ${alone} / ${ECE}`],
  face: [`diffusionfer / all / ${ECE}`],
  fusion: [`${STRANGE} / ${ECE}`],
};
const CONFIDENCE = (['text', 'voice', 'face', 'fusion'] as const).flatMap((task): Goal[] => [
  goal(task, 'Calibration error, in domain', 0.03, 'none publishes it', IN_DOMAIN[task], 'lower'),
  goal(task, 'Calibration error, out of domain', 0.08, 'none publishes it', OUT_OF_DOMAIN[task], 'lower'),
  goal(
    task,
    'Gain of abstaining: accuracy at 80 % coverage over accuracy at 100 %',
    0.08,
    '',
    [...IN_DOMAIN[task], ...OUT_OF_DOMAIN[task]].map((f) => f.replace(ECE, ABSTAINING)),
  ),
]);

export const GOALS: readonly Goal[] = [...TEXT, ...VOICE, ...FACE, ...FUSION, ...CONFIDENCE];

export const isMet = ({ value, better }: Goal, figure: number): boolean =>
  better === 'higher' ? figure >= value : figure <= value;
