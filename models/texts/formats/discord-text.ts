/** A Discord channel as DiscordChatExporter writes it as text: "[3/12/2024 10:15 AM] anna", and the words on the lines below. */
import { invalidTexts } from '../file/bytes.ts';
import { linesOf, type Line } from '../file/lines.ts';
import type { TextFile } from '../file/text.ts';
import { parseTime } from '../look/dates.ts';
import type { TableRow } from '../table.ts';

export const DISCORD_COLUMNS = ['Time', 'Author', 'Text'];

const RULE = /^={20,}$/;
const BEGINS = /^\[([^\]]{8,40})\] (\S.*?)(?: \(pinned\))?$/;
/** What follows in the same message is no words: addresses of files, previews, who reacted. */
const ADDED = /^\{(?:Attachments|Embed|Stickers|Reactions)\}$/;
/** Said by the program in somebody's name. */
const SAYS =
  /^(?:Joined the server|Pinned a message|Started a (?:call|thread)\b.*|(?:Added|Removed) .{1,80} (?:to|from) the group|Left the group)\.$/;
const MAX_MESSAGE_CHARACTERS = 1 << 20;

/** Told by the heading that the exporter writes. */
export const isDiscordText = (head: string): boolean =>
  /^={20,}\r?\n(?:Guild|Server): .*\r?\nChannel: /.test(head);

export async function* discordRows(file: TextFile): AsyncGenerator<TableRow> {
  let said: { row: number; time: string; author: string; lines: string[]; length: number } | null = null;
  let rules = 0;
  let blank = false;
  let added = false;
  const whole = (): TableRow[] => {
    const text = said?.lines.join('\n').trim() ?? '';
    return said === null || SAYS.test(text) ? [] : [{ cells: [said.time, said.author, text], row: said.row }];
  };
  for await (const line of linesOf(file.text())) {
    const { text, row } = line;
    if (RULE.test(text)) rules++;
    // One rule above the channel's name, one below it, and one above how many messages there were.
    if (rules === 3) break;
    const begins = blank ? beginsIn(line) : null;
    blank = text.trim() === '';
    if (begins !== null) {
      yield* whole();
      added = false;
      said = { row, ...begins, lines: [], length: 0 };
      continue;
    }
    added ||= ADDED.test(text);
    if (said === null || added) continue;
    said.lines.push(text);
    said.length += text.length;
    if (said.length > MAX_MESSAGE_CHARACTERS)
      throw invalidTexts('The message is longer than 1 MiB.', { row: said.row });
  }
  yield* whole();
}

function beginsIn({ text }: Line): { time: string; author: string } | null {
  const [, time = '', author = ''] = BEGINS.exec(text) ?? [];
  const isTime = parseTime(time, 'day-first') !== null || parseTime(time, 'month-first') !== null;
  return isTime ? { time, author } : null;
}
