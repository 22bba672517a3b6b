/**
 * The one colour and the one sign of each category, everywhere. Fills keep apart under the three common colour
 * deficiencies (tests/unit/renderer-emotion-style.test.ts simulates them); inks are the same hue, dark or light enough for small text.
 */
import { topCategory, type Category, type Distribution } from '#contract/emotion/categories.ts';

export type Theme = 'light' | 'dark';
/** What a ribbon, chip or label can show: a category, or that the result is too unsure to name one. */
export type Shown = Category | 'not-sure';

export interface EmotionStyle {
  readonly fill: Readonly<Record<Theme, string>>;
  readonly ink: Readonly<Record<Theme, string>>;
  /** SVG path in a 12 x 12 box. */
  readonly sign: string;
}

export const EMOTION_STYLE: Readonly<Record<Shown, EmotionStyle>> = {
  neutral: {
    fill: { light: '#b2bac6', dark: '#5a6474' },
    ink: { light: '#566072', dark: '#aab4c3' },
    sign: 'M6 3.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z',
  },
  happiness: {
    fill: { light: '#f2ad1b', dark: '#f8d866' },
    ink: { light: '#8a5a00', dark: '#f3c55c' },
    sign: 'M6 1.2 11.2 10.6H.8z',
  },
  sadness: {
    fill: { light: '#2466ad', dark: '#459cf0' },
    ink: { light: '#1f62aa', dark: '#7db8f2' },
    sign: 'M6 10.8.8 1.4h10.4z',
  },
  anger: {
    fill: { light: '#c43c1b', dark: '#ee5033' },
    ink: { light: '#b12d12', dark: '#ff8a6c' },
    sign: 'M2.7.9 6 4.2 9.3.9l1.8 1.8L7.8 6l3.3 3.3-1.8 1.8L6 7.8 2.7 11.1.9 9.3 4.2 6 .9 2.7z',
  },
  fear: {
    fill: { light: '#5a2aa8', dark: '#7a58ea' },
    ink: { light: '#5b2f9e', dark: '#b79af0' },
    sign: 'M6 .5 11.5 6 6 11.5.5 6z',
  },
  disgust: {
    fill: { light: '#1aa068', dark: '#1fb884' },
    ink: { light: '#0a6b4a', dark: '#4cc79b' },
    sign: 'M1.4 1.4h9.2v9.2H1.4z',
  },
  surprise: {
    fill: { light: '#e46ac0', dark: '#f7a8e0' },
    ink: { light: '#a3347a', dark: '#f3a3d2' },
    sign: 'M6 .5 7.6 4.2l4 .3L8.5 7.1l1 4L6 8.9l-3.5 2.2 1-4L.4 4.5l4-.3z',
  },
  'not-sure': {
    fill: { light: '#d9dee6', dark: '#343b48' },
    ink: { light: '#566072', dark: '#aab4c3' },
    sign: 'M3.2 4.1C3.2 2.3 4.5 1.2 6.1 1.2s2.8 1 2.8 2.5c0 2-2.1 2.1-2.1 3.7v.3H5.2v-.4c0-2.2 2-2.4 2-3.5 0-.6-.4-1-1.1-1s-1.2.5-1.2 1.3zM5.1 8.9h1.8v1.9H5.1z',
  },
};

/** Over a picture, whatever the theme: light enough to be seen on dark clothes and dark hair. */
export const pictureFill = (shown: Shown): string =>
  shown === 'not-sure' || shown === 'neutral' ? '#d3dae4' : EMOTION_STYLE[shown].fill.dark;

/** Valence: diverging, negative to positive around a pale middle. Arousal: sequential, calm to activated. */
export const VALENCE_STYLE: Readonly<Record<Theme, string>> = { light: '#0b7285', dark: '#4fc3d9' };
export const AROUSAL_STYLE: Readonly<Record<Theme, string>> = { light: '#9c36b5', dark: '#da8ee7' };
export const DIVERGING = {
  light: { low: '#b35806', middle: '#e9ebef', high: '#0b7285' },
  dark: { low: '#f1a340', middle: '#3a414e', high: '#4fc3d9' },
} as const;

/** Colours of speakers and audio channels, in order of appearance. */
export const SPEAKER_COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#3f6191', '#96591f', '#4d6b2f', '#8a3f6b', '#2f6f73', '#6a5492'],
  dark: ['#8fb0de', '#dba26a', '#a7c985', '#dc97bf', '#86c8cc', '#b8a5e0'],
};
export const speakerColour = (theme: Theme, index: number): string => {
  const colours = SPEAKER_COLOURS[theme];
  return colours[((index % colours.length) + colours.length) % colours.length]!;
};

/** What one modality names by itself: nothing below the limit. */
export const saidBy = (probabilities: Distribution, limit: number): Shown =>
  Math.max(...probabilities) < limit ? 'not-sure' : topCategory(probabilities);
