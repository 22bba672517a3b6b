/** Voice embeddings by the stretch of sound that they are of: what a correction leaves where it was needs no second hearing. */
import type { Speaker, Utterance } from '#contract/transcript/utterance.ts';
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import { cacheKey } from './cache-key.ts';
import { readCached, writeCached } from './cached.ts';
import type { Spoken } from './spoken.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

export interface VoiceSpan {
  startMs: number;
  endMs: number;
  /** The speaker's own channel; null: all channels mixed. */
  channel: number | null;
}

export const voiceSpan = (
  { startMs, endMs, speakerId }: Utterance,
  speakers: readonly Speaker[],
): VoiceSpan => ({
  startMs,
  endMs,
  channel: speakers.find(({ id }) => id === speakerId)?.channel ?? null,
});
export const spanKey = ({ startMs, endMs, channel }: VoiceSpan): string =>
  `${channel ?? 'all'} ${startMs}-${endMs}`;

const keyOf = ({ source }: Pick<AnalysisRequest, 'source'>, parts: AnalysisParts): string =>
  cacheKey('voices', [source.sha256, parts.models.fingerprint('voice-emotion')]);

/** By `spanKey`. Empty where nothing was kept, or where it had to make room. */
export const keptVoices = async (
  request: Pick<AnalysisRequest, 'source'>,
  parts: AnalysisParts,
): Promise<Map<string, VoiceEmbedding>> =>
  (await readCached(parts.cache, keyOf(request, parts))) ?? new Map();

export const keepVoices = (
  request: Pick<AnalysisRequest, 'source'>,
  parts: AnalysisParts,
  voices: ReadonlyMap<string, VoiceEmbedding>,
): Promise<void> => writeCached(parts.cache, keyOf(request, parts), voices);

/** What an analysis heard, for corrections to come. */
export async function keepHeard(
  request: AnalysisRequest,
  parts: AnalysisParts,
  { transcript, voices }: Spoken,
): Promise<void> {
  const bySpan = transcript.utterances.flatMap((u) => {
    const voice = voices.get(u.id);
    return voice ? [[spanKey(voiceSpan(u, transcript.speakers)), voice] as const] : [];
  });
  await keepVoices(request, parts, new Map(bySpan));
}
