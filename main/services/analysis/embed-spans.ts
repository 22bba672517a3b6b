/** Listens again to stretches of a recording; what lies far from all of them is skipped. */
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import { toSample } from '#models/sound-rate.ts';
import { ChannelCutter } from './channel-cutter.ts';
import { MAX_UTTERANCE_MS } from './hear-imported.ts';
import { spanKey, type VoiceSpan } from './kept-voices.ts';
import type { CutSpan } from './span-cutter.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

/** Decoding on costs less than seeking up to about here. */
const SKIPPED_FROM_MS = 30_000;
/** A compressed sound needs what is before a place to be itself there. */
const RUN_UP_MS = 1000;

type Source = Pick<AnalysisRequest, 'input' | 'info'>;

/** By `spanKey`; stretches without sound are left out. @throws AttuneError */
export async function embedSpans(
  source: Source,
  parts: AnalysisParts,
  spans: readonly VoiceSpan[],
  signal: AbortSignal,
): Promise<Map<string, VoiceEmbedding>> {
  const voices = new Map<string, VoiceEmbedding>();
  await hearSpans(source, parts.media, spans, signal, async (span, samples) => {
    voices.set(spanKey(span), await parts.inference.call('voice.embed', { samples }, { signal }));
  });
  return voices;
}

/** In order of time, the sound of one stretch after the other; one longer than 30 s is cut there. */
export async function hearSpans(
  { input, info }: Source,
  media: AnalysisParts['media'],
  spans: readonly VoiceSpan[],
  signal: AbortSignal,
  hear: (span: VoiceSpan, samples: Float32Array) => Promise<void>,
): Promise<void> {
  if (!info.audio) return;
  for (const near of neighbours(spans)) {
    const cutter = new ChannelCutter(near, MAX_UTTERANCE_MS);
    const heard = async (cuts: CutSpan[]): Promise<void> => {
      for (const { index, samples } of cuts) await hear(near[index]!, samples.slice());
    };
    const endSample = toSample(Math.max(...near.map(({ endMs }) => endMs)));
    const fromMs = Math.max(0, near[0]!.startMs - RUN_UP_MS);
    for await (const chunk of media.audio(input, info, { fromMs, signal })) {
      await heard(cutter.push(chunk));
      if (chunk.startSample + (chunk.channels[0]?.length ?? 0) >= endSample) break;
    }
    await heard(cutter.finish());
  }
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
