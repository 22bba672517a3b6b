import { expect, it } from 'vitest';
import { seemsForeign } from '#main/services/analysis/word-notices.ts';

const said = (confidence: number | null, seconds: number, text = 'words') => ({
  id: 'u',
  speakerId: 's1',
  startMs: 0,
  endMs: seconds * 1000,
  text,
  confidence,
  words: [],
});

it('doubts the language when most of the time was recognised unsurely', () => {
  expect(seemsForeign([said(0.5, 10), said(0.9, 1)])).toBe(true);
  expect(seemsForeign([said(0.5, 1), said(0.9, 10)])).toBe(false);
});

it('has nothing to doubt without recognised words', () => {
  expect(seemsForeign([])).toBe(false);
  expect(seemsForeign([said(null, 5), said(0.1, 5, '')])).toBe(false);
});
