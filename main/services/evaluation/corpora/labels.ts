/** The corpora's spellings as Attune's categories. */
import type { Category } from '#contract/emotion/categories.ts';

const SPELLINGS: Record<string, Category> = {
  neutral: 'neutral',
  no_emotion: 'neutral',
  none: 'neutral',
  joy: 'happiness',
  joyful: 'happiness',
  happy: 'happiness',
  happiness: 'happiness',
  sad: 'sadness',
  sadness: 'sadness',
  mad: 'anger',
  angry: 'anger',
  anger: 'anger',
  scared: 'fear',
  fear: 'fear',
  fearful: 'fear',
  disgust: 'disgust',
  surprise: 'surprise',
  surprised: 'surprise',
};

/** null for a label that is none of the seven (peaceful, powerful, like, calm …). */
export const categoryOfLabel = (label: string): Category | null =>
  SPELLINGS[label.trim().toLowerCase()] ?? null;
