/** The voice of one speaker of a transcript, from a minute of what is theirs alone. */
import type { Speaker, Utterance } from '#contract/transcript/utterance.ts';
import { voiceDirection } from '#models/speakers/known-voice.ts';
import type { SpeakerSettings } from '#models/speakers/settings.ts';
import { windowsOver } from '#models/speakers/windows.ts';
import { cacheKey } from '../analysis/cache-key.ts';
import { readCached, writeCached } from '../analysis/cached.ts';
import { hearSpans } from '../analysis/embed-spans.ts';
import { voiceSpan } from '../analysis/kept-voices.ts';
import type { AnalysisParts, AnalysisRequest } from '../analysis/types.ts';

export interface HeardVoice {
  /** Of length 1, see voiceDirection. */
  values: Float32Array;
  speechMs: number;
}

/** More says little more of a voice. */
const ENOUGH_MS = 60_000;
const LONGEST_MS = 15_000;

/** Null where too little of the speech is the speaker's alone. @throws AttuneError */
export async function voiceOfSpeaker(
  speaker: Speaker,
  { speakers, utterances }: { speakers: readonly Speaker[]; utterances: readonly Utterance[] },
  request: Pick<AnalysisRequest, 'input' | 'info' | 'source'>,
  parts: AnalysisParts,
  settings: SpeakerSettings,
  signal: AbortSignal,
): Promise<HeardVoice | null> {
  const spans = alone(speaker, utterances).map((u) => voiceSpan(u, speakers));
  const speechMs = spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (speechMs < settings.known.shortestMs) return null;
  const model = parts.models.fingerprint('speaker-embedding');
  const key = cacheKey('speaker-voice', [request.source.sha256, model, spans]);
  const known = await readCached<HeardVoice>(parts.cache, key);
  if (known) return known;
  const windows: Float32Array[] = [];
  await hearSpans(request, parts.media, spans, signal, async (span, samples) => {
    const within = { startMs: 0, endMs: span.endMs - span.startMs };
    const places = windowsOver(within, { ...settings, hopMs: settings.windowMs });
    const { voices } = await parts.inference.call('speakers.embed', { samples, spans: places }, { signal });
    windows.push(...voices);
  });
  if (windows.length === 0) return null;
  const heard = { values: voiceDirection(windows, settings), speechMs };
  await writeCached(parts.cache, key, heard);
  return heard;
}

/** The longest utterances during which nobody else's begin or go on, cut to what is enough. */
function alone(speaker: Speaker, utterances: readonly Utterance[]): Utterance[] {
  const others = utterances.filter(({ speakerId }) => speakerId !== speaker.id);
  const own = utterances
    .filter((u) => u.speakerId === speaker.id)
    .filter((u) => !others.some(({ startMs, endMs }) => startMs < u.endMs && u.startMs < endMs))
    .map((u) => ({ ...u, endMs: Math.min(u.endMs, u.startMs + LONGEST_MS) }))
    .sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
  let heardMs = 0;
  return own.filter(({ startMs, endMs }) => {
    if (heardMs >= ENOUGH_MS) return false;
    heardMs += endMs - startMs;
    return true;
  });
}
