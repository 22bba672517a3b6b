/** Our own JSON: a whole transcript, `{utterances: [{start, end, speaker, text}]}` in milliseconds (what `attune transcribe` writes) or, with fractions, seconds, or a whole .attune.json. */
import { z } from 'zod';
import { ANALYSIS_FORMAT } from '#contract/analysis/result.ts';
import { AttuneError } from '#contract/errors.ts';
import { heardEvent, type HeardEvent } from '#contract/transcript/event.ts';
import { speaker, transcript, word, type Word } from '#contract/transcript/utterance.ts';
import { eventText } from '../../events.ts';
import {
  invalidTranscript,
  MAX_TEXT_LENGTH,
  MAX_UTTERANCES,
  squash,
  tooManyUtterances,
  type RawTranscript,
} from '../../raw.ts';

const MAX_DEPTH = 64;
/** Objects and lists: an hour-long talk has some 10,000 words. */
const MAX_PARTS = 1_000_000;
const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

export const TRANSCRIPT_FORMAT = 'attune.transcript';

const time = z.number().nullish();
const givenUtterance = z.object({
  start: time,
  end: time,
  startMs: time,
  endMs: time,
  speaker: z.union([z.string(), z.number().transform(String)]).nullish(),
  speakerId: z.string().optional(),
  text: z.string(),
  confidence: z.number().min(0).max(1).nullish(),
  words: z.array(z.unknown()).optional(),
});
const givenWord = z.object({
  text: z.string(),
  start: time,
  end: time,
  startMs: time,
  endMs: time,
  confidence: z.number().nullish(),
});
const givenTranscript = z.object({
  speakers: z.array(speaker.extend({ channel: speaker.shape.channel.default(null) })).optional(),
  language: z.string().max(40).nullish(),
  utterances: z.array(z.unknown()),
  events: z.array(heardEvent).max(MAX_UTTERANCES).optional(),
});
const givenOrigin = transcript.pick({ source: true, recogniser: true, speakersFrom: true });

/** 'transcript-invalid' for broken JSON or an utterance without text; 'transcript-not-recognised' for other JSON. */
export function readJson(text: string): RawTranscript {
  const content = body(parsed(text));
  const given = givenTranscript.safeParse(content);
  if (!given.success)
    throw new AttuneError(
      'transcript-not-recognised',
      'The JSON holds no transcript: it needs a list of utterances.',
    );
  const { speakers = [], language = null, utterances, events = [] } = given.data;
  if (utterances.length > MAX_UTTERANCES) throw tooManyUtterances();
  const origin = givenOrigin.safeParse(content);
  return {
    speakers,
    language,
    ...(origin.success ? { origin: origin.data } : {}),
    utterances: [...utterancesOf(utterances), ...events.map(lineOf)],
  };
}

function parsed(text: string): unknown {
  try {
    if (tooIntricate(text)) throw new RangeError('too deep or too many parts');
    return JSON.parse(text);
  } catch (cause) {
    throw invalidTranscript('The transcript is not valid JSON, or it is cut.', { cause });
  }
}

function utterancesOf(utterances: readonly unknown[]): RawUtterance[] {
  const all = utterances.map((utterance, i) => {
    const given = givenUtterance.safeParse(utterance);
    if (!given.success || given.data.text.length > MAX_TEXT_LENGTH)
      throw invalidTranscript(`Utterance ${i + 1} of the transcript is not {start, end, speaker, text}.`);
    // A word that is not well formed is left out: the utterance's text stands for itself.
    const words = (given.data.words ?? []).flatMap((one) => givenWord.safeParse(one).data ?? []);
    return { ...given.data, words };
  });
  // Nobody writes fractions of a millisecond; `startMs` says its unit.
  const inSeconds = all.some((one) =>
    [one, ...one.words].some(({ start, end }) => isFraction(start) || isFraction(end)),
  );
  const time = (ms: Given, other: Given): number | null => {
    if (typeof ms === 'number') return Math.round(ms);
    return typeof other === 'number' ? Math.round(other * (inSeconds ? 1000 : 1)) : null;
  };
  return all.map(({ speaker: name, speakerId, ...one }) => ({
    startMs: time(one.startMs, one.start),
    endMs: time(one.endMs, one.end),
    speaker: name ?? speakerId ?? null,
    text: squash(one.text),
    words: one.words.flatMap(({ text, confidence, ...times }): Word[] => {
      const span = { startMs: time(times.startMs, times.start), endMs: time(times.endMs, times.end) };
      const made = word.safeParse({ text, ...span, confidence: confidence ?? null });
      return made.success ? [made.data] : [];
    }),
    confidence: one.confidence ?? null,
    event: null,
  }));
}

type Given = number | null | undefined;
const isFraction = (time: Given): boolean => typeof time === 'number' && !Number.isInteger(time);

type RawUtterance = RawTranscript['utterances'][number];
const lineOf = ({ kind, startMs, endMs, speakerId, confidence }: HeardEvent): RawUtterance => ({
  ...{ startMs, endMs, speaker: speakerId, words: [], confidence: confidence ?? null },
  text: eventText(kind, endMs - startMs),
  event: kind,
});

/** Deep nesting and millions of parts take JSON.parse seconds to half a minute: they are counted beforehand. */
function tooIntricate(text: string): boolean {
  let depth = 0;
  let parts = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth++;
      parts++;
      if (depth > MAX_DEPTH || parts > MAX_PARTS) return true;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
  }
  return false;
}

function body(content: unknown): unknown {
  if (Array.isArray(content)) return { utterances: content };
  if (
    content !== null &&
    typeof content === 'object' &&
    'format' in content &&
    content.format === ANALYSIS_FORMAT
  )
    return 'transcript' in content ? content.transcript : null;
  return content;
}
