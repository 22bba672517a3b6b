/** Files of texts as programs write them: what is read, and what is refused with its row. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { expect, test } from 'vitest';
import { survey } from '#models/texts/look/survey.ts';
import { cellsOf, opened } from '../fixtures/texts-table.ts';
import { codeOf } from '../fixtures/workspace.ts';

const COMMENTS =
  'Date;Author;Comment\n01/02/2024;Zoë;"Good; really, ""good"""\n02/02/2024;Ann;Crème brûlée again\n';
const utf16 = (text: string, little: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  Array.from(text).forEach((character, i) => view.setUint16(i * 2, character.charCodeAt(0), little));
  return bytes;
};
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
/** "作者,评论\n小明,我今天很高兴。\n" */
const GB18030 = Uint8Array.of(
  ...[0xd7, 0xf7, 0xd5, 0xdf, 0x2c, 0xc6, 0xc0, 0xc2, 0xdb, 0x0a],
  ...[0xd0, 0xa1, 0xc3, 0xf7, 0x2c, 0xce, 0xd2, 0xbd, 0xf1, 0xcc, 0xec, 0xba, 0xdc],
  ...[0xb8, 0xdf, 0xd0, 0xcb, 0xa1, 0xa3, 0x0a],
);

test.each<[string, Uint8Array]>([
  ['utf-8', strToU8(COMMENTS)],
  ['utf-8', strToU8(`\uFEFF${COMMENTS}`)],
  ['utf-16le', utf16(`\uFEFF${COMMENTS}`, true)],
  ['utf-16be', utf16(COMMENTS, false)],
  ['windows-1252', latin1(COMMENTS)],
])('a table in %s, its delimiter found', async (encoding, bytes) => {
  const table = await opened('comments.csv', bytes);
  expect(table).toMatchObject({ format: 'table', encoding, heading: true, broken: 0 });
  expect(table.columns).toEqual(['Date', 'Author', 'Comment']);
  expect(await cellsOf(table)).toEqual([
    ['01/02/2024', 'Zoë', 'Good; really, "good"'],
    ['02/02/2024', 'Ann', 'Crème brûlée again'],
  ]);
});

test('a Chinese table in GB18030, its columns found by their names', async () => {
  const table = await opened('评论.csv', GB18030);
  expect(table).toMatchObject({ encoding: 'gb18030', columns: ['作者', '评论'] });
  expect((await survey(table)).guess.columns).toEqual({ text: 1, time: null, author: 0, topic: null });
});

test('a few zeros don’t make UTF-8 another encoding, and are left out; Chinese in UTF-16 without a mark stays it', async () => {
  const content = `a,b\n${'nice words,x\n'.repeat(20)}gr\0eat,ye\0s\n`;
  const table = await opened('a.csv', content);
  expect(table.encoding).toBe('utf-8');
  expect((await cellsOf(table)).at(-1)).toEqual(['great', 'yes']);
  expect(await codeOf(opened('a.csv', 'a,b\n\0\x01\x02,c\n'))).toBe('texts-not-recognised');
  const chinese = await opened('a.csv', utf16('作者,评论\n小明,我今天很高兴\n小红,还可以吧\n', true));
  expect(chinese).toMatchObject({ encoding: 'utf-16le', columns: ['作者', '评论'] });
});

test('an accent that only comes after 100,000 plain rows still tells the encoding', async () => {
  const table = await opened('c.csv', latin1(`text\n${'plain enough\n'.repeat(100_000)}café\n`), {}, 1 << 16);
  expect(table.encoding).toBe('windows-1252');
  expect((await cellsOf(table)).at(-1)).toEqual(['café']);
});

test('without a heading the columns are numbered, and the person may say otherwise', async () => {
  const content = '2024-01-01,It works.\n2024-01-02,It does not.\n';
  expect((await opened('a.csv', content)).columns).toEqual(['Column 1', 'Column 2']);
  const told = await opened('a.csv', content, { heading: true });
  expect(told.columns).toEqual(['2024-01-01', 'It works.']);
  expect(await cellsOf(told)).toHaveLength(1);
});

test('one column without quotation marks: commas belong to the words', async () => {
  expect(await cellsOf(await opened('a.csv', 'comment\nWell, no, never.\n'))).toEqual([['Well, no, never.']]);
});

test('tabs in a text file are a table; ragged rows and empty ones are counted', async () => {
  const table = await opened('a.txt', 'who\twhat\nAnn\tgood day\nBen\t\n');
  expect(table.format).toBe('table');
  const looked = await survey(
    await opened('a.csv', `a,b\n${'1,fine words\n'.repeat(30)}2\n\n3,more,too many\n`),
  );
  expect(looked).toMatchObject({
    rowCount: 32,
    uneven: 1,
    columns: [{ filled: 32 }, { name: 'b', filled: 31 }],
  });
});

test('a cell of a megabyte is read, a larger one is refused with its row', async () => {
  const cell = 'x'.repeat(1 << 20);
  const looked = await survey(await opened('a.csv', `text\n"${cell}"\n`, {}, 1 << 16));
  expect(looked.columns).toEqual([{ name: 'text', filled: 1, tooLong: 1, dates: null }]);
  await expect(
    opened('a.csv', `text\nshort words\n"${cell}x"\n`, {}, 1 << 16).then(survey),
  ).rejects.toMatchObject({
    code: 'texts-invalid',
    message: 'Line 3: A cell of the table is longer than 1 MiB.',
  });
});

test('a quotation mark that begins a cell and is never closed belongs to its words', async () => {
  const rows = 'comment,stars\n5" of ""great"",5\n"unclosed, here,3\nlast one,4\n';
  expect(await cellsOf(await opened('a.csv', rows))).toEqual([
    ['5" of ""great""', '5'],
    ['"unclosed', ' here', '3'],
    ['last one', '4'],
  ]);
  const long = `text\n"${'never closed\n'.repeat(200_000)}`;
  expect((await survey(await opened('a.csv', long, {}, 1 << 16))).rowCount).toBe(200_000);
});

const RELATIONS = `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`;
const WORKBOOK = `<workbook><sheets><sheet name="Comments" r:id="r1"/><sheet name="Other" r:id="r2"/></sheets></workbook>`;
function xlsx(rows: string, more: Zippable = {}): Uint8Array {
  const sheet = (data: string) => strToU8(`<worksheet><sheetData>${data}</sheetData></worksheet>`);
  return zipSync({
    'xl/workbook.xml': strToU8(WORKBOOK),
    'xl/_rels/workbook.xml.rels': strToU8(RELATIONS),
    // A sheet stands before the strings that it needs, as spreadsheets write it.
    'xl/worksheets/sheet1.xml': sheet(rows),
    'xl/worksheets/sheet2.xml': sheet('<row><c t="inlineStr"><is><t>elsewhere</t></is></c></row>'),
    'xl/sharedStrings.xml': strToU8(
      '<sst><si><t>When</t></si><si><r><t>Com</t></r><r><t>ment</t></r><rPh><t>phonetic</t></rPh></si><si><t>Fine_x000A_thanks &amp; bye</t></si></sst>',
    ),
    'xl/styles.xml': strToU8(
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ),
    ...more,
  });
}
const ROWS =
  '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' +
  '<row r="2"><c r="A2" s="1"><v>45292.5</v></c><c r="B2" t="s"><v>2</v></c></row>' +
  '<row r="4"><c r="A4" s="2"><v>45293</v></c><c r="B4" t="str"><f>HYPERLINK("http://x","run")</f><v>cached words</v></c><c r="C4"><v>7</v></c></row>' +
  '<row r="5"><c r="B5" t="e"><v>#REF!</v></c></row>';

test('a spreadsheet: shared strings, dates, cached values of formulas, a chosen sheet', async () => {
  const table = await opened('a.xlsx', xlsx(ROWS));
  expect(table).toMatchObject({
    format: 'spreadsheet',
    encoding: null,
    sheets: ['Comments', 'Other'],
    sheet: 0,
  });
  expect(table.columns).toEqual(['When', 'Comment', 'Column 3']);
  const rows = [];
  for await (const row of table.rows()) rows.push(row);
  expect(rows).toEqual([
    { cells: ['2024-01-01T12:00:00', 'Fine\nthanks & bye'], row: 2 },
    { cells: ['2024-01-02T00:00:00', 'cached words', '7'], row: 4 },
  ]);
  const afterEmpty = await opened('a.xlsx', xlsx(''));
  expect(afterEmpty).toMatchObject({ sheet: 1 });
  expect(await cellsOf(afterEmpty)).toEqual([['elsewhere']]);
  const other = await opened('a.xlsx', xlsx(ROWS), { sheet: 1, heading: false });
  expect(await cellsOf(other)).toEqual([['elsewhere']]);
});

test.each<[string, Uint8Array]>([
  [
    'a bomb',
    xlsx('', { 'xl/worksheets/sheet1.xml': [strToU8(`<a>${' '.repeat(200 << 20)}</a>`), { level: 9 }] }),
  ],
  ['a cut archive', xlsx(ROWS).subarray(0, 900)],
  ['a DTD', xlsx('', { 'xl/worksheets/sheet1.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') })],
  ['a missing text', xlsx('<row r="3"><c t="s"><v>99</v></c></row>')],
])('%s of a spreadsheet is refused', async (_, bytes) => {
  expect(await codeOf(opened('a.xlsx', bytes, {}, 1 << 14).then(survey))).toBe('texts-invalid');
});

test('another archive, an old Office file and a picture are not texts', async () => {
  for (const bytes of [
    zipSync({ 'word/document.xml': strToU8('<a/>') }),
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0),
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d),
  ])
    expect(['texts-not-recognised', 'texts-invalid']).toContain(await codeOf(opened('a', bytes)));
});

test('JSON lines, with the row where they are none', async () => {
  const content = '{"text":"one","n":1}\n\n{"text":"two","user":{"name":"Ann"}}\n';
  const table = await opened('a.jsonl', content);
  expect(table.columns).toEqual(['text', 'n', 'user.name']);
  expect(await cellsOf(table)).toEqual([
    ['one', '1', ''],
    ['two', '', 'Ann'],
  ]);
  await expect(opened('a.jsonl', `${content}{"text":\n`).then(survey)).rejects.toMatchObject({
    message: 'Row 4: The line is no JSON.',
  });
});

test('a JSON list, of records and of words, and one that is cut', async () => {
  expect(await cellsOf(await opened('a.json', '[{"a": "x\\"}]"}, {"a": "y", "b": [1, {"c": 2}]}]'))).toEqual([
    ['x"}]'],
    ['y'],
  ]);
  expect(await cellsOf(await opened('a.json', '["first", "second"]'))).toEqual([['first'], ['second']]);
  expect(await codeOf(opened('a.json', '[{"a": "x"}, {"a": ').then(survey))).toBe('texts-invalid');
});

test('"Name: words" is a dialogue; other text is read by lines or paragraphs, as the person says', async () => {
  const dialogue = await opened('a.txt', 'Ann: good morning\nBen: not really\nstill tired\nAnn: oh\n');
  expect(dialogue.format).toBe('dialogue');
  expect(await cellsOf(dialogue)).toEqual([
    ['Ann', 'good morning'],
    ['Ben', 'not really still tired'],
    ['Ann', 'oh'],
  ]);
  const text = 'One thought\nin two lines.\n\nAnother one.\n';
  const found = await opened('a.txt', text);
  expect(found).toMatchObject({ format: 'plain', unit: 'paragraph' });
  expect(await cellsOf(found)).toEqual([['One thought\nin two lines.'], ['Another one.']]);
  expect(await cellsOf(await opened('a.txt', text, { unit: 'line' }))).toHaveLength(3);
  expect(await opened('a.txt', 'one\ntwo\nthree')).toMatchObject({ unit: 'line' });
  for (const end of ['\n', '\r\n', '\n\n \n'])
    expect(await cellsOf(await opened('a.txt', `I like it.\nBad service\nMeh${end}`))).toHaveLength(3);
});
