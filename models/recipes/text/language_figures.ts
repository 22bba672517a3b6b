/**
 * How often looksForeign is right: on the sentences of tests/models/fixtures/foreign-sentences.json by their number of words, on English talk and comments as written and as a recogniser writes them, and how long it takes a text.
 *
 *     node models/recipes/text/language_figures.ts --text DIR    (the unpacked text.tar.xz)
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { looksForeign } from '#models/text/language.ts';
import { normaliseText, wordsOf } from '#models/text/normalise.ts';
import { createTokenizer } from '#models/text/tokenizer.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const { text: folder } = parseArgs({ options: { text: { type: 'string' } } }).values;
if (folder === undefined)
  throw new Error('--text is missing: the folder that text.tar.xz was unpacked into.');
const read = (...where: string[]): string => readFileSync(path.join(...where), 'utf8');

const tokens = createTokenizer(
  JSON.parse(read(root, 'models/weights/text-emotion/tokenizer.json')) as object,
  { maxTokens: 128, maxWindows: 32, contextTokens: 0 },
);
interface Sample {
  text: string;
  words: string[];
  continuations: number;
}
function sample(raw: string): Sample {
  const text = normaliseText(raw);
  return { text, words: wordsOf(text), continuations: tokens(text, []).continuations };
}
const isForeign = ({ words, continuations }: Sample): boolean => looksForeign(words, continuations);
const heard = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}'’\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function row(what: string, samples: readonly Sample[]): void {
  const flagged = samples.filter(isForeign).length;
  console.log(`| ${what} | ${samples.length} | ${((100 * flagged) / samples.length).toFixed(2)} % |`);
}

const sentences = Object.values(
  JSON.parse(read(root, 'tests/models/fixtures/foreign-sentences.json')) as Record<string, string>,
).flatMap((texts) => texts.split('|').map(sample));
const unmarked = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

console.log('| texts | n | called foreign |\n| --- | --- | --- |');
for (const count of [1, 2, 3, 4, 5])
  row(
    `foreign, ${count}${count === 5 ? ' or more' : ''} words`,
    sentences.filter(({ words }) => Math.min(5, words.length) === count),
  );
row('foreign, all', sentences);
row(
  'foreign, all, lower case without marks or punctuation',
  sentences.map(({ text }) => sample(unmarked(heard(text)))),
);

/** The second column of MELD's table; its quoted cells hold no line ends. */
const utterances = (file: string): string[] =>
  [...read(folder, file).matchAll(/^\d+,(?:"((?:[^"]|"")*)"|([^,]*)),/gm)].map((m) =>
    (m[1] ?? m[2] ?? '').replaceAll('""', '"'),
  );
const comments = (file: string): string[] =>
  read(folder, file)
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0]!);
const english: (readonly [string, string[]])[] = [
  ['MELD, dev', utterances('meld/dev_sent_emo.csv')],
  ['MELD, train', utterances('meld/train_sent_emo.csv')],
  ['GoEmotions, dev', comments('goemotions/dev.tsv')],
];
for (const [what, texts] of english) {
  row(what, texts.map(sample));
  row(`${what}, as heard`, texts.map(heard).filter(Boolean).map(sample));
  const short = texts.map(sample).filter(({ words }) => words.length > 0 && words.length <= 3);
  row(`${what}, one to three words`, short);
  if (what !== 'MELD, train')
    console.log(
      short
        .concat(texts.map(sample))
        .filter(isForeign)
        .map(({ text }) => text)
        .join(' ; ')
        .slice(0, 1500),
    );
}

const timed = english[0]![1].map(sample);
const began = performance.now();
for (let i = 0; i < 20; i++) timed.forEach(isForeign);
console.log(`${(((performance.now() - began) * 1000) / 20 / timed.length).toFixed(1)} µs a text of MELD`);
