/** "Name: words" and its neighbours, as transcripts know them; each turn is a text. */
import { readDialogue } from '../../transcript/formats/dialogue/read-dialogue.ts';
import type { RawTranscript } from '../../transcript/raw.ts';
import type { TextFile } from '../file/text.ts';
import type { TableRow } from '../table.ts';

export const DIALOGUE_COLUMNS = ['Author', 'Text'];
/** How a dialogue is laid out is judged over all of it; longer ones are read as plain text. */
const MAX_CHARACTERS = 16 << 20;

/** Null for what is no dialogue. */
export async function dialogueIn(file: TextFile): Promise<RawTranscript | null> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of file.text()) {
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_CHARACTERS) return null;
  }
  const dialogue = readDialogue(pieces.join(''));
  const named = dialogue?.utterances.some(({ speaker }) => speaker !== null) ?? false;
  return named ? dialogue : null;
}

export const dialogueRows = ({ utterances }: RawTranscript): TableRow[] =>
  utterances.map(({ speaker, text }, i) => ({ cells: [speaker ?? '', text], row: i + 1 }));
