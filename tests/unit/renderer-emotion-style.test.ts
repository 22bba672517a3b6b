import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { EMOTION_STYLE, type Theme } from '../../renderer/lib/emotion-style.ts';

type Rgb = [number, number, number];
const THEMES: Theme[] = ['light', 'dark'];
const PANE: Record<Theme, string> = { light: '#ffffff', dark: '#181c24' };

const channels = (hex: string): Rgb => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255) as Rgb;
const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const times = (m: number[][], v: Rgb): Rgb =>
  m.map((row) => row.reduce((s, k, i) => s + k * v[i]!, 0)) as Rgb;

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB. */
const SEEN: Record<string, number[][]> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const XYZ = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];

function lab(hex: string, seen: number[][]): Rgb {
  const rgb = times(seen, channels(hex).map(linear) as Rgb).map((c) => Math.min(1, Math.max(0, c))) as Rgb;
  const [x, y, z] = times(XYZ, rgb);
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}
const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const luminance = (hex: string): number => times(XYZ, channels(hex).map(linear) as Rgb)[1];
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

describe('emotion colours', () => {
  for (const theme of THEMES)
    for (const [who, seen] of Object.entries(SEEN))
      it(`keep apart for ${who} in the ${theme} theme`, () => {
        for (const [i, a] of CATEGORIES.entries())
          for (const b of CATEGORIES.slice(i + 1)) {
            const apart = distance(
              lab(EMOTION_STYLE[a].fill[theme], seen),
              lab(EMOTION_STYLE[b].fill[theme], seen),
            );
            expect(apart, `${a} and ${b}`).toBeGreaterThan(14);
          }
      });
  for (const theme of THEMES)
    it(`are readable as text in the ${theme} theme (WCAG AA)`, () => {
      for (const [name, { ink }] of Object.entries(EMOTION_STYLE))
        expect(contrast(ink[theme], PANE[theme]), name).toBeGreaterThanOrEqual(4.5);
    });
  it('have a sign each', () => {
    expect(new Set(Object.values(EMOTION_STYLE).map(({ sign }) => sign)).size).toBe(CATEGORIES.length + 1);
  });
});
