/** Edits of single utterances: words, boundaries, splitting and joining. Each gives the utterances that stand afterwards. */
import { AttuneError } from '../../errors.ts';
import type { Milliseconds, Span } from '../../units.ts';
import type { Utterance, Word } from '../utterance.ts';
import { aligned } from './align.ts';
import { inside } from './document.ts';
import { betweenWords, joinText, shared, tokens } from './words.ts';

export const notPossible = (why: string): AttuneError =>
  new AttuneError('edit-not-possible', why, { kept: 'The transcript is as it was.' });

/** Words are timed as long as they were before, or when these are the first. */
const hasTimes = ({ words, text }: Utterance): boolean => words.length > 0 || text.trim() === '';

export function withText(u: Utterance, text: string): Utterance {
  if (text === u.text) return u;
  const words = hasTimes(u) ? aligned(u.words, tokens(text), u) : [];
  return { ...u, text, words, confidence: confidenceOf(words) };
}

/** A recogniser's doubt ends where a person has typed; null: all of it is the person's own. */
function confidenceOf(words: readonly Word[]): number | null {
  if (words.every(({ confidence }) => confidence === null)) return null;
  return words.reduce((sum, { confidence }) => sum + (confidence ?? 1), 0) / words.length;
}

export function split(
  u: Utterance,
  offset: number,
  newId: string,
  atMs?: Milliseconds,
): [Utterance, Utterance] {
  const at = betweenWords(u.text, offset);
  const texts = [u.text.slice(0, at).trimEnd(), u.text.slice(at).trimStart()] as const;
  if (texts[0] === '' || texts[1] === '')
    throw notPossible('An utterance is split between two of its words, not at its start or end.');
  if (u.endMs - u.startMs < 2) throw notPossible('This utterance is too short to be split.');
  const left = tokens(texts[0]);
  const words = u.words.length > 0 ? aligned(u.words, [...left, ...tokens(texts[1])], u) : [];
  const parts = [words.slice(0, left.length), words.slice(left.length)] as const;
  const [endMs, startMs] = border(u, parts, texts[0].length / u.text.length, atMs);
  return [
    { ...u, endMs, text: texts[0], words: inside(parts[0], { startMs: u.startMs, endMs }) },
    { ...u, id: newId, startMs, text: texts[1], words: inside(parts[1], { startMs, endMs: u.endMs }) },
  ];
}

/** Where the left part ends and the right one begins: at the words' own times where there are some, so that a pause belongs to neither. */
function border(
  u: Utterance,
  [left, right]: readonly [readonly Word[], readonly Word[]],
  share: number,
  atMs: Milliseconds | undefined,
): [Milliseconds, Milliseconds] {
  const within = (ms: Milliseconds): Milliseconds => Math.min(u.endMs - 1, Math.max(u.startMs + 1, ms));
  if (atMs !== undefined) return [within(atMs), within(atMs)];
  const last = left.at(-1);
  const first = right[0];
  if (!last || !first) {
    const cut = within(u.startMs + Math.round((u.endMs - u.startMs) * share));
    return [cut, cut];
  }
  const startMs = within(first.startMs);
  return [Math.min(startMs, within(last.endMs)), startMs];
}

export function join(a: Utterance, b: Utterance): Utterance {
  const span = { startMs: Math.min(a.startMs, b.startMs), endMs: Math.max(a.endMs, b.endMs) };
  const timed = a.words.length + b.words.length > 0;
  const wordsOf = (u: Utterance): Word[] =>
    u.words.length > 0 ? u.words : shared(tokens(u.text), u.startMs, u.endMs);
  const lengths = [a, b].map(({ startMs, endMs }) => endMs - startMs) as [number, number];
  return {
    ...a,
    ...span,
    text: joinText(a.text, b.text),
    words: timed ? inside([...wordsOf(a), ...wordsOf(b)], span) : [],
    confidence: meanConfidence(a.confidence, b.confidence, lengths),
  };
}

function meanConfidence(a: number | null, b: number | null, [left, right]: [number, number]): number | null {
  if (a === null || b === null) return a ?? b;
  return left + right === 0 ? a : (a * left + b * right) / (left + right);
}

export function withBounds(u: Utterance, span: Span): Utterance {
  return { ...u, ...span, words: refitted(u.words, span) };
}

/** Words whose sound is mostly outside the new boundary are spread over what is left on that side. */
function refitted(words: readonly Word[], span: Span): Word[] {
  const clipped = inside(words, span);
  const stays = (i: number): boolean => {
    const [before, now] = [words[i]!, clipped[i]!];
    return 2 * (now.endMs - now.startMs) >= before.endMs - before.startMs && before.startMs < span.endMs;
  };
  let first = 0;
  while (first < words.length && !stays(first)) first++;
  let end = words.length;
  while (end > first && !stays(end - 1)) end--;
  const kept = clipped.slice(first, end);
  const spread = (lost: readonly Word[], from: Milliseconds, to: Milliseconds): Word[] =>
    shared(
      lost.map(({ text }) => text),
      from,
      to,
    ).map((word, i) => ({ ...word, confidence: lost[i]!.confidence }));
  return [
    ...spread(words.slice(0, first), span.startMs, kept[0]?.startMs ?? span.endMs),
    ...kept,
    ...spread(words.slice(end), kept.at(-1)?.endMs ?? span.startMs, span.endMs),
  ];
}
