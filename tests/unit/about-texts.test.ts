/** Which of the two ways `attune analyze` takes. */
import { expect, it } from 'vitest';
import { aboutTexts } from '#main/cli/texts.ts';

it.each([
  ['comments.csv', true],
  ['comments.csv --out results.wav --json', true],
  ['talk.mp4', false],
  ['talk.mp4 --transcript talk.csv', false],
  ['talk --out folder.csv', false],
  ['survey.bin --text-column=Answer', true],
  ['comments.csv talk.mp4', false],
  ['', false],
])('%s', (typed, texts) => {
  expect(aboutTexts(typed.split(' ').filter(Boolean))).toBe(texts);
});
