/** Text of a cue: voices (`<v Name>`), times within (`<00:01.000>`), other tags and character references (WebVTT, "cue text parsing rules"). */
import { squash } from '../../raw.ts';
import { parseClock } from './cue-time.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  lrm: '',
  rlm: '',
  nbsp: ' ',
  quot: '"',
  apos: "'",
};

/** Text between two times within a cue. */
export interface TimedPiece {
  /** Of the time before it; null where the cue's own start is meant. */
  fromMs: number | null;
  /** Markup removed, blanks kept. */
  text: string;
}

export interface VoiceText {
  speaker: string | null;
  text: string;
  pieces: TimedPiece[];
}

/** At least one part; parts without words are left out when there are others. */
export function splitVoices(cueText: string): VoiceText[] {
  const parts: VoiceText[] = [];
  let speaker: string | null = null;
  let pieces: TimedPiece[] = [{ fromMs: null, text: '' }];
  const add = (raw: string): void => void (pieces.at(-1)!.text += unescapeCue(raw));
  const finish = (next: string | null): void => {
    const text = squash(pieces.map((piece) => piece.text).join(''));
    const fromMs = pieces.at(-1)!.fromMs;
    if (text !== '') parts.push({ speaker, text, pieces });
    pieces = [{ fromMs, text: '' }];
    speaker = next;
  };
  let position = 0;
  for (const tag of cueText.matchAll(/<([^<>]{0,500})>/g)) {
    add(cueText.slice(position, tag.index));
    position = tag.index + tag[0].length;
    const inner = tag[1] ?? '';
    const voice = /^v(?:\.\S*)?(?:\s+(.*))?$/s.exec(inner);
    if (voice !== null) finish(squash(unescapeCue(voice[1] ?? '')) || null);
    else if (inner === '/v') finish(null);
    else if (/^\d[\d:.]*$/.test(inner)) pieces.push({ fromMs: parseClock(inner), text: '' });
    else if (!isTag(inner)) add(tag[0]);
  }
  add(cueText.slice(position));
  finish(null);
  return parts.length > 0 ? parts : [{ speaker, text: '', pieces: [] }];
}

/** Tags of WebVTT and the HTML that SRT files use; anything else between angle brackets is text ("<3"). */
const isTag = (inner: string): boolean => /^\/?(?:[a-z]{1,5}|font)(?:[.\s][^<>]*)?$/i.test(inner);

/** Character references become characters; positioning of other subtitle formats (`{\an8}`) goes. */
function unescapeCue(text: string): string {
  return text
    .replaceAll(/\{\\[^{}]{0,100}\}/g, '')
    .replaceAll(/&(#?\w{1,8});/g, (reference, name: string) => character(name) ?? reference);
}

function character(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The other way: text that no reader takes for markup. */
export const escapeCue = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('{\\', '&#123;\\');
