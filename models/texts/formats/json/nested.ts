/** Texts that stand under another one: the comments of a post, the replies to a comment. */
import { fieldsOf } from './programs.ts';

const LISTS = ['messages', 'comments', 'reviews', 'posts', 'tweets', 'replies'];
const MAX_DEPTH = 20;

/** The record without such lists, then theirs, in the order of the file. */
export function* withNested(value: unknown, depth = 1): Generator {
  const record = fieldsOf(value);
  const lists = record === null ? [] : LISTS.filter((name) => isListOfTexts(record[name]));
  if (record === null || lists.length === 0 || depth > MAX_DEPTH) {
    yield value;
    return;
  }
  yield Object.fromEntries(Object.entries(record).filter(([name]) => !lists.includes(name)));
  for (const name of lists) for (const one of record[name] as unknown[]) yield* withNested(one, depth + 1);
}

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => fieldsOf(one) !== null || typeof one === 'string');
