/** The speech stage with a transcript given by the person: only the voice is listened to, at the transcript's times. */
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { Waveform } from '#contract/analysis/result.ts';
import { cacheKey } from './cache-key.ts';
import { cached } from './cached.ts';
import { ChannelCutter } from './channel-cutter.ts';
import { voiceSpan } from './kept-voices.ts';
import { progressAt } from './progress-at.ts';
import type { CutSpan } from './span-cutter.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';
import { WaveformBuilder } from './waveform.ts';

export const MAX_UTTERANCE_MS = 30_000;

export interface HeardImported {
  /** One entry an utterance of the transcript; null where the recording has no sound at that time. */
  voices: (VoiceEmbedding | null)[];
  waveform: Waveform;
  damaged: boolean;
}

export async function hearImported(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<HeardImported> {
  const { input, info, source } = request;
  const { signal } = context;
  const { utterances, speakers } = request.imported!;
  const spans = utterances.map((u) => voiceSpan(u, speakers));
  const models = parts.models.fingerprint('voice-emotion');
  const report = context.stage('speech');
  return cached(parts.cache, cacheKey('speech', [source.sha256, models, spans]), report, async () => {
    const cutter = new ChannelCutter(spans, MAX_UTTERANCE_MS);
    const waveform = new WaveformBuilder();
    const voices: (VoiceEmbedding | null)[] = spans.map(() => null);
    let damaged = false;
    const embed = async (cuts: CutSpan[]): Promise<void> => {
      for (const { index, samples } of cuts)
        voices[index] = await parts.inference.call('voice.embed', { samples: samples.slice() }, { signal });
    };
    const audio = parts.media.audio(input, info, { signal, onDamage: () => (damaged = true) });
    for await (const chunk of audio) {
      waveform.push(chunk);
      await embed(cutter.push(chunk));
      report.progress(progressAt(chunk, info.durationMs));
    }
    await embed(cutter.finish());
    return { voices, waveform: waveform.finish(), damaged };
  });
}
