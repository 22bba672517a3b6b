/** The voices of stretches: as they were kept, or heard again and then kept. */
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import { embedSpans } from './embed-spans.ts';
import { keepVoices, keptVoices, spanKey, type VoiceSpan } from './kept-voices.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

/** By `spanKey`; stretches without sound are left out. @throws AttuneError */
export async function voicesOf(
  spans: readonly VoiceSpan[],
  request: Pick<AnalysisRequest, 'input' | 'info' | 'source'>,
  parts: AnalysisParts,
  signal: AbortSignal,
): Promise<Map<string, VoiceEmbedding>> {
  const heard = await keptVoices(request, parts);
  const missing = spans.filter((span) => !heard.has(spanKey(span)));
  if (missing.length === 0) return heard;
  for (const [key, voice] of await embedSpans(request, parts, missing, signal)) heard.set(key, voice);
  await keepVoices(request, parts, heard);
  return heard;
}
