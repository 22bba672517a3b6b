/** A person's filter as SQL over `text_rows AS r` (and `text_bodies AS b` where words are looked for). */
import { READS_AS } from '#contract/texts/collection.ts';
import type { TextFilter } from '#contract/texts/query.ts';
import type { Connection } from '../connection.ts';

export interface Condition {
  /** FROM … WHERE …, with named parameters' values in order. */
  sql: string;
  values: (string | number)[];
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** SQLite itself knows no case beyond ASCII: this is slower, and only asked where a letter beyond it has one. */
export function addTextSearch(db: Connection): void {
  db.function('contains_folded', { deterministic: true }, (text: unknown, wanted: unknown) =>
    folded(String(text)).includes(String(wanted)) ? 1 : 0,
  );
}

/** "é" has a case, "e" has one that SQLite knows, "退" has none. */
function hasCase(text: string): boolean {
  const beyond = text.replaceAll(/[ -~]/g, '');
  return beyond.toLowerCase() !== beyond.toUpperCase();
}

export function fromWhere(collectionId: number, filter: TextFilter, more: readonly string[] = []): Condition {
  const conditions = ['r.collection_id = ?', ...more];
  const values: (string | number)[] = [collectionId];
  const add = (condition: string, ...bound: (string | number)[]): void => {
    conditions.push(condition);
    values.push(...bound);
  };
  const query = folded(filter.query.trim());
  const { stretch } = filter;
  if (filter.readsAs !== null) add('r.reads_as = ?', READS_AS.indexOf(filter.readsAs));
  if (filter.authorId !== null) add('r.author_id = ?', filter.authorId);
  if (filter.topicId !== null) add('r.topic_id = ?', filter.topicId);
  if (stretch !== null) {
    const column = stretch.by === 'time' ? 'r.time_ms' : 'r.seq';
    add(`${column} >= ? AND ${column} < ?`, stretch.from, stretch.to);
  }
  if (query !== '') add(hasCase(query) ? 'contains_folded(b.body, ?)' : 'instr(lower(b.body), ?) > 0', query);
  const bodies =
    query === '' ? '' : ' JOIN text_bodies AS b ON b.collection_id = r.collection_id AND b.seq = r.seq';
  return { sql: `FROM text_rows AS r${bodies} WHERE ${conditions.join(' AND ')}`, values };
}

export const isEveryText = ({ query, readsAs, authorId, topicId, stretch }: TextFilter): boolean =>
  query.trim() === '' && [readsAs, authorId, topicId, stretch].every((part) => part === null);
