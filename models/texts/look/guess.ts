/** Which column is what: by its name, and where no name says so, by what stands in it. A person confirms it before anything is read. */
import type { ColumnChoice, ColumnRole, DateOrder } from '#contract/texts/choice.ts';
import { AUTHOR_ID, NAMES, plainName, SAYS_TIME } from './column-names.ts';
import type { ColumnSurvey } from './column-survey.ts';

const LEAST_LETTERS = 0.5;

export function guessColumns(columns: readonly ColumnSurvey[]): ColumnChoice & { dateOrder: DateOrder } {
  const taken = new Set<number>();
  const take = (index: number): number | null => {
    if (index < 0) return null;
    taken.add(index);
    return index;
  };
  const find = (fits: (column: ColumnSurvey, index: number) => boolean): number =>
    columns.findIndex((column, index) => !taken.has(index) && column.filledCells > 0 && fits(column, index));
  const named = (role: ColumnRole) => (column: ColumnSurvey) => NAMES[role].test(plainName(column.name));

  const text = take(
    find((column) => named('text')(column) && column.letterShare >= LEAST_LETTERS && column.dates() === null),
  );
  const time =
    take(find((column) => named('time')(column) && column.dates() !== null)) ??
    take(find((column) => column.dates() !== null && SAYS_TIME.test(plainName(column.name)))) ??
    // Numbers of nine digits or more are ids as often as times.
    take(find((column) => column.dates() !== null && column.meanCharacters >= 8 && !column.isNumbers));
  const author =
    take(find(named('author'))) ?? take(find((column) => AUTHOR_ID.test(plainName(column.name))));
  const topic = take(find((column) => named('topic')(column) && column.differentValues > 1));
  return {
    text: text ?? take(wordiest(columns, taken)) ?? 0,
    ...{ time, author, topic },
    dateOrder: columns[time ?? -1]?.dates()?.guess ?? 'day-first',
  };
}

/** Where the most is written in words. */
function wordiest(columns: readonly ColumnSurvey[], taken: ReadonlySet<number>): number {
  let best = -1;
  columns.forEach((column, index) => {
    if (taken.has(index) || column.letterShare < LEAST_LETTERS || column.dates() !== null) return;
    if (best < 0 || column.meanCharacters > columns[best]!.meanCharacters) best = index;
  });
  return best;
}
