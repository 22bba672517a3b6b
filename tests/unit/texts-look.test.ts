/** What is told about columns before a person confirms it, and what becomes of the rows. */
import { expect, test } from 'vitest';
import type { ColumnChoice } from '#contract/texts/choice.ts';
import { MAX_TEXT_CHARACTERS } from '#contract/texts/preview.ts';
import { parseTime } from '#models/texts/look/dates.ts';
import { survey } from '#models/texts/look/survey.ts';
import type { TextTable } from '#models/texts/table.ts';
import { textsOf } from '#models/texts/texts-of.ts';

const table = (columns: string[], cells: string[][], chat = false): TextTable => ({
  ...{ format: 'table', encoding: 'utf-8', broken: 0, sheets: [], sheet: null, heading: true, unit: null },
  ...{ columns, chat },
  // eslint-disable-next-line @typescript-eslint/require-await -- as a file's rows come
  async *rows() {
    for (const [i, row] of cells.entries()) yield { cells: row, row: i + 2 };
  },
});
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

test.each([
  ['2025-04-03', '2025-04-03T00:00:00.000Z'],
  ['2025-04-03T10:15:30.250', '2025-04-03T10:15:30.000Z'],
  ['2025-04-03 10:15+02:00', '2025-04-03T08:15:00.000Z'],
  ['2025-04-03T23:30:00-0530', '2025-04-04T05:00:00.000Z'],
  ['2025/4/3 9:05', '2025-04-03T09:05:00.000Z'],
  ['2025年4月3日 10:15', '2025-04-03T10:15:00.000Z'],
  ['03/04/2025, 10:15', '2025-04-03T10:15:00.000Z'],
  ['3.4.25 22:15:01', '2025-04-03T22:15:01.000Z'],
  ['3/4/25, 10:15\u202FPM', '2025-04-03T22:15:00.000Z'],
  ['03/04/2025 12:05 a.m.', '2025-04-03T00:05:00.000Z'],
  ['3 April 2025', '2025-04-03T00:00:00.000Z'],
  ['Apr 3, 2025 8:00', '2025-04-03T08:00:00.000Z'],
  ['Thu Apr 03 10:15:00 +0000 2025', '2025-04-03T10:15:00.000Z'],
  ['2025-04-03 14:05:07+02', '2025-04-03T12:05:07.000Z'],
  ['April 3, 2025 at 2:05 PM', '2025-04-03T14:05:00.000Z'],
  ['Thursday, April 3, 2025 at 2:05:07 PM GMT+2', '2025-04-03T12:05:07.000Z'],
  ['20250403', '2025-04-03T00:00:00.000Z'],
  ['20250403T101500Z', '2025-04-03T10:15:00.000Z'],
  ['3. März 2025', '2025-03-03T00:00:00.000Z'],
  ['4. Mai 2025', '2025-05-04T00:00:00.000Z'],
  ['Do., 5. Okt. 2025 um 9:30', '2025-10-05T09:30:00.000Z'],
  ['5 Dezember 2025', '2025-12-05T00:00:00.000Z'],
  ['jeudi 1er août 2025', '2025-08-01T00:00:00.000Z'],
  ['12 févr. 2025', '2025-02-12T00:00:00.000Z'],
  ['3 de abril de 2025', '2025-04-03T00:00:00.000Z'],
  ['2024/3/12 上午10:15', '2024-03-12T10:15:00.000Z'],
  ['2024年3月12日下午1:16', '2024-03-12T13:16:00.000Z'],
  ['2024년 3월 12일 오후 3:05', '2024-03-12T15:05:00.000Z'],
  ['2024. 3. 12. 오전 12:05', '2024-03-12T00:05:00.000Z'],
  ['12/03/2024 à 10:15', '2024-03-12T10:15:00.000Z'],
  ['12.3.2024 klo 10.15', '2024-03-12T10:15:00.000Z'],
  ['١٢\u200F/٣\u200F/٢٠٢٤، ١٠:١٥ م', '2024-03-12T22:15:00.000Z'],
  ['१२/०३/२०२४ १०:१५', '2024-03-12T10:15:00.000Z'],
  ['1743675300', '2025-04-03T10:15:00.000Z'],
  ['1743675300000', '2025-04-03T10:15:00.000Z'],
  ['1743675300.000200', '2025-04-03T10:15:00.000Z'],
])('a time written as %s', (written, expected) => {
  expect(iso(parseTime(written, 'day-first'))).toBe(expected);
});

test.each([
  ...[
    '31/02/2025',
    '00/04/2025',
    '2025-13-01',
    '2025-04-03 25:00',
    '03/04/2025 13:00 PM',
    '12345',
    'yesterday',
  ],
  ...[
    '10:15',
    '3 Foo 2025',
    '3 jui 2025',
    '20251303',
    '1234567',
    '1850-01-01',
    '2500-01-01',
    '',
    '03-04/2025',
  ],
])('%s is no time', (written) => {
  expect(parseTime(written, 'day-first')).toBeNull();
});

test('03/04/2025 follows what the person says', () => {
  expect(iso(parseTime('03/04/2025', 'month-first'))).toBe('2025-03-04T00:00:00.000Z');
  expect(parseTime('13/04/2025', 'month-first')).toBeNull();
});

test.each<[string, string[], unknown]>([
  ['a day beyond twelve tells', ['03/04/2025', '13/04/2025'], { ambiguous: false, guess: 'day-first' }],
  ['so does a month beyond twelve', ['03/04/2025', '03/14/2025'], { ambiguous: false, guess: 'month-first' }],
  [
    'else the order in which rows rise does, and it is said',
    ['01/05/2025', '02/01/2025', '02/04/2025'],
    { ambiguous: true, guess: 'month-first' },
  ],
  ['without any hint it is said', ['03/04/2025', '03/04/2025'], { ambiguous: true, guess: 'day-first' }],
  ['years first are never in doubt', ['2025-03-04', '2025-04-03'], { ambiguous: false, guess: 'day-first' }],
])('%s', async (_, dates, expected) => {
  const { columns } = await survey(
    table(
      ['date'],
      dates.map((date) => [date]),
    ),
  );
  expect(columns[0]!.dates).toMatchObject(expected as object);
});

test('columns are found by their names, and where none says so by what is in them', async () => {
  const named = await survey(
    table(
      ['ID', 'createdAt', 'user_name', 'Subject', 'Comment Text', 'Answer'],
      [
        ['1', '2025-01-01', 'ann', 'shop', 'no', 'a much longer text than the comment is'],
        ['2', '2025-01-02', 'ben', 'app', 'yes', ''],
      ],
    ),
  );
  expect(named.guess.columns).toEqual({ text: 4, time: 1, author: 2, topic: 3 });
  const unnamed = await survey(
    table(
      ['Column 1', 'Column 2', 'Column 3'],
      [
        ['2025-01-01 10:00', 'x7', 'It took a while to arrive.'],
        ['2025-01-02 10:00', 'x8', 'Fine.'],
      ],
    ),
  );
  expect(unnamed.guess.columns).toEqual({ text: 2, time: 0, author: null, topic: null });
});

test.each([
  ['review_id', ['1712345678', '1012345678'], null],
  ['order', ['20250403', '20250404'], null],
  ['timestamp_ms', ['1712345678000', '1712345679000'], 0],
  ['Erstellt Datum', ['20250403', '20250404'], 0],
])('numbers in the column "%s" are times only where its name says so', async (name, cells, time) => {
  const { guess } = await survey(
    table(
      [name, 'comment'],
      cells.map((cell) => [cell, 'I love this one, really']),
    ),
  );
  expect(guess.columns).toEqual({ text: 1, time, author: null, topic: null });
});

test('a topic that is the same in every row tells nothing', async () => {
  const { guess } = await survey(
    table(
      ['topic', 'text'],
      [
        ['shop', 'well done'],
        ['shop', 'badly done'],
      ],
    ),
  );
  expect(guess.columns.topic).toBeNull();
});

test('rows become texts: empty and endless ones are left out and counted, wrong times are no times', async () => {
  const columns: ColumnChoice = { text: 1, time: 0, author: 2, topic: null };
  const rows = [
    ['2025-01-01', ' fine ', 'Ann  B.'],
    ['2025-01-01', '   ', 'Ann'],
    ['31/02/2025', 'later', ''],
    ['', 'x'.repeat(MAX_TEXT_CHARACTERS + 1), 'Ann'],
    ['2025-01-02'],
    ['', 'untimed', 'Ben'],
  ];
  const { texts, leftOut } = textsOf(table(['when', 'what', 'who'], rows), {
    columns,
    dateOrder: 'day-first',
  });
  const found = [];
  for await (const text of texts) found.push(text);
  expect(found).toEqual([
    { fileRow: 2, timeMs: Date.UTC(2025, 0, 1), author: 'Ann B.', topic: null, text: 'fine' },
    { fileRow: 4, timeMs: null, author: null, topic: null, text: 'later' },
    { fileRow: 7, timeMs: null, author: 'Ben', topic: null, text: 'untimed' },
  ]);
  expect(leftOut).toEqual({ empty: 2, tooLong: 1, timesUnreadable: 1 });
});
