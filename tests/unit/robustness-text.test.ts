/** What the robustness bench does to texts. */
import { expect, it } from 'vitest';
import { alignWords, editDistance } from '../../bench/robustness/text/align.ts';
import { withWords } from '../../bench/robustness/text/attack.ts';
import { asSpoken, TEXT_CONDITIONS } from '../../bench/robustness/text/conditions.ts';
import { counted, misheard, wordErrorRate } from '../../bench/robustness/text/recogniser-errors.ts';
import { synonymsOf } from '../../bench/robustness/text/synonyms.ts';
import { typos } from '../../bench/robustness/text/typos.ts';
import { Vocabulary } from '../../bench/robustness/text/vocabulary.ts';
import { seededRandom } from '#models/metrics/random.ts';

const TEXT = 'I really thought that you would come back, and now I am just sitting here waiting for a call!';

it('changes about as many letters as it says, and the same ones on every run', () => {
  const long = TEXT.repeat(40);
  const worse = typos(long, 0.1, seededRandom(1));
  const share = editDistance(long.slice(0, 1500), worse.slice(0, 1500)) / 1500;
  expect(share).toBeGreaterThan(0.06);
  expect(share).toBeLessThan(0.14);
  expect(typos(long, 0.1, seededRandom(1))).toBe(worse);
  expect(typos(TEXT, 0, seededRandom(1))).toBe(TEXT);
});

it('leaves spaces, signs and other scripts alone', () => {
  expect(typos('你好, 12 — 😀 !', 1, seededRandom(1))).toBe('你好, 12 — 😀 !');
});

it('writes as a recogniser does', () => {
  expect(asSpoken('Oh, NO 😱! It’s "over"...')).toBe("oh no it's over");
  expect(asSpoken('😱!!')).toBe('😱!!');
});

it('has a condition of each name once, and the first changes nothing', async () => {
  expect(new Set(TEXT_CONDITIONS.map((c) => c.id)).size).toBe(TEXT_CONDITIONS.length);
  expect(await TEXT_CONDITIONS[0]!.change(TEXT, seededRandom(1))).toBe(TEXT);
});

it('aligns words by the fewest edits', () => {
  expect(alignWords('we saw you go home now'.split(' '), 'we was you home now then'.split(' '))).toEqual([
    { from: 'we', to: 'we' },
    { from: 'saw', to: 'was' },
    { from: 'you', to: 'you' },
    { from: 'go', to: null },
    { from: 'home', to: 'home' },
    { from: 'now', to: 'now' },
    { from: null, to: 'then' },
  ]);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

it('counts what a recogniser did, and makes as many errors again', () => {
  const said = 'we went to the sea and saw a ship go by'.split(' ');
  const heard = 'we want to sea and and saw a sheep go by'.split(' ');
  const errors = counted(alignWords(said, heard), 1);
  expect(errors.words).toBe(11);
  expect(errors.replacedBy.get('ship')).toEqual(['sheep']);
  expect(wordErrorRate(errors)).toBeCloseTo(4 / 11, 12);
  const vocabulary = new Vocabulary(Array<string>(3).fill(said.join(' ')));
  const many = Array<string>(200).fill(said.join(' ')).join(' ');
  const worse = misheard(many, errors, 1, vocabulary, seededRandom(3));
  const made = alignWords(many.split(' ').slice(0, 300), worse.split(' ').slice(0, 300));
  const share = made.filter((e) => e.from !== e.to).length / 300;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.5);
  expect(misheard(many, errors, 1, vocabulary, seededRandom(3))).toBe(worse);
  expect(misheard('Just this.', errors, 0, vocabulary, seededRandom(3))).toBe('just this');
});

it('finds words that are spelt alike, the nearest first', () => {
  const vocabulary = new Vocabulary(Array<string>(3).fill('sad said sand band house'));
  expect(vocabulary.near('sad', 1)).toEqual(['said', 'sand']);
  expect(vocabulary.near('xyzzy', 1)).toEqual([]);
});

it('offers no word as its own synonym', () => {
  expect(synonymsOf('People')).toContain('folks');
  expect(synonymsOf('people')).not.toContain('people');
  expect(synonymsOf('sorrow')).toEqual([]);
});

it('replaces words where they were, however short what replaced those before them', () => {
  const changes = [
    { from: 9, word: 'them', other: 'they' },
    { from: 0, word: 'because', other: 'as' },
  ];
  expect(withWords('because, them', changes)).toBe('as, they');
});
