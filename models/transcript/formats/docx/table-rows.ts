/** Tables of a document: a row an utterance, with the time, the speaker and the words each in a cell. */
import { squash } from '../../raw.ts';
import { formatClock } from '../cues/cue-time.ts';
import { columnsOf } from '../csv/columns.ts';
import { readDialogueLine } from '../dialogue/line.ts';
import { withPrefix } from '../dialogue/speaker-prefix.ts';

type Times = { startMs: number; endMs: number | null };

/** More is no transcript. */
const MOST_COLUMNS = 32;

/** As lines of a dialogue; a table without a column of times as it stands, a line a cell. */
export function linesOfTable(rows: readonly (readonly string[])[]): string[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width > MOST_COLUMNS) return rows.flat();
  const columns = Array.from({ length: width }, (_, i) => i);
  const cell = (row: readonly string[], column: number | undefined): string =>
    column === undefined ? '' : squash(row[column] ?? '');
  const mostly = (column: number, is: (text: string) => boolean): boolean =>
    2 * rows.filter((row) => is(cell(row, column))).length > rows.length;
  const timed = columns.filter((column) => mostly(column, (text) => timesIn(text) !== null));
  const written = columns.filter((column) => mostly(column, (text) => /\p{L}/u.test(text)));
  const headed = columnsOf(rows[0] ?? []);
  // Without a heading that tells, the words come last.
  const words = headed.text?.index ?? written.at(-1);
  const name = headed.speaker?.index ?? written.find((column) => column !== words);
  if (timed.length === 0 || words === undefined) return rows.flat();
  return rows.map((row) => {
    const [from, to] = timed.map((column) => timesIn(cell(row, column)));
    const said = withPrefix(cell(row, name) || null, cell(row, words));
    if (!from) return said;
    const endMs = from.endMs ?? to?.startMs ?? null;
    return `[${formatClock(from.startMs)}${endMs === null ? '' : ` - ${formatClock(endMs)}`}] ${said}`;
  });
}

function timesIn(cell: string): Times | null {
  const line = readDialogueLine(cell);
  return line.kind === 'time' ? line : null;
}
