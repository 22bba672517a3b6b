/** Who spoke, worked out anew for a transcript as it stands: words, times and marks stay; an utterance is split where the voice changes in it. */
import { z } from 'zod';
import { milliseconds, probability, span, type Milliseconds, type Span } from '../../units.ts';
import type { HeardEvent } from '../event.ts';
import { freeColour } from '../free-colour.ts';
import type { Speaker, Utterance, Word } from '../utterance.ts';
import { byTime, type TranscriptDocument } from './document.ts';
import { split } from './utterances.ts';

/** Who speaks when, by their voices. */
export const voiceTurns = z.object({
  /** In order of time; `voice` counts from 0. */
  turns: z.array(
    z.object({ startMs: milliseconds, endMs: milliseconds, voice: z.number().int().nonnegative() }),
  ),
  /** Voices so like another that what is theirs may be the other's. */
  alike: z.array(z.number().int().nonnegative()),
  /** Where several speak at once; absent in edits made before that was heard. */
  overlaps: z.array(span.extend({ confidence: probability })).optional(),
});
export type VoiceTurns = z.infer<typeof voiceTurns>;

/** Words for less time than this stay with their neighbours: nobody can be told by them. */
const SHORTEST_MS = 300;

/** Voices take over the speakers whose words are mostly theirs; others become new ones, and who has nothing left is gone. */
export function toldApart(
  document: TranscriptDocument,
  { turns, alike, overlaps = [] }: VoiceTurns,
): TranscriptDocument {
  if (turns.length === 0) return document;
  const taken = new Set(document.utterances.map(({ id }) => id));
  const pieces = document.utterances.flatMap((u) => piecesOf(u, turns, taken));
  const before = new Map(document.utterances.map(({ id, speakerId }) => [id, speakerId]));
  const speakers = speakersOf(pieces, before, document.speakers, new Set(alike));
  const idOf = new Map(speakers.map(({ voice, speaker }) => [voice, speaker.id]));
  const left = new Set(idOf.values());
  return {
    speakers: speakers.map(({ speaker }) => speaker),
    utterances: pieces.map(({ u, voice }) => ({ ...u, speakerId: idOf.get(voice)! })).sort(byTime),
    events: withOverlaps(
      document.events.map((event) =>
        event.speakerId === null || left.has(event.speakerId) ? event : { ...event, speakerId: null },
      ),
      speakers.length > 1 ? overlaps : [],
    ),
  };
}

/** Only where no such mark is: a person may have corrected those that are there. */
function withOverlaps(
  events: readonly HeardEvent[],
  overlaps: NonNullable<VoiceTurns['overlaps']>,
): readonly HeardEvent[] {
  if (events.some(({ kind }) => kind === 'crosstalk')) return events;
  const taken = new Set(events.map(({ id }) => id));
  const found = overlaps.map((overlap, i): HeardEvent => ({
    ...{ id: freshId(`several.${i + 1}`, taken), kind: 'crosstalk', speakerId: null },
    ...overlap,
  }));
  return [...events, ...found].sort(byTime);
}

/** An utterance or a part of one, whose it was, and whose voice it is in. */
interface Piece {
  u: Utterance;
  from: string;
  voice: number;
}

function piecesOf(u: Utterance, turns: VoiceTurns['turns'], taken: Set<string>): Piece[] {
  const pieces: Piece[] = [];
  let rest = u;
  for (const { words, voice } of runsOf(u.words, turns).slice(0, -1)) {
    const offset = offsetAfter(words, rest.text);
    if (offset === null) break;
    const [left, right] = split(rest, offset, freshId(u.id, taken));
    pieces.push({ u: left, from: u.id, voice });
    rest = right;
  }
  return [...pieces, { u: rest, from: u.id, voice: voiceIn(rest, turns) }];
}

/** Words in a row of one voice. */
function runsOf(words: readonly Word[], turns: VoiceTurns['turns']): { words: Word[]; voice: number }[] {
  const runs: { words: Word[]; voice: number }[] = [];
  for (const word of words) {
    const voice = voiceIn(word, turns);
    const last = runs.at(-1);
    if (last?.voice === voice) last.words.push(word);
    else runs.push({ words: [word], voice });
  }
  const lasts = (run: Word[]): Milliseconds => run.at(-1)!.endMs - run[0]!.startMs;
  return runs.reduce<typeof runs>((kept, run) => {
    const last = kept.at(-1);
    if (!last || (last.voice !== run.voice && Math.min(lasts(run.words), lasts(last.words)) >= SHORTEST_MS))
      return [...kept, run];
    last.voice = lasts(run.words) > lasts(last.words) ? run.voice : last.voice;
    last.words.push(...run.words);
    return kept;
  }, []);
}

/** Where in the text these words end, before the next; null: they are not in it as they are. */
function offsetAfter(words: readonly Word[], text: string): number | null {
  let at = 0;
  for (const word of words) {
    const found = text.indexOf(word.text, at);
    if (found < 0) return null;
    at = found + word.text.length;
  }
  return text.slice(at).trim() === '' ? null : at;
}

function freshId(id: string, taken: Set<string>): string {
  for (let n = 2; ; n++) {
    const fresh = `${id.slice(0, 56)}.${n}`;
    if (taken.has(fresh)) continue;
    taken.add(fresh);
    return fresh;
  }
}

/** The voice of most of a stretch; where nobody was heard in it, of the turn nearest to it. */
function voiceIn({ startMs, endMs }: Span, turns: VoiceTurns['turns']): number {
  const heardMs = new Map<number, number>();
  const first = firstEndingAfter(startMs, turns);
  let nearest = turns[Math.max(0, first - 1)]!;
  const away = (turn: Span): number => Math.max(turn.startMs - endMs, startMs - turn.endMs);
  for (let i = first; i < turns.length; i++) {
    const turn = turns[i]!;
    if (away(turn) < away(nearest)) nearest = turn;
    const ms = Math.min(endMs, turn.endMs) - Math.max(startMs, turn.startMs);
    if (ms <= 0) break;
    heardMs.set(turn.voice, (heardMs.get(turn.voice) ?? 0) + ms);
  }
  const [most] = [...heardMs].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? nearest.voice;
}

/** Index of the first turn that ends after a moment, or of the last turn. */
function firstEndingAfter(ms: Milliseconds, turns: readonly Span[]): number {
  let low = 0;
  let high = turns.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (turns[middle]!.endMs > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** One speaker a voice that says anything: those that were there in their order, then new ones in the order of their first words. */
function speakersOf(
  pieces: readonly Piece[],
  before: ReadonlyMap<string, string>,
  known: readonly Speaker[],
  alike: ReadonlySet<number>,
): { voice: number; speaker: Speaker }[] {
  const voices = [...new Set(pieces.map(({ voice }) => voice))];
  const owner = ownersOf(pieces, before);
  const kept = known.flatMap((speaker) => {
    const voice = voices.find((each) => owner.get(each) === speaker.id);
    return voice === undefined ? [] : [{ voice, speaker: withAlike(speaker, alike.has(voice)) }];
  });
  return voices
    .filter((voice) => !kept.some((each) => each.voice === voice))
    .reduce((all, voice) => {
      const others = all.map(({ speaker }) => speaker);
      return [...all, { voice, speaker: withAlike(newSpeaker(others), alike.has(voice)) }];
    }, kept);
}

/** Speaker whose words are in each voice for the longest time; one to one, those with most time first. */
function ownersOf(pieces: readonly Piece[], before: ReadonlyMap<string, string>): Map<number, string> {
  const shared = new Map<string, { voice: number; speakerId: string; ms: Milliseconds }>();
  for (const { u, from, voice } of pieces) {
    const speakerId = before.get(from)!;
    const key = `${voice} ${speakerId}`;
    const ms = (shared.get(key)?.ms ?? 0) + u.endMs - u.startMs;
    shared.set(key, { voice, speakerId, ms });
  }
  const owner = new Map<number, string>();
  for (const { voice, speakerId } of [...shared.values()].sort((a, b) => b.ms - a.ms))
    if (!owner.has(voice) && ![...owner.values()].includes(speakerId)) owner.set(voice, speakerId);
  return owner;
}

const withAlike = ({ alike: _, ...speaker }: Speaker, alike: boolean): Speaker =>
  alike ? { ...speaker, alike } : speaker;

/** "Speaker 3" after two others, in a colour that nobody has. */
function newSpeaker(others: readonly Speaker[]): Speaker {
  const ids = new Set(others.map(({ id }) => id));
  const labels = new Set(others.map(({ label }) => label));
  let number = others.length + 1;
  while (ids.has(`s${number}`) || labels.has(`Speaker ${number}`)) number++;
  return { id: `s${number}`, label: `Speaker ${number}`, channel: null, colour: freeColour(others) };
}
