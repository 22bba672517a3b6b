/** How a written dialogue is laid out, judged over all of its lines: one line alone may look like anything. */
import { eventOf } from '../../events.ts';
import type { DialogueLine } from './line.ts';

/**
 * `stamped`: time and words on one line. `headers`: name and time on a line of their own, words under it. `named`: "Anna: words", times seldom or
 * never. `times`: a time on a line of its own, words under it.
 */
export type DialogueLayout = 'stamped' | 'headers' | 'named' | 'times';

const MAX_NAME_LENGTH = 40;

/** Null for what is no dialogue. */
export function layoutOf(lines: readonly DialogueLine[]): DialogueLayout | null {
  const count = (kind: DialogueLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  const all = lines.length - count('blank');
  const [stamped, headers, named, times] = [count('stamped'), count('header'), count('named'), count('time')];
  if (stamped > 0 && stamped >= 0.3 * all) return 'stamped';
  if (headers > 0 && headers >= 0.1 * all) return 'headers';
  const firstNamed = lines.findIndex(({ kind }) => kind === 'named');
  const saysMore = (line: DialogueLine): boolean =>
    line.kind === 'text' ? eventOf(line.text) === null : line.kind !== 'blank' && line.kind !== 'time';
  const after = lines.slice(firstNamed).filter(saysMore).length;
  if (named >= (times > 0 ? 1 : 2) && named >= 0.5 * after) return 'named';
  if (times > 0 && times >= 0.25 * all && all > times) return 'times';
  return null;
}

/** Settles what a line could not tell by itself: "We meet at 10:30" is no header, and "00:05 Anna" above the words is one. */
export function settle(lines: readonly DialogueLine[]): DialogueLine[] {
  const beside = (from: number, step: 1 | -1): DialogueLine['kind'] => lines[from + step]?.kind ?? 'blank';
  const settled = lines.map((line, i): DialogueLine => {
    if (line.kind !== 'header' || line.sure) return line;
    const stands = beside(i, -1) === 'blank' && ['text', 'named'].includes(beside(i, 1));
    return stands ? line : { kind: 'text', text: '' };
  });
  const stamped = settled.flatMap((line, i) => (line.kind === 'stamped' ? [{ line, i }] : []));
  const names = new Set(stamped.map(({ line }) => line.text));
  const aboveWords = stamped.filter(
    ({ line, i }) =>
      line.speaker === null &&
      line.text.length <= MAX_NAME_LENGTH &&
      !/[.?!…。？！,，]$/.test(line.text) &&
      beside(i, 1) === 'text',
  );
  const areNames =
    stamped.length > 1 && aboveWords.length === stamped.length && names.size <= stamped.length / 2;
  if (!areNames) return settled;
  return settled.map((line) =>
    line.kind === 'stamped'
      ? { kind: 'header', speaker: line.text, startMs: line.startMs, sure: true, bracketed: false }
      : line,
  );
}
