/** Text with "Name: words", and what Otter, Zoom, Teams and Google Meet write as text or documents. */
import { eventOf } from '../../events.ts';
import { eachLine } from '../../file/lines.ts';
import {
  boundedText,
  MAX_UTTERANCES,
  squash,
  tooManyUtterances,
  type RawTranscript,
  type RawUtterance,
} from '../../raw.ts';
import { layoutOf, settle, type DialogueLayout } from './layout.ts';
import { readDialogueLine, withoutFalseNames, type DialogueLine } from './line.ts';
import { readChat } from './zoom-chat.ts';

/** What the programs themselves add at the end or in between. */
const ADDED = [
  /^Transcribed by https?:\/\/otter\.ai\/?$/i,
  /^(?:Transcription|Meeting) ended after \d[\d:]*[^\p{L}\p{N}]*$/iu,
  /^.{1,80} (?:(?:started|stopped) transcription|hat die Transkription (?:gestartet|beendet))$/i,
  /^This editable transcript was computer generated\b/i,
];
const HALF_AN_HOUR_MS = 30 * 60_000;

/** Null for text that is no dialogue. 'transcript-invalid' for one without bounds. */
export function readDialogue(text: string): RawTranscript | null {
  const kept: string[] = [];
  for (const line of eachLine(text)) if (!ADDED.some((added) => added.test(line.trim()))) kept.push(line);
  const read = kept.map(readDialogueLine);
  const chat = readChat(read);
  const lines = settle(withoutFalseNames(chat ?? read));
  const layout = layoutOf(lines);
  if (layout === null) return null;
  const { utterances, leftOut } = gather(lines, kept, layout);
  const headers = lines.filter((line) => line.kind === 'header');
  // Captions that Zoom saves carry the time of day, and names in brackets; so do its chats, without the brackets.
  const zoom = chat !== null || (layout === 'headers' && headers.every(({ bracketed }) => bracketed));
  const timeOfDay = zoom && (utterances[0]?.startMs ?? 0) >= HALF_AN_HOUR_MS;
  return { utterances, leftOut, timeOfDay };
}

function gather(
  lines: readonly DialogueLine[],
  written: readonly string[],
  layout: DialogueLayout,
): { utterances: RawUtterance[]; leftOut: number } {
  const said: { utterance: RawUtterance; parts: string[] }[] = [];
  let anchor: Pick<Start, 'startMs' | 'endMs'> = { startMs: null, endMs: null };
  let speaking: string | null = null;
  let leftOut = 0;
  const add = ({ text, ...start }: Start): void => {
    if (said.length >= MAX_UTTERANCES) throw tooManyUtterances();
    said.push({ utterance: { ...start, text: '', words: [], confidence: null }, parts: [text] });
  };
  const begin = (start: Start): void => {
    add(start);
    speaking = start.speaker;
    anchor = { startMs: null, endMs: null };
  };
  /** What is heard stands for itself: words don't go on in its line, nor it in theirs. */
  const goOn = (text: string): void => {
    const { parts } = said.at(-1)!;
    const words = parts.some((part) => part.trim() !== '');
    if (words && eventOf(text) !== null) add({ speaker: null, text, ...anchor });
    else if (words && parts.length <= 2 && eventOf(parts.join('')) !== null)
      add({ speaker: speaking, text, startMs: null, endMs: null });
    else parts.push(text);
  };
  lines.forEach((line, i) => {
    if (line.kind === 'blank') return;
    const starts = startOf(line, layout);
    if (line.kind === 'time' && layout !== 'headers') anchor = { startMs: line.startMs, endMs: line.endMs };
    else if (starts !== null)
      begin({
        ...{ speaker: starts.speaker, text: starts.text },
        ...{ startMs: starts.startMs ?? anchor.startMs, endMs: starts.endMs ?? anchor.endMs },
      });
    else if (layout === 'times' && anchor.startMs !== null) {
      const { speaker, text } = line.kind === 'named' ? line : { speaker: null, text: written[i]! };
      begin({ speaker, text, ...anchor });
    } else if (said.length > 0) goOn(written[i]!);
    else leftOut++;
  });
  const utterances = said.map(({ utterance, parts }) => ({
    ...utterance,
    text: squash(boundedText(parts.join(' '))),
  }));
  return { utterances, leftOut };
}

interface Start {
  speaker: string | null;
  text: string;
  startMs: number | null;
  endMs: number | null;
}

/** Null for a line that goes on with what was said before. */
function startOf(line: DialogueLine, layout: DialogueLayout): Start | null {
  switch (line.kind) {
    case 'header':
      return layout === 'headers'
        ? { speaker: line.speaker, text: '', startMs: line.startMs, endMs: null }
        : null;
    case 'stamped':
      return layout === 'stamped' || layout === 'named' ? line : null;
    case 'named':
      return layout === 'named' ? { ...line, startMs: null, endMs: null } : null;
    case 'blank':
    case 'time':
    case 'text':
      return null;
  }
}
