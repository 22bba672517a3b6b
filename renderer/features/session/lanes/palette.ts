/** What the canvas paints with: read once a theme, as looking up CSS variables each frame is slow. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import {
  AROUSAL_STYLE,
  EMOTION_STYLE,
  SPEAKER_COLOURS,
  speakerColour,
  VALENCE_STYLE,
  type Theme,
} from '../../../lib/emotion-style.ts';

export interface Palette {
  /** By code: 0..6 categories, 7 not sure. */
  readonly fills: readonly string[];
  readonly signs: readonly Path2D[];
  /** By code: what can be read on the fill. */
  readonly signInks: readonly string[];
  readonly speakers: readonly string[];
  readonly valence: string;
  readonly arousal: string;
  readonly disagreement: string;
  readonly line: string;
  readonly dim: string;
  readonly empty: string;
  /** Behind the lanes: what can be read on `dim`. */
  readonly ground: string;
  readonly font: string;
}

const LIGHT_FILLS: Record<Theme, ReadonlySet<string>> = {
  light: new Set(['neutral', 'happiness']),
  dark: new Set(['happiness', 'surprise', 'disgust', 'sadness']),
};
const SHOWN = [...CATEGORIES, 'not-sure'] as const;
const signs = (): Path2D[] => SHOWN.map((name) => new Path2D(EMOTION_STYLE[name].sign));

/** `speakers`: which colour each speaker has; by place when not said. */
export function paletteOf(theme: Theme, speakers?: readonly number[]): Palette {
  const light = theme === 'light';
  return {
    fills: SHOWN.map((name) => EMOTION_STYLE[name].fill[theme]),
    signs: signs(),
    signInks: SHOWN.map((name) =>
      LIGHT_FILLS[theme].has(name) ? 'rgb(12 15 20 / 75%)' : 'rgb(255 255 255 / 92%)',
    ),
    speakers: speakers?.length
      ? speakers.map((colour) => speakerColour(theme, colour))
      : SPEAKER_COLOURS[theme],
    valence: VALENCE_STYLE[theme],
    arousal: AROUSAL_STYLE[theme],
    disagreement: light ? '#c98a1b' : '#e2ad56',
    line: light ? '#dfe3ea' : '#2a303c',
    dim: light ? '#5b6679' : '#a0aabb',
    empty: light ? '#f4f6f8' : '#1e232d',
    ground: light ? '#ffffff' : '#181c24',
    font: getComputedStyle(document.body).fontFamily,
  };
}
