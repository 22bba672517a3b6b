/** Two people who don't exist, and what their faces can say. For drawFace. */
import type { Expression, Person } from './drawn-face.ts';

export const PEOPLE = {
  mara: {
    skin: '#e3b79a',
    light: '#f5d8c2',
    shade: '#b98067',
    hair: '#6b4326',
    shirt: '#7a4b5e',
    lips: '#b04a45',
    iris: '#3f5a45',
    longHair: true,
  },
  jonas: {
    skin: '#d9a27e',
    light: '#f0c6a6',
    shade: '#a86b4c',
    hair: '#3a261c',
    shirt: '#3d5a80',
    lips: '#b26957',
    iris: '#4a3526',
    longHair: false,
  },
} satisfies Record<string, Person>;

const NEUTRAL: Expression = {
  smile: 0,
  open: 0,
  browRaise: 0,
  browFrown: 0,
  browSad: 0,
  eyes: 1,
  wrinkle: 0,
  turn: 0,
};

export const EXPRESSIONS = {
  neutral: NEUTRAL,
  happiness: { ...NEUTRAL, smile: 0.9, open: 0.35, eyes: 0.85 },
  sadness: { ...NEUTRAL, smile: -1, browSad: 1.3, eyes: 0.6 },
  anger: { ...NEUTRAL, smile: -0.5, browFrown: 1.6, eyes: 0.75, wrinkle: 0.4 },
  fear: { ...NEUTRAL, open: 0.3, browRaise: 0.9, browSad: 1, eyes: 1.5, smile: -0.4 },
  surprise: { ...NEUTRAL, open: 1, browRaise: 1.3, eyes: 1.5 },
} satisfies Record<string, Expression>;
