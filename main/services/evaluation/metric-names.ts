/** What figures are called, for what measures them and for the goals that ask for them: a goal whose name nobody measures has no figure. */
export const ECE = 'ECE, 15 bins';
/** Of dialogue. */
export const WEIGHTED_F1 = 'weighted F1, 7 emotions, with context';
export const ABSTAINING = 'accuracy at 80 % coverage less accuracy at 100 %';

const percent = (share: number): string => `${Math.round(100 * share)} %`;
export const answeredAt = (error: number): string => `answered where at most ${percent(error)} may be wrong`;
export const wrongAt = (error: number): string => `wrong of those answered, at most ${percent(error)} asked`;

export const accuracyOf = (classes: number): string => `accuracy, ${classes} classes`;
export const uarOf = (classes: number): string => `UAR, ${classes} classes`;

/** Calm and boredom count as neutral. */
export const UAR_CATEGORIES = 'UAR, 7 categories';

/** The RAVDESS speakers that the shipped voice model never heard. */
export const VOICE_PART = 'actors 17-20';
/** How a clip of the voice is read. */
export const VOICE_WAYS = {
  alone: 'alone',
  balanced: 'own voice, balanced',
  lopsided: 'own voice, 80 % one emotion',
} as const;
export const lessUnmarked = (metric: string): string => `${metric}, less the same clips without the marks`;
export const lessAlone = (metric: string): string => `${metric}, less the same clips alone`;

/** What the fusion is measured on: material like what the models were trained on, and other material. */
export const FUSION_CORPORA = {
  known: 'GoEmotions dev + RAVDESS 17-20 + FER+ PublicTest',
  strange: 'MELD dev + RAVDESS 17-20 + DiffusionFER',
} as const;
export const FUSION_PART = 'artificial pairs';
export const OVER_BEST = 'accuracy, all three less the best alone';
export const lostByNoise = (modality: string): string =>
  `accuracy lost by noise instead of ${modality}, against the other two`;
