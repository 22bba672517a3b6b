/** Which row of a table names its columns: what surveys, spreadsheets and exports write, and tables that have none. */
import { expect, test } from 'vitest';
import { survey } from '#models/texts/look/survey.ts';
import { cellsOf, opened } from '../fixtures/texts-table.ts';

test.each<[string, string, string[], number]>([
  [
    'a line break within quotation marks',
    '"What did you\nlike most?",Submitted,Score\n"Great, really",03/04/2025 14:05,5\n"Not ""good""\nat all",13/04/2025 09:00,1\n',
    ['What did you like most?', 'Submitted', 'Score'],
    2,
  ],
  [
    'a question',
    'Timestamp,What did you like most about our service?,Your name\n3/4/2025 14:05:01,Everything was great,Anna\n',
    ['Timestamp', 'What did you like most about our service?', 'Your name'],
    1,
  ],
  [
    'more than forty characters',
    'Zeitstempel;Was hat Ihnen an unserem Angebot am besten gefallen;Ort\n03.04.2025 14:05:01;Alles;Bonn\n',
    ['Zeitstempel', 'Was hat Ihnen an unserem Angebot am besten gefallen', 'Ort'],
    1,
  ],
  [
    'questions alone',
    'What was good?;What was bad?\nEverything;Nothing at all\nThe food;Why ask?\n',
    ['What was good?', 'What was bad?'],
    2,
  ],
  [
    'the same name twice',
    'id,text,text\n1,hello there friend,other text is longer than it\n2,second one here,another\n',
    ['id', 'text', 'text'],
    2,
  ],
  ['names longer than the words under them', 'comment text\nmeh\nok\n', ['comment text'], 2],
  [
    'a title above it',
    'Customer feedback export,,\n,,\nComment,Author,Date\nGreat stuff here and more,Anna,2025-04-03\nBad,Ben,2025-04-04\n',
    ['Comment', 'Author', 'Date'],
    2,
  ],
  [
    'a line above it that says the delimiter',
    'sep=;\r\nKommentar;Datum\r\n"Gut, danke";03.04.2025\r\nSchlecht;04.04.2025\r\n',
    ['Kommentar', 'Datum'],
    2,
  ],
])('a heading with %s', async (_, content, columns, rows) => {
  const table = await opened('a.csv', content);
  expect(table).toMatchObject({ heading: true, columns });
  expect(await cellsOf(table)).toHaveLength(rows);
});

test.each([
  ['talk whose first speaker speaks again', 'user,hello there\nassistant,hi\nuser,how are you\n'],
  ['dates from the first row on', '2024-01-01,It works.\n2024-01-02,It does not.\n'],
  ['a question among comments', 'Where is my parcel?\nStill waiting\nIt has not come\n'],
  ['a row with a single cell among others', 'It came two weeks too late\nBad,but cheap\nFine,thanks\n'],
])('no heading: %s', async (_, content) => {
  const table = await opened('a.csv', content);
  expect(table.heading).toBe(false);
  expect(await cellsOf(table)).toHaveLength(content.trim().split('\n').length);
});

test('the person may say that the first row is a heading', async () => {
  const content = 'Where is my parcel?\nStill waiting\nIt has not come\n';
  const table = await opened('a.csv', content, { heading: true });
  expect(table.columns).toEqual(['Where is my parcel?']);
  expect((await survey(table)).rowCount).toBe(2);
});
