/** Counting texts where they lie: over all that a filter leaves, over time, and by author or topic. */
import { READS_AS } from '#contract/texts/collection.ts';
import type { GroupKind, GroupOrder, TextFilter, TrendStep } from '#contract/texts/query.ts';
import { originOf, WIDTH_MS } from '#models/texts/calendar.ts';
import type { Connection } from '../connection.ts';
import type { TextSums } from '../text-tasks.ts';
import { fromWhere } from './text-filter.ts';
import type { Ribbon } from './sessions.ts';

type Sums = Record<`c${number}`, number> & {
  n: number;
  valence_n: number;
  valence_sum: number | null;
  valence_squares: number | null;
  arousal_n: number;
  arousal_sum: number | null;
  arousal_squares: number | null;
};
type Bound = (string | number)[];

const READ = 'r.reads_as IS NOT NULL';
const moments = (name: 'valence' | 'arousal'): string =>
  `count(r.${name}) AS ${name}_n, sum(r.${name}) AS ${name}_sum, sum(r.${name} * r.${name}) AS ${name}_squares`;
const SUMS = [
  'count(*) AS n',
  ...READS_AS.map((_, i) => `sum(r.reads_as = ${i}) AS c${i}`),
  moments('valence'),
  moments('arousal'),
].join(', ');

const RIBBON_SLICES = 60;

const dateAs = (format: string): string =>
  `CAST(strftime('${format}', r.time_ms / 1000, 'unixepoch') AS INTEGER)`;

/** Which bin a text is in: counted from 1970, months as 202504; or by place in the file. */
function binOf(step: TrendStep, from: number, to: number, bins: number): string {
  if (step === 'texts') return `(r.seq - ${from}) * ${bins} / ${Math.max(1, to - from)}`;
  if (step === 'year') return `${dateAs('%Y')} - 1970`;
  if (step === 'month') return dateAs('%Y%m');
  return `(r.time_ms - ${originOf(step)}) / ${WIDTH_MS[step]}`;
}

/** Months counted from 1970, as the axis counts them. */
const numberOf = (bin: number, step: TrendStep): number =>
  step === 'month' ? (Math.floor(bin / 100) - 1970) * 12 + (bin % 100) - 1 : bin;

const ORDERS: Readonly<Record<Exclude<GroupOrder, (typeof READS_AS)[number]>, string>> = {
  count: 'count(*)',
  name: 'name COLLATE NOCASE',
  valence: 'avg(r.valence)',
  arousal: 'avg(r.arousal)',
};
const orderOf = (order: GroupOrder): string =>
  order in ORDERS
    ? ORDERS[order as keyof typeof ORDERS]
    : `avg(r.reads_as = ${READS_AS.indexOf(order as (typeof READS_AS)[number])})`;

export class TextFigures {
  private readonly db: Connection;

  constructor(db: Connection) {
    this.db = db;
  }

  sums(collectionId: number, filter: TextFilter): TextSums {
    const { sql, values } = fromWhere(collectionId, filter, [READ]);
    return fromRow(this.db.prepare<Bound, Sums>(`SELECT ${SUMS} ${sql}`).get(...values)!);
  }

  trend(
    collectionId: number,
    filter: TextFilter,
    { step, from, to, bins }: { step: TrendStep; from: number; to: number; bins: number },
  ): { bins: { bin: number; sums: TextSums }[]; untimed: number } {
    const { sql, values } = fromWhere(collectionId, filter, [READ]);
    const rows = this.db
      .prepare<Bound, Sums & { bin: number | null }>(
        `SELECT ${binOf(step, from, to, bins)} AS bin, ${SUMS} ${sql} GROUP BY bin ORDER BY bin`,
      )
      .all(...values);
    return {
      bins: rows.flatMap((row) =>
        row.bin === null ? [] : [{ bin: numberOf(row.bin, step), sums: fromRow(row) }],
      ),
      // A text without a time is in no bin.
      untimed: rows.find(({ bin }) => bin === null)?.n ?? 0,
    };
  }

  groups(
    collectionId: number,
    filter: TextFilter,
    { by, order, descending, limit, few }: GroupsAsked,
  ): { total: number; groups: { id: number; name: string | null; sums: TextSums }[] } {
    const column = by === 'author' ? 'r.author_id' : 'r.topic_id';
    const { sql, values } = fromWhere(collectionId, filter, [READ]);
    const fewLast = order === 'count' || order === 'name' ? '' : `count(*) >= ${few} DESC, `;
    const found = this.db.prepare<Bound, Sums & { id: number; name: string | null; total: number }>(
      `SELECT count(*) OVER () AS total, ${column} AS id, (SELECT name FROM text_names WHERE text_names.id = ${column}) AS name, ${SUMS}
       ${sql} GROUP BY ${column}
       ORDER BY ${fewLast}${orderOf(order)} ${descending ? 'DESC' : 'ASC'}, count(*) DESC, id LIMIT ${limit}`,
    );
    const rows = found.all(...values);
    const groups = rows.map((row) => ({ id: row.id, name: row.name, sums: fromRow(row) }));
    return { total: rows[0]?.total ?? 0, groups };
  }

  /** What most texts of each slice read as, in the order of the file. */
  ribbon(collectionId: number, texts: number): Ribbon {
    const slices = Math.min(RIBBON_SLICES, texts);
    // The driver binds every number as a real one; a slice is a whole one.
    const rows = this.db
      .prepare<Bound, { slice: number; reads_as: number; n: number }>(
        `SELECT CAST((r.seq - 1) * ? / ? AS INTEGER) AS slice, r.reads_as, count(*) AS n FROM text_rows AS r
         WHERE r.collection_id = ? AND ${READ} GROUP BY slice, r.reads_as ORDER BY n`,
      )
      .all(slices, Math.max(1, texts), collectionId);
    const ribbon: Ribbon = Array.from({ length: slices }, () => null);
    // The most frequent one comes last, and stays.
    for (const { slice, reads_as } of rows) ribbon[slice] = READS_AS[reads_as]!;
    return ribbon;
  }
}

export interface GroupsAsked {
  by: GroupKind;
  order: GroupOrder;
  descending: boolean;
  limit: number;
  few: number;
}

const fromRow = (row: Sums): TextSums => ({
  n: row.n,
  counts: READS_AS.map((_, i) => row[`c${i}`] ?? 0),
  valence: { n: row.valence_n, sum: row.valence_sum ?? 0, squares: row.valence_squares ?? 0 },
  arousal: { n: row.arousal_n, sum: row.arousal_sum ?? 0, squares: row.arousal_squares ?? 0 },
});
