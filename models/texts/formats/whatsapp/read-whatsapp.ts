/** WhatsApp's export of a chat: "[12/03/2024, 10:15:32] Anna: words", or "12/03/2024, 10:15 - Anna: words"; a message may have more lines. */
import { linesOf } from '../../file/lines.ts';
import { invalidTexts } from '../../file/bytes.ts';
import type { TextFile } from '../../file/text.ts';
import { AT, HALF_AFTER, HALF_BEFORE } from '../../look/written.ts';
import type { TableRow } from '../../table.ts';
import { isQuoting, wordsIn } from './remarks.ts';

export const WHATSAPP_COLUMNS = ['Time', 'Author', 'Text'];

/** Right-to-left marks stand around the signs of Arabic and Hebrew dates. */
const PART = String.raw`\u200F?[./-]\u200F?`;
const DATE = String.raw`\p{Nd}{1,4}${PART}\p{Nd}{1,2}${PART}\p{Nd}{1,4}|\p{Nd}{4}[.년]\s?\p{Nd}{1,2}[.월]\s?\p{Nd}{1,2}[.일]`;
const CLOCK = String.raw`(?:(?:${HALF_BEFORE})\s*)?\p{Nd}{1,2}[:.]\p{Nd}{2}(?:[:.]\p{Nd}{2})?(?:\s*(?:${HALF_AFTER}))?`;
const STAMP = String.raw`(?:${DATE})[,،]?\s+(?:${AT})?${CLOCK}`;
/** In brackets, before a dash, or in Korean before a comma. Left-to-right marks stand before what the program itself adds. */
const MESSAGE = new RegExp(
  String.raw`^[\u200E\u200F]*(?:\[(${STAMP})\]\s|(${STAMP})\s[-–]\s|(?=\d{4}년)(${STAMP}),\s)(.*)$`,
  'isu',
);
const SAID = /^([^:]{1,80}):\s(.*)$/s;
const MAX_MESSAGE_CHARACTERS = 1 << 20;

/** Most of the first lines begin a message. */
export function isWhatsApp(head: string): boolean {
  const lines = head
    .split(/\r\n|\r|\n/)
    .slice(0, 40)
    .filter((line) => line.trim() !== '');
  const stamped = lines.filter((line) => MESSAGE.test(line)).length;
  return stamped > 0 && stamped >= 0.4 * lines.length;
}

/** Messages without words (pictures, calls) have an empty text; what the program says itself is left out. */
export async function* whatsAppRows(file: TextFile): AsyncGenerator<TableRow> {
  let said: { row: number; time: string; author: string; lines: string[]; length: number } | null = null;
  const whole = (): TableRow[] => {
    if (said === null) return [];
    return [{ cells: [said.time, said.author, wordsIn(said.lines.join('\n'))], row: said.row }];
  };
  for await (const { text, row } of linesOf(file.text())) {
    const begins = MESSAGE.exec(text);
    if (begins === null) {
      if (said === null) continue;
      said.lines.push(text);
      said.length += text.length;
      if (said.length > MAX_MESSAGE_CHARACTERS)
        throw invalidTexts('The message is longer than 1 MiB.', { row: said.row });
      continue;
    }
    yield* whole();
    const words = SAID.exec(begins[4]!);
    const time = (begins[1] ?? begins[2] ?? begins[3])!;
    said =
      words && !isQuoting(words[1]!)
        ? { row, time, author: words[1]!.trim(), lines: [words[2]!], length: words[2]!.length }
        : null;
  }
  yield* whole();
}
