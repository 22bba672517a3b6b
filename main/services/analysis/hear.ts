/** Second pass over the sound, at the places where somebody speaks: words and voice of each utterance; audio is never kept. */
import type { Word } from '#contract/transcript/utterance.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { cacheKey } from './cache-key.ts';
import { ChannelCutter } from './channel-cutter.ts';
import { HeardSoFar } from './heard-so-far.ts';
import { progressAt } from './progress-at.ts';
import type { CutSpan } from './span-cutter.ts';
import type { SpokenSpan } from './tell-apart.ts';
import type { AnalysisParts, AnalysisRequest, HeardUtterance } from './types.ts';

const CHUNK_MS = 2000;

const RECOGNISED_LANGUAGES = new Set(['auto', 'en']);
export const canRecognise = (language: string): boolean => RECOGNISED_LANGUAGES.has(language);

/** One entry a span, in order; none where the sound ended before it. `separate`: spans lie in the channel they name, else in the mix of all. */
export async function hear(
  spans: readonly SpokenSpan[],
  separate: boolean,
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<(HeardUtterance | undefined)[]> {
  const { input, info, settings, source } = request;
  const { inference, media, cache } = parts;
  const { signal } = context;
  const report = context.stage('speech');
  const models = parts.models.fingerprint('speech-recognition', 'voice-emotion');
  const soFar = await HeardSoFar.open(
    cache,
    cacheKey('speech', [source.sha256, models, settings.language, separate]),
  );
  const heard = spans.map((span) => soFar.find(span));
  if (heard.every((utterance) => utterance !== undefined)) {
    report.reused();
    return heard;
  }

  const listen = async (index: number, samples: Float32Array): Promise<void> => {
    const { channel, startMs, endMs } = spans[index]!;
    const recognised = canRecognise(settings.language)
      ? await inference.call('speech.recognise', { samples, language: 'en' }, { signal })
      : null;
    const voice = await inference.call('voice.embed', { samples }, { signal });
    const { text = '', confidence = null } = recognised ?? {};
    const words = (recognised?.words ?? []).map((word) => later(word, startMs));
    heard[index] = { channel, startMs, endMs, text, confidence, words, voice };
    await soFar.add(heard[index]);
  };
  const missing = spans.flatMap((_, i) => (heard[i] ? [] : [i]));
  const cutter = new ChannelCutter(
    missing.map((i) => ({ ...spans[i]!, channel: separate ? spans[i]!.channel : null })),
    Infinity,
  );
  const listenTo = async (cuts: CutSpan[]): Promise<void> => {
    for (const { index, samples } of cuts) await listen(missing[index]!, samples);
  };
  try {
    for await (const chunk of media.audio(input, info, { signal, chunkMs: CHUNK_MS })) {
      await listenTo(cutter.push(chunk));
      report.progress(progressAt(chunk, info.durationMs));
    }
    await listenTo(cutter.finish());
  } finally {
    await soFar.save();
  }
  report.done();
  return heard;
}

const later = (word: Word, ms: number): Word => ({
  ...word,
  startMs: word.startMs + ms,
  endMs: word.endMs + ms,
});
