/** Listens again to stretches of a recording, no further than the last of them. */
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import { SAMPLE_RATE_HZ } from '#main/hosts/media/media.ts';
import { ChannelCutter } from './channel-cutter.ts';
import { MAX_UTTERANCE_MS } from './hear-imported.ts';
import { spanKey, type VoiceSpan } from './kept-voices.ts';
import type { CutSpan } from './span-cutter.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

/** By `spanKey`; stretches without sound are left out. @throws AttuneError */
export async function embedSpans(
  { input, info }: Pick<AnalysisRequest, 'input' | 'info'>,
  parts: AnalysisParts,
  spans: readonly VoiceSpan[],
  signal: AbortSignal,
): Promise<Map<string, VoiceEmbedding>> {
  const voices = new Map<string, VoiceEmbedding>();
  if (spans.length === 0 || !info.audio) return voices;
  const lastMs = Math.max(...spans.map(({ endMs }) => endMs));
  const cutter = new ChannelCutter(spans, MAX_UTTERANCE_MS);
  const embed = async (cuts: CutSpan[]): Promise<void> => {
    for (const { index, samples } of cuts)
      voices.set(
        spanKey(spans[index]!),
        await parts.inference.call('voice.embed', { samples: samples.slice() }, { signal }),
      );
  };
  for await (const chunk of parts.media.audio(input, info, { signal })) {
    await embed(cutter.push(chunk));
    if (chunk.startSample / SAMPLE_RATE_HZ >= lastMs / 1000) break;
  }
  await embed(cutter.finish());
  return voices;
}
