/** Our own JSON: `{utterances: [{start, end, speaker, text}]}` in milliseconds (what `attune transcribe` writes), or a whole .attune.json. */
import { z } from 'zod';
import { ANALYSIS_FORMAT } from '#contract/analysis/result.ts';
import { AttuneError } from '#contract/errors.ts';
import { word, type Word } from '#contract/transcript/utterance.ts';
import { invalidTranscript, MAX_TEXT_LENGTH, MAX_UTTERANCES, type RawUtterance } from './raw.ts';

const MAX_DEPTH = 64;
/** Objects and lists: an hour-long talk has some 10,000 words. */
const MAX_PARTS = 1_000_000;
const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

const time = z.number().optional();
const givenUtterance = z.object({
  start: time,
  end: time,
  startMs: time,
  endMs: time,
  speaker: z.union([z.string(), z.number().transform(String)]).nullish(),
  speakerId: z.string().optional(),
  text: z.string(),
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
  speakers: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
  utterances: z.array(z.unknown()),
});

/** 'transcript-invalid' for broken JSON or an utterance without text; 'transcript-not-recognised' for other JSON. */
export function parseJsonTranscript(text: string): RawUtterance[] {
  let content: unknown;
  try {
    if (tooIntricate(text)) throw new RangeError('too deep or too many parts');
    content = JSON.parse(text);
  } catch (cause) {
    throw invalidTranscript('The transcript is not valid JSON.', cause);
  }
  const given = givenTranscript.safeParse(body(content));
  if (!given.success)
    throw new AttuneError(
      'transcript-not-recognised',
      'The JSON holds no transcript: it needs a list of utterances.',
    );
  const { speakers = [], utterances } = given.data;
  if (utterances.length > MAX_UTTERANCES)
    throw invalidTranscript('The transcript has more than 100,000 utterances.');
  const labels = new Map(speakers.map(({ id, label }) => [id, label]));
  return utterances.map((utterance, i) => {
    const parsed = givenUtterance.safeParse(utterance);
    if (!parsed.success || parsed.data.text.length > MAX_TEXT_LENGTH)
      throw invalidTranscript(`Utterance ${i + 1} of the transcript is not {start, end, speaker, text}.`);
    const { start, end, startMs, endMs, speaker, speakerId, words } = parsed.data;
    const named = speaker ?? speakerId ?? null;
    return {
      startMs: Math.round(startMs ?? start ?? NaN),
      endMs: Math.round(endMs ?? end ?? NaN),
      speaker: named === null ? null : (labels.get(named) ?? named),
      text: parsed.data.text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim(),
      words: (words ?? []).flatMap(wordOf),
    };
  });
}

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

/** A word that is not well formed is left out: the utterance's text stands for itself. */
function wordOf(given: unknown): Word[] {
  const parsed = givenWord.safeParse(given);
  if (!parsed.success) return [];
  const { text, start, end, startMs, endMs, confidence } = parsed.data;
  const made = word.safeParse({
    text,
    startMs: Math.round(startMs ?? start ?? NaN),
    endMs: Math.round(endMs ?? end ?? NaN),
    confidence: confidence ?? null,
  });
  return made.success ? [made.data] : [];
}
