/** The same sentence about a man and about a woman. */
import { expect, it } from 'vitest';
import type { PredictedRow } from '#contract/files/predict.ts';
import type { Predicted } from '#main/services/evaluation/predicted.ts';
import type { TextItem } from '#main/services/evaluation/corpora/text-item.ts';
import { genderSwapped, swapsOf } from '#main/services/evaluation/text/pronouns.ts';

it.each([
  ['Her car is hers.', 'His car is his.'],
  ['His car is his.', 'Her car is hers.'],
  ['I saw her.', 'I saw him.'],
  ['I saw him, and his wife too', 'I saw her, and her husband too'],
  ['I told her to leave', 'I told him to leave'],
  ['He hurt himself', 'She hurt herself'],
  ['Let her go!', 'Let him go!'],
  ['This is theirs, mothers.', 'This is theirs, mothers.'],
])('%s becomes %s', (text, other) => {
  expect(genderSwapped(text)).toBe(other);
});

it('compares a text with its own counterpart when others have no answer', () => {
  const answer = (id: string, confidence: number): Predicted<TextItem> => ({
    item: { id, text: id },
    row: { confidence } as PredictedRow,
  });
  const swaps = swapsOf(
    [answer('a', 0.1), answer('b', 0.2), answer('c', 0.3)],
    [answer('a', 1), answer('c', 3)],
  );
  expect(swaps.map(({ before, after }) => [before.confidence, after.confidence])).toEqual([
    [0.1, 1],
    [0.3, 3],
  ]);
});
