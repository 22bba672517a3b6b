/** The words of a Word document, as the transcript that they are laid out as. */
import { decodeText } from '../../file/decode-text.ts';
import { walkXml } from '../../file/xml.ts';
import { MAX_TEXT_LENGTH, tooManyUtterances, type RawTranscript } from '../../raw.ts';
import { hasCues } from '../cues/cue-time.ts';
import { readNamedCues } from '../cues/read-cues.ts';
import { readDialogue } from '../dialogue/read-dialogue.ts';

export const DOCUMENT = 'word/document.xml';
const MAX_PARAGRAPHS = 400_000;

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
  const SKIPPED = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:instrText']);
  walkXml(xml, {
    open(name) {
      if (SKIPPED.has(name)) skipping++;
      else if (skipping > 0) return;
      else if (name === 'w:t') inText = true;
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
        if (paragraphs.length >= MAX_PARAGRAPHS) throw tooManyUtterances();
        paragraphs.push(text);
        text = '';
      }
    },
  });
  return paragraphs;
}
