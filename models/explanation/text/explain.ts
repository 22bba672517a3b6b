/** Which words mattered to a text's reading. */
import { argmax, type Distribution } from '#contract/emotion/categories.ts';
import type { Effect, ExplainedText } from '#contract/explanation/explanation.ts';
import { effectOf, weightedSum } from '../effect.ts';
import { strongestPhrases } from './phrases.ts';
import { firstParts, partsToRefine, type TextPart } from './plan.ts';
import { textWithout, unitsOf } from './words.ts';

/** Readings of texts, in order. */
export type AskText = (texts: string[]) => Promise<Distribution[]>;

export interface TextFindings {
  readonly probabilities: Distribution;
  readonly parts: ExplainedText[];
  readonly phrases: ExplainedText[];
}

interface Asked {
  readonly part: TextPart;
  /** Of leaving it out. */
  readonly leftOut: Effect;
  /** Mean of leaving it out of the whole and of having it alone instead of nothing. */
  readonly effect: Effect;
}

/**
 * A part's effect is a mean of two, the last and the first term of its Shapley value: leaving it out of the whole, and having it alone
 * instead of nothing. The one sees nothing of what is said twice, the other nothing of a word that turns another.
 */
export async function explainText(
  text: string,
  language: string | null,
  ask: AskText,
): Promise<TextFindings> {
  const units = unitsOf(text, language);
  const all = units.map((_, i) => i);
  const without = (part: TextPart): string => textWithout(text, units, new Set(part));
  const alone = (part: TextPart): string => without(all.filter((unit) => !part.includes(unit)));
  const [probabilities, nothing] = (await ask([text, without(all)])) as [Distribution, Distribution];

  const asked = async (parts: readonly TextPart[]): Promise<Asked[]> => {
    const answers = await ask([...parts.map(without), ...parts.map(alone)]);
    return parts.map((part, i) => {
      const leftOut = effectOf(probabilities, answers[i]!);
      const byItself = effectOf(answers[parts.length + i]!, nothing);
      return { part, leftOut, effect: weightedSum([leftOut, byItself], [0.5, 0.5]) };
    });
  };

  const top = argmax(probabilities);
  const first = await asked(firstParts(units.length));
  const refined = partsToRefine(
    first.map(({ part }) => part),
    first.map(({ effect }) => Math.abs(effect[top]!)),
  );
  const words = await asked(
    first.flatMap(({ part }, i) => (refined.has(i) ? part.map((unit) => [unit]) : [])),
  );
  const final = [...first.filter((_, i) => !refined.has(i)), ...words].sort(
    (a, b) => a.part[0]! - b.part[0]!,
  );

  const place = (part: TextPart): { start: number; end: number } => ({
    start: units[part[0]!]!.start,
    end: units[part.at(-1)!]!.end,
  });
  const singles = final.filter(({ part }) => part.length === 1);
  const phrases = await strongestPhrases(singles, top, async (parts) =>
    (await ask(parts.map(without))).map((answer) => effectOf(probabilities, answer)),
  );
  return {
    probabilities,
    parts: final.map(({ part, effect }) => ({ ...place(part), effect })),
    phrases: phrases.map(({ part, effect }) => ({ ...place(part), effect })),
  };
}
