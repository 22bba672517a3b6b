/** The pages of the list of texts, whatever order the answers come in. */
import { expect, it } from 'vitest';
import type { TextItem } from '#contract/texts/collection.ts';
import { TextPages } from '../../renderer/lib/state/text-pages.svelte.ts';
import { madeUpText } from '../fixtures/texts.ts';

interface Asked {
  offset: number;
  answer: (total: number) => Promise<void>;
}

/** A list, and the questions that wait for their answers. */
function pages() {
  const asked: Asked[] = [];
  const list = new TextPages(({ offset, limit }) => {
    let resolve!: (answer: { total: number; items: TextItem[] }) => void;
    const answered = new Promise<{ total: number; items: TextItem[] }>((found) => (resolve = found));
    asked.push({
      offset,
      async answer(total) {
        const length = Math.max(0, Math.min(limit, total - offset));
        resolve({ total, items: Array.from({ length }, (_, i) => madeUpText(offset + i + 1)) });
        await answered;
        await Promise.resolve();
      },
    });
    return answered;
  });
  return { list, asked, offsets: () => asked.map(({ offset }) => offset) };
}

it('shows the texts although a refresh came before the first answer', async () => {
  const { list, asked } = pages();
  void list.restart();
  void list.refresh();
  for (const { answer } of asked) await answer(389);
  expect(list.total).toBe(389);
  expect(list.at(7)?.seq).toBe(8);
});

it('knows that there are none only from an answer', async () => {
  const { list, asked } = pages();
  void list.restart();
  void list.refresh();
  expect(list.answered).toBe(false);
  await asked.at(-1)!.answer(0);
  expect([list.answered, list.total]).toEqual([true, 0]);
});

it('a refresh asks again for the pages held and for those on their way', async () => {
  const { list, asked, offsets } = pages();
  void list.restart();
  await asked[0]!.answer(389);
  list.show(100, 200);
  void list.refresh();
  expect(offsets()).toEqual([0, 100, 0, 100]);
  for (const { answer } of asked.slice(2)) await answer(389);
  expect(list.at(150)?.seq).toBe(151);
});

it('what answered the question before goes with the first answer to the next, also when a refresh overtakes it', async () => {
  const { list, asked, offsets } = pages();
  void list.restart();
  await asked[0]!.answer(389);
  list.show(100, 200);
  await asked[1]!.answer(389);
  void list.restart();
  void list.refresh();
  expect(list.at(150)?.seq).toBe(151);
  expect(offsets().slice(2)).toEqual([0, 0]);
  await asked[3]!.answer(40);
  expect([list.total, list.at(39)?.seq, list.at(150)]).toEqual([40, 40, undefined]);
});
