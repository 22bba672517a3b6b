/** Listens again to stretches of a recording; what lies far from all of them is skipped. */
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import { SAMPLE_RATE_HZ } from '#main/hosts/media/media.ts';
import { ChannelCutter } from './channel-cutter.ts';
import { MAX_UTTERANCE_MS } from './hear-imported.ts';
import { spanKey, type VoiceSpan } from './kept-voices.ts';
import type { CutSpan } from './span-cutter.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

/** Decoding on costs less than seeking up to about here. */
const SKIPPED_FROM_MS = 30_000;
/** A compressed sound needs what is before a place to be itself there. */
const RUN_UP_MS = 1000;

/** By `spanKey`; stretches without sound are left out. @throws AttuneError */
export async function embedSpans(
  { input, info }: Pick<AnalysisRequest, 'input' | 'info'>,
  parts: AnalysisParts,
  spans: readonly VoiceSpan[],
  signal: AbortSignal,
): Promise<Map<string, VoiceEmbedding>> {
  const voices = new Map<string, VoiceEmbedding>();
  if (!info.audio) return voices;
  for (const near of neighbours(spans)) {
    const cutter = new ChannelCutter(near, MAX_UTTERANCE_MS);
    const embed = async (cuts: CutSpan[]): Promise<void> => {
      for (const { index, samples } of cuts)
        voices.set(
          spanKey(near[index]!),
          await parts.inference.call('voice.embed', { samples: samples.slice() }, { signal }),
        );
    };
    const endSample = (Math.max(...near.map(({ endMs }) => endMs)) * SAMPLE_RATE_HZ) / 1000;
    const fromMs = Math.max(0, near[0]!.startMs - RUN_UP_MS);
    for await (const chunk of parts.media.audio(input, info, { fromMs, signal })) {
      await embed(cutter.push(chunk));
      if (chunk.startSample + (chunk.channels[0]?.length ?? 0) >= endSample) break;
    }
    await embed(cutter.finish());
  }
  return voices;
}

/** Stretches in order of time, those that are read in one go together. */
function neighbours(spans: readonly VoiceSpan[]): VoiceSpan[][] {
  const groups: VoiceSpan[][] = [];
  let endMs = -Infinity;
  for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    if (span.startMs - endMs > SKIPPED_FROM_MS) groups.push([]);
    groups.at(-1)!.push(span);
    endMs = Math.max(endMs, span.endMs);
  }
  return groups;
}
