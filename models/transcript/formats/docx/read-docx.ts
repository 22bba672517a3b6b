/** The words of a Word document, as the transcript that they are laid out as. */
import { decodeText } from '../../file/decode-text.ts';
import { walkXml } from '../../file/xml.ts';
import { MAX_TEXT_LENGTH, tooManyUtterances, type RawTranscript } from '../../raw.ts';
import { hasCues } from '../cues/cue-time.ts';
import { readNamedCues } from '../cues/read-cues.ts';
import { readDialogue } from '../dialogue/read-dialogue.ts';
import { linesOfTable } from './table-rows.ts';

export const DOCUMENT = 'word/document.xml';
/** Paragraphs, and rows and cells of tables. */
const MAX_PARTS = 400_000;

/** Null for a document that holds no transcript. 'transcript-invalid' for broken XML. */
export function readDocx(document: Uint8Array): RawTranscript | null {
  const text = paragraphsOf(decodeText(document).text).join('\n');
  return hasCues(text) ? readNamedCues(text) : readDialogue(text);
}

/** Text of the paragraphs as it reads now: without deleted text, field codes, or the second of two alternatives. */
function paragraphsOf(xml: string): string[] {
  const paragraphs: string[] = [];
  let text = '';
  let inText = false;
  let skipping = 0;
  let parts = 0;
  const counted = <T>(list: T): T => {
    if (++parts > MAX_PARTS) throw tooManyUtterances();
    return list;
  };
  /** Of the table that is open; tables within its cells are their text. */
  let rows: string[][] = [];
  let tables = 0;
  const SKIPPED = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:instrText']);
  walkXml(xml, {
    open(name) {
      if (SKIPPED.has(name)) skipping++;
      else if (skipping > 0) return;
      else if (name === 'w:t') inText = true;
      else if (name === 'w:tbl') tables++;
      else if (name === 'w:tr' && tables === 1) counted(rows).push([]);
      else if (name === 'w:tc' && tables === 1) counted(rows).at(-1)?.push('');
      else if (name === 'w:tab') text += '\t';
      else if (name === 'w:br' || name === 'w:cr') text += '\n';
    },
    text(piece) {
      if (inText && skipping === 0 && text.length <= 2 * MAX_TEXT_LENGTH) text += piece;
    },
    close(name) {
      if (SKIPPED.has(name)) skipping--;
      else if (name === 'w:t') inText = false;
      else if (name === 'w:p') {
        counted(paragraphs);
        const row = tables > 0 ? rows.at(-1) : undefined;
        const before = row?.pop();
        if (row === undefined || before === undefined) paragraphs.push(text);
        else row.push(before === '' ? text : `${before}\n${text}`);
        text = '';
      } else if (name === 'w:tbl' && skipping === 0 && --tables === 0) {
        for (const line of linesOfTable(rows)) paragraphs.push(line);
        rows = [];
      }
    },
  });
  return paragraphs;
}
