/** What one line of a written dialogue says: when, who, what. The exports of Otter, Zoom, Teams and Google Meet are such lines. */
import { parseClock } from '../cues/cue-time.ts';
import { speakersAmong } from './speaker-names.ts';
import { splitPrefix } from './speaker-prefix.ts';

const CLOCK = String.raw`\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?`;
/** "[00:00:01.000 - 00:00:02.500] Anna: Hello", "0:01 Hello", "(0:01)". */
const STAMPED = new RegExp(
  String.raw`^([[(]?)(${CLOCK})(?:\s*(?:-->|[-–—→]|to)\s*(${CLOCK}))?[\])]?(?:\s*[-–—]\s+|\s+|$)(.*)$`,
  'su',
);
/** "Anna Maria  0:05", "[Anna] 10:02:03", "Speaker 1 (00:05)". */
const HEADER = new RegExp(
  String.raw`^(?:\[([^[\]]{1,60})\]\s*|([^\d\s:：][^:：]{0,59}?)(?:\s{2,}|\s*[([]|(\s)))(${CLOCK})[\])]?\s*:?$`,
  'u',
);
/** "Anna (00:05): Hello". */
const NAMED_STAMP = new RegExp(String.raw`^([^:：[(]{1,60}?)\s*[[(](${CLOCK})[\])]\s*[:：]?\s+(\S.*)$`, 'su');

export type DialogueLine =
  | { kind: 'blank' }
  | { kind: 'time'; startMs: number; endMs: number | null }
  /** Who speaks from when; the words stand in the lines that follow. `sure`: more than one blank, or brackets, tell name and time apart. */
  | { kind: 'header'; speaker: string; startMs: number; sure: boolean; bracketed: boolean }
  | {
      kind: 'stamped';
      startMs: number;
      endMs: number | null;
      speaker: string | null;
      text: string;
      doubt: Doubt;
    }
  | { kind: 'named'; speaker: string; text: string; doubt: Doubt }
  | { kind: 'text'; text: string };

/** Name and words as they stand, where what seems a name may be words; else null. */
type Doubt = string | null;

/** Lines whose name isn't one, judged by all of them, are words throughout. */
export function withoutFalseNames(lines: readonly DialogueLine[]): DialogueLine[] {
  const doubtful = (line: DialogueLine): line is DialogueLine & { speaker: string; doubt: string } =>
    (line.kind === 'stamped' || line.kind === 'named') && line.doubt !== null;
  const names = speakersAmong(lines.filter(doubtful).map(({ speaker }) => speaker));
  return lines.map((line) => {
    if (!doubtful(line) || names.has(line.speaker)) return line;
    return line.kind === 'stamped'
      ? { ...line, speaker: null, text: line.doubt, doubt: null }
      : { kind: 'text', text: line.doubt };
  });
}

export function readDialogueLine(line: string): DialogueLine {
  const text = line.replaceAll('\u00A0', ' ').replaceAll('\t', '  ').trim();
  if (text === '') return { kind: 'blank' };
  const stamped = STAMPED.exec(text);
  if (stamped !== null) {
    const startMs = parseClock(stamped[2]!);
    const endMs = stamped[3] === undefined ? null : parseClock(stamped[3]);
    const rest = stamped[4]!.trim();
    if (rest === '') return { kind: 'time', startMs, endMs };
    const prefix = splitPrefix(rest);
    return {
      kind: 'stamped',
      startMs,
      endMs,
      speaker: prefix?.speaker ?? null,
      text: rest.slice(prefix?.length ?? 0),
      doubt: prefix?.sure === false ? rest : null,
    };
  }
  const header = HEADER.exec(text);
  if (header !== null)
    return {
      kind: 'header',
      speaker: (header[1] ?? header[2] ?? '').trim(),
      startMs: parseClock(header[4]!),
      sure: header[3] === undefined,
      bracketed: header[1] !== undefined,
    };
  const named = NAMED_STAMP.exec(text);
  if (named !== null)
    return {
      kind: 'stamped',
      startMs: parseClock(named[2]!),
      endMs: null,
      speaker: named[1]!.trim(),
      text: named[3]!,
      doubt: null,
    };
  const prefix = splitPrefix(text);
  if (prefix === null) return { kind: 'text', text };
  const { speaker, length, sure } = prefix;
  return { kind: 'named', speaker, text: text.slice(length), doubt: sure ? null : text };
}
