/** What one line of a written dialogue says: when, who, what. The exports of Otter, Zoom, Teams and Google Meet are such lines. */
import { parseClock } from '../cues/cue-time.ts';
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
  | { kind: 'stamped'; startMs: number; endMs: number | null; speaker: string | null; text: string }
  | { kind: 'named'; speaker: string; text: string }
  | { kind: 'text'; text: string };

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
    };
  const prefix = splitPrefix(text);
  if (prefix !== null) return { kind: 'named', speaker: prefix.speaker, text: text.slice(prefix.length) };
  return { kind: 'text', text };
}
