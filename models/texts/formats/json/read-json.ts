/** JSON and JSON lines: records of any program, the chat exports of Telegram, Slack and Discord among them. */
import { invalidTexts, noTexts } from '../../file/bytes.ts';
import { linesOf } from '../../file/lines.ts';
import type { TextFile } from '../../file/text.ts';
import type { TableRow, TextTable } from '../../table.ts';
import { JsonItems, type JsonItem } from './items.ts';
import { Mojibake } from './mojibake.ts';
import { withNested } from './nested.ts';
import { fieldsOf, isNoMessage, isSlack, SlackNames } from './programs.ts';
import { cellsOf } from './record.ts';

const LOOKED_AT = 1000;
const MAX_COLUMNS = 256;
const PIECE_CHARACTERS = 1 << 15;
const CHAT = 'chat';

export const isJson = (head: string): boolean => /^\s*(?:\{\s*["}]|\[\s*[{"\]])/.test(head);

/** The first line is a whole record, and either the name or the second line says that more follow. */
export function isJsonLines(name: string, head: string): boolean {
  const [first = '', second = ''] = head.trimStart().split(/\r?\n/, 2);
  if (!first.startsWith('{')) return false;
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return true;
  try {
    JSON.parse(first);
    return second.trimStart().startsWith('{');
  } catch {
    return false;
  }
}

type Items = () => AsyncGenerator<JsonItem & { row: number }>;

/** @throws 'texts-not-recognised' where there is no record */
export async function jsonTable(
  file: TextFile,
  lines: boolean,
): Promise<Pick<TextTable, 'columns' | 'chat' | 'rows'>> {
  const items: Items = lines ? () => lineItems(file) : () => documentItems(file);
  const columns = new Set<string>();
  const lists = new Set<string | null>();
  const slack = new SlackNames();
  const mojibake = new Mojibake();
  let looked = 0;
  for await (const { value, chat, list } of texts(items)) {
    lists.add(list);
    if (chat !== null) columns.add(CHAT);
    slack.learn(value);
    for (const [name, cell] of cellsOf(value)) {
      if (cell !== '') columns.add(name);
      mojibake.look(cell);
    }
    if (columns.size > MAX_COLUMNS) throw invalidTexts('The records have more than 256 different fields.');
    if (++looked === LOOKED_AT) break;
  }
  if (columns.size === 0) throw noTexts('The JSON holds no list of records.');
  const names = [...columns];
  async function* rows(): AsyncGenerator<TableRow> {
    for await (const { value, chat, row } of texts(items)) {
      const cells = cellsOf(slack.readable(value));
      const cell = (name: string): string => cells.get(name) ?? (name === CHAT ? (chat ?? '') : '');
      yield { cells: names.map((name) => mojibake.mend(cell(name))), row };
    }
  }
  const chat = lists.has('messages') || (columns.has('ts') && columns.has('user'));
  return { columns: names, chat, rows };
}

/** Each text's record, without what programs say themselves. */
async function* texts(items: Items): ReturnType<Items> {
  for await (const item of items()) {
    const record = fieldsOf(item.value);
    if (record !== null && isNoMessage(record)) continue;
    // Slack's "replies" only name messages that stand elsewhere.
    if (record !== null && isSlack(record)) yield item;
    else for (const value of withNested(item.value)) yield { ...item, value };
  }
}

async function* documentItems(file: TextFile): ReturnType<Items> {
  const reader = new JsonItems();
  let row = 0;
  for await (const text of file.text())
    for (let at = 0; at < text.length; at += PIECE_CHARACTERS)
      for (const item of reader.push(text.slice(at, at + PIECE_CHARACTERS))) yield { ...item, row: ++row };
  reader.finish();
}

async function* lineItems(file: TextFile): ReturnType<Items> {
  for await (const { text, row } of linesOf(file.text())) {
    if (text.trim() === '') continue;
    try {
      yield { value: JSON.parse(text) as unknown, chat: null, list: null, row };
    } catch (cause) {
      throw invalidTexts('The line is no JSON.', { row, cause });
    }
  }
}
