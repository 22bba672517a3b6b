/** Any file of texts as a table: which format it is, is decided by what stands in it; its name only helps where that leaves it open. */
import type { TakenAs } from '#contract/texts/choice.ts';
import type { TextsFormat } from '#contract/texts/preview.ts';
import { isZip } from '../transcript/file/zip.ts';
import { asTexts, headOf, noTexts, type Bytes } from './file/bytes.ts';
import { openText, type TextFile } from './file/text.ts';
import { delimitedRows, hasTabs } from './formats/delimited.ts';
import { DIALOGUE_COLUMNS, dialogueIn, dialogueRows } from './formats/dialogue.ts';
import { DISCORD_COLUMNS, discordRows, isDiscordText } from './formats/discord-text.ts';
import { gridTable } from './formats/grid.ts';
import { isJson, isJsonLines, jsonTable } from './formats/json/read-json.ts';
import { PLAIN_COLUMNS, plainRows, unitOf } from './formats/plain.ts';
import { isWhatsApp, WHATSAPP_COLUMNS, whatsAppRows } from './formats/whatsapp/read-whatsapp.ts';
import { sheetRows } from './formats/xlsx/sheet.ts';
import { readWorkbook, type Workbook } from './formats/xlsx/workbook.ts';
import type { TableRow, TextTable } from './table.ts';

const HEAD_CHARACTERS = 1 << 15;

const OTHERS: readonly { starts: readonly number[]; is: string }[] = [
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    is: 'an old or password-protected Office file: save it as XLSX without one',
  },
  { starts: [0x25, 0x50, 0x44, 0x46], is: 'a PDF: export its text or table first' },
  { starts: [0x7b, 0x5c, 0x72, 0x74, 0x66], is: 'rich text (RTF): save it as plain text' },
];

/** Throws 'texts-not-recognised' for something else, 'texts-invalid' for a file that is broken, cut or beyond all bounds. */
export async function openTable(name: string, bytes: Bytes, as: TakenAs): Promise<TextTable> {
  try {
    const table = await open(name, bytes, as);
    return { ...table, rows: () => coded(table.rows()) };
  } catch (thrown) {
    throw asTexts(thrown);
  }
}

async function* coded(rows: AsyncGenerator<TableRow>): AsyncGenerator<TableRow> {
  try {
    yield* rows;
  } catch (thrown) {
    throw asTexts(thrown);
  }
}

async function open(name: string, bytes: Bytes, as: TakenAs): Promise<TextTable> {
  const start = await headOf(bytes, 64);
  const other = OTHERS.find(({ starts }) => starts.every((byte, i) => start[i] === byte));
  if (other !== undefined) throw noTexts(`The file is ${other.is}.`);
  if (isZip(start)) return openSpreadsheet(bytes, as);
  const file = await openText(bytes);
  const head = await headOfText(file);
  const base = (format: TextsFormat): Omit<TextTable, 'columns' | 'rows'> => ({
    ...{ format, encoding: file.encoding, broken: file.broken, chat: false },
    ...{ sheets: [], sheet: null, heading: null, unit: null },
  });
  if (isWhatsApp(head))
    return { ...base('whatsapp'), chat: true, columns: WHATSAPP_COLUMNS, rows: () => whatsAppRows(file) };
  if (isDiscordText(head))
    return { ...base('dialogue'), chat: true, columns: DISCORD_COLUMNS, rows: () => discordRows(file) };
  if (isJson(head) && !/\.(?:csv|tsv|tab|txt)$/i.test(name)) {
    const table = await jsonTable(file, isJsonLines(name, head));
    return { ...base('json'), ...table };
  }
  if (/\.(?:csv|tsv|tab)$/i.test(name) || hasTabs(head)) {
    const rows = await delimitedRows(file, head);
    return { ...base('table'), ...(await gridTable(rows, as.heading)) };
  }
  return openPlain(file, head, as, base);
}

async function openPlain(
  file: TextFile,
  head: string,
  as: TakenAs,
  base: (format: TextsFormat) => Omit<TextTable, 'columns' | 'rows'>,
): Promise<TextTable> {
  const dialogue = as.unit === null ? await dialogueIn(file) : null;
  if (dialogue !== null)
    return {
      ...{ ...base('dialogue'), chat: true, columns: DIALOGUE_COLUMNS },
      rows: () => each(dialogueRows(dialogue)),
    };
  const unit = as.unit ?? unitOf(head);
  return { ...base('plain'), unit, columns: PLAIN_COLUMNS, rows: () => plainRows(file, unit) };
}

async function openSpreadsheet(bytes: Bytes, as: TakenAs): Promise<TextTable> {
  const workbook = await readWorkbook(bytes);
  const sheet = Math.min(as.sheet ?? (await firstFilled(bytes, workbook)), workbook.sheets.length - 1);
  const table = await gridTable(() => sheetRows(bytes, workbook, sheet), as.heading);
  return {
    ...{ format: 'spreadsheet', encoding: null, broken: 0, unit: null, chat: false },
    ...{ sheets: workbook.sheets.map((one) => one.name), sheet },
    ...table,
  };
}

/** Programs put an empty sheet or one with a picture before the data. */
async function firstFilled(bytes: Bytes, workbook: Workbook): Promise<number> {
  for (const sheet of workbook.sheets.keys())
    for await (const _ of sheetRows(bytes, workbook, sheet)) return sheet;
  return 0;
}

async function headOfText(file: TextFile): Promise<string> {
  let head = '';
  for await (const piece of file.text()) {
    head += piece;
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return head.slice(0, HEAD_CHARACTERS);
}

// eslint-disable-next-line @typescript-eslint/require-await -- rows of all formats are asked for in the same way
async function* each(rows: readonly TableRow[]): AsyncGenerator<TableRow> {
  yield* rows;
}
