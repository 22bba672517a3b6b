/** Which words a text is cut into, what is asked about them, and effects against models whose effects are known. */
import { describe, expect, it } from 'vitest';
import { explainText, type AskText } from '#models/explanation/text/explain.ts';
import { textWithout, unitsOf } from '#models/explanation/text/words.ts';

const written = (text: string, language: string | null = null): string[] =>
  unitsOf(text, language).map(({ start, end }) => text.slice(start, end));

describe('units of a text', () => {
  it('are words with the marks that touch them', () => {
    expect(written('I don’t know, (really) "what" to say!!')).toEqual([
      'I',
      'don’t',
      'know,',
      '(really)',
      '"what"',
      'to',
      'say!!',
    ]);
  });

  it('are words in Chinese too, and emoji', () => {
    expect(written('我今天真的很高兴，谢谢你！', 'zh')).toEqual([
      '我',
      '今天',
      '真的',
      '很',
      '高兴，',
      '谢谢',
      '你！',
    ]);
    expect(written('great 😂😂')).toEqual(['great', '😂', '😂']);
  });

  it('are none in a text without words, whatever the language is called', () => {
    expect(written('', 'not a language')).toEqual([]);
    expect(written(' ?! ')).toEqual([]);
  });

  it('hold every sign that is no space', () => {
    const text = '… well — “no”, no: 3.5 % (or so)…';
    const units = unitsOf(text, null);
    expect(textWithout(text, units, new Set(units.keys())).trim()).toBe('');
  });
});

/** Anger against the rest by a sum of the words' weights, in nats of log-odds: then a word's effect is its weight. */
const WEIGHTS: Record<string, number> = { hate: 2, awful: 1, love: -1.5 };
const additive: AskText = (texts) =>
  Promise.resolve(
    texts.map((text) => {
      const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
      const anger = 1 / (1 + Math.exp(1 - words.reduce((sum, word) => sum + (WEIGHTS[word] ?? 0), 0)));
      return [1 - anger, 0, 0, anger, 0, 0, 0];
    }),
  );
const ANGER = 3;

describe('effects of words', () => {
  it('are the weights of a model that adds weights, with their signs', async () => {
    const text = 'I hate this awful thing, love.';
    const { parts, phrases } = await explainText(text, 'en', additive);
    const byWord = parts.map(({ start, end, effect }) => [text.slice(start, end), effect[ANGER]!.toFixed(3)]);
    expect(byWord).toEqual([
      ['I', '0.000'],
      ['hate', '2.000'],
      ['this', '0.000'],
      ['awful', '1.000'],
      ['thing,', '0.000'],
      ['love.', '-1.500'],
    ]);
    expect(phrases).toEqual([]);
  });

  it('name two words that only do something together', async () => {
    const together: AskText = (texts) =>
      Promise.resolve(
        texts.map((text) =>
          text.includes('not bad') ? [0.1, 0.9, 0, 0, 0, 0, 0] : [0.6, 0.4, 0, 0, 0, 0, 0],
        ),
      );
    const text = 'that is not bad at all';
    const { phrases } = await explainText(text, 'en', together);
    expect(phrases.map(({ start, end }) => text.slice(start, end))).toContain('not bad');
  });

  it('of a long text cost a bounded number of runs, and still find the word', async () => {
    const words = Array.from({ length: 300 }, (_, i) => (i === 217 ? 'hate' : 'word'));
    const text = words.join(' ');
    let runs = 0;
    const counted: AskText = (texts) => {
      runs += texts.length;
      return additive(texts);
    };
    const { parts } = await explainText(text, 'en', counted);
    expect(runs).toBeLessThan(100);
    const strongest = [...parts].sort((a, b) => b.effect[ANGER]! - a.effect[ANGER]!)[0]!;
    expect(text.slice(strongest.start, strongest.end)).toContain('hate');
    expect(parts.map(({ start }) => start)).toEqual(parts.map(({ start }) => start).sort((a, b) => a - b));
    expect(parts.at(-1)!.end).toBe(text.length);
  });
});
