/** What undo and redo would take, after any course of edits. */
import { expect, it } from 'vitest';
import { courseOf, type EditStep } from '#main/hosts/database/repositories/edit-course.ts';

/** "a": an edit of group a, "-": one without a group, "<" undo, ">" redo. */
const course = (text: string) =>
  courseOf(
    Array.from(text, (c, i): EditStep => ({
      revision: i + 1,
      action: c === '<' ? 'undo' : c === '>' ? 'redo' : 'edit',
      group: /[a-z]/.test(c) ? c : null,
    })),
  );
const group = (first: number, last = first) => ({ first, last });

it.each([
  ['', null, null],
  ['-', group(1), null],
  ['aaa', group(1, 3), null],
  ['aab', group(3), null],
  ['--', group(2), null],
  ['aa<', null, group(1, 2)],
  ['aab<', group(1, 2), group(3)],
  ['aab<<', null, group(1, 2)],
  ['aab<<>', group(1, 2), group(3)],
  ['aab<<>>', group(3), null],
  ['aa<b', group(4), null],
  // Typing on in the same group after an undo is another burst.
  ['aa<a', group(4), null],
  ['a<>a', group(4), null],
])('%s', (text, undo, redo) => {
  expect(course(text)).toEqual({ undo, redo });
});
