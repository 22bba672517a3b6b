/** Text of a cue: voices (`<v Name>`), other tags and character references (WebVTT, "cue text parsing rules"). */

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

export interface VoiceText {
  speaker: string | null;
  text: string;
}

/** At least one part; parts without words are left out when there are others. */
export function splitVoices(cueText: string): VoiceText[] {
  const parts: VoiceText[] = [];
  let speaker: string | null = null;
  let text = '';
  const finish = (): void => {
    if (plain(text) !== '') parts.push({ speaker, text: plain(text) });
    text = '';
  };
  let position = 0;
  for (const tag of cueText.matchAll(/<([^<>]{0,500})>/g)) {
    text += cueText.slice(position, tag.index);
    position = tag.index + tag[0].length;
    const inner = tag[1] ?? '';
    const voice = /^v(?:\.\S*)?(?:\s+(.*))?$/s.exec(inner);
    if (voice !== null) {
      finish();
      speaker = plain(voice[1] ?? '') || null;
    } else if (inner === '/v') {
      finish();
      speaker = null;
    } else if (!isTag(inner)) text += tag[0];
  }
  text += cueText.slice(position);
  finish();
  return parts.length > 0 ? parts : [{ speaker, text: '' }];
}

/** Tags of WebVTT and the HTML that SRT files use; anything else between angle brackets is text ("<3"). */
const isTag = (inner: string): boolean =>
  /^\/?(?:[a-z]{1,5}|font)(?:[.\s][^<>]*)?$/i.test(inner) || /^\d[\d:.]*$/.test(inner);

function plain(text: string): string {
  return text
    .replaceAll(/\{\\[^{}]{0,100}\}/g, '')
    .replaceAll(/&(#?\w{1,8});/g, (reference, name: string) => character(name) ?? reference)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

function character(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
