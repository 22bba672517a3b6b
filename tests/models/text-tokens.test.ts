/** Normalising and tokenising, row by row, as the recipe's Python side did it. */
import { describe, expect, test } from 'vitest';
import { gramBuckets } from '#models/text/grams.ts';
import { normaliseText } from '#models/text/normalise.ts';
import { parseTextSettings } from '#models/text/settings.ts';
import { createTokenizer } from '#models/text/tokenizer.ts';
import { shippedText } from './text-golden.ts';

describe.each(['text-emotion', 'text-emotion-zh'])('%s', async (id) => {
  const { manifest, tokenizerData, golden } = await shippedText(id);
  const settings = parseTextSettings(manifest.settings);
  const tokenize = createTokenizer(tokenizerData, { ...settings, maxWindows: 1 });

  test.each(golden)('$text', (row) => {
    const plain = (text: string) => normaliseText(text, settings.emojiWords);
    expect(plain(row.text)).toBe(row.normalised);
    expect(tokenize(row.normalised, row.context.map(plain)).rows).toEqual([
      { ids: row.ids, target: row.target },
    ]);
    const hears = settings.inputs.grams !== undefined;
    expect(hears ? gramBuckets(row.normalised).slice(0, 40) : undefined).toEqual(row.grams);
  });
});
