/** Second pass over the sound, at the places where somebody speaks: words and voice of each utterance; audio is never kept. */
import type { Word } from '#contract/transcript/utterance.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { SAMPLE_RATE_HZ } from '#main/hosts/media/media.ts';
import { cacheKey } from './cache-key.ts';
import { mixDown } from './channels.ts';
import { HeardSoFar } from './heard-so-far.ts';
import { SpanCutter, type CutSpan } from './span-cutter.ts';
import type { SpokenSpan } from './tell-apart.ts';
import type { AnalysisParts, AnalysisRequest, HeardUtterance } from './types.ts';

const CHUNK_MS = 2000;
/** Stands for a span that is not to be cut out. */
const NOWHERE = { startMs: 0, endMs: 0 };

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

  const listen = async ({ index, samples }: CutSpan): Promise<void> => {
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
  const channels = [...new Set(spans.map(({ channel }) => channel))];
  const cutters = channels.map((channel) => {
    const missing = spans.map((span, i) => (span.channel === channel && !heard[i] ? span : NOWHERE));
    return { channel, cutter: new SpanCutter(missing, Infinity) };
  });
  try {
    for await (const chunk of media.audio(input, info, { signal, chunkMs: CHUNK_MS })) {
      const sound = separate ? chunk.channels : [mixDown(chunk.channels)];
      for (const { channel, cutter } of cutters)
        for (const cut of cutter.push(chunk.startSample, sound[channel]!)) await listen(cut);
      report.progress(
        Math.min(1, ((chunk.startSample / SAMPLE_RATE_HZ) * 1000) / Math.max(1, info.durationMs)),
      );
    }
    for (const { cutter } of cutters) for (const cut of cutter.finish()) await listen(cut);
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
