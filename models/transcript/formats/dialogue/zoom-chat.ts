/** The chat that Zoom saves: "10:02:03 From Anna Schmidt to Everyone: hello", the words perhaps on the next line. */
import type { DialogueLine } from './line.ts';

const MESSAGE = /^From\s+(\S.{0,59}?)(?:\s+to\s+\S.{0,99}?)?\s*:(?:\s+(.*))?$/su;
/** One line alone may be anybody's words from London to Paris. */
const LEAST_SHARE = 0.5;

/** Null for what is no such chat. */
export function readChat(lines: readonly DialogueLine[]): DialogueLine[] | null {
  let stamped = 0;
  let messages = 0;
  const read = lines.map((line): DialogueLine => {
    if (line.kind !== 'stamped') return line;
    stamped++;
    const message = MESSAGE.exec(line.doubt ?? line.text);
    if (message === null) return line;
    messages++;
    return { ...line, speaker: message[1]!, text: message[2] ?? '', doubt: null };
  });
  return messages > 0 && messages >= LEAST_SHARE * stamped ? read : null;
}
