/** Second pass over the sound, at the places where somebody speaks: words and voice of each utterance; audio is never kept. */
import type { Word } from '#contract/transcript/utterance.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { cacheKey } from './cache-key.ts';
import { ChannelCutter } from './channel-cutter.ts';
import { HeardSoFar } from './heard-so-far.ts';
import { fingerprintOf } from './models-in-use.ts';
import { progressAt } from './progress-at.ts';
import type { Recogniser } from './recogniser.ts';
import type { CutSpan } from './span-cutter.ts';
import type { SpokenSpan } from './tell-apart.ts';
import type { AnalysisParts, AnalysisRequest, HeardUtterance } from './types.ts';

const CHUNK_MS = 2000;
const SAMPLES_PER_MS = 16;

/**
 * One entry a span, in order; none where the sound ended before it.
 * @param separate spans lie in the channel they name, else in the mix of all
 * @param recogniser null: voices alone
 */
export async function hear(
  spans: readonly SpokenSpan[],
  separate: boolean,
  recogniser: Recogniser | null,
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<(HeardUtterance | undefined)[]> {
  const { input, info, source } = request;
  const { inference, media, cache } = parts;
  const { signal } = context;
  const report = context.stage('speech');
  const models = parts.models.fingerprint('speech-recognition', 'voice-emotion');
  const hearing = recogniser && [fingerprintOf(recogniser.manifest), recogniser.language];
  const soFar = await HeardSoFar.open(cache, cacheKey('speech', [source.sha256, models, hearing, separate]));
  const heard = spans.map((span) => soFar.find(span));
  if (heard.every((utterance) => utterance !== undefined)) {
    report.reused();
    return heard;
  }

  const listen = async (cuts: readonly CutSpan[]): Promise<void> => {
    if (cuts.length === 0) return;
    const from = Date.now();
    const clips = cuts.map(({ samples }) => samples);
    const recognised = (await recogniser?.hear(clips, signal)) ?? [];
    const recognisedInMs = (Date.now() - from) / cuts.length;
    for (const [i, { index, samples }] of cuts.entries()) {
      const { channel, startMs, endMs } = spans[index]!;
      const voice = await inference.call('voice.embed', { samples }, { signal });
      const { text = '', confidence = null } = recognised[i] ?? {};
      const words = (recognised[i]?.words ?? []).map((word) => later(word, startMs));
      heard[index] = { channel, startMs, endMs, text, confidence, words, voice, recognisedInMs };
      await soFar.add(heard[index]);
    }
  };
  const missing = spans.flatMap((_, i) => (heard[i] ? [] : [i]));
  const cutter = new ChannelCutter(
    missing.map((i) => ({ ...spans[i]!, channel: separate ? spans[i]!.channel : null })),
    Infinity,
  );
  /** Waiting to be heard together. */
  const open: CutSpan[] = [];
  const listenTo = async (cuts: CutSpan[], last = false): Promise<void> => {
    const windowMs = recogniser?.windowMs ?? 0;
    for (const { index, samples } of cuts) {
      const cut = { index: missing[index]!, samples };
      if (lengthMs([...open, cut]) > windowMs) await listen(open.splice(0));
      open.push(cut);
      if (lengthMs(open) >= windowMs) await listen(open.splice(0));
    }
    if (last) await listen(open.splice(0));
  };
  try {
    for await (const chunk of media.audio(input, info, { signal, chunkMs: CHUNK_MS })) {
      await listenTo(cutter.push(chunk));
      report.progress(progressAt(chunk, info.durationMs));
    }
    await listenTo(cutter.finish(), true);
  } finally {
    await soFar.save();
  }
  report.done();
  return heard;
}

const lengthMs = (cuts: readonly CutSpan[]): number =>
  cuts.reduce((sum, { samples }) => sum + samples.length / SAMPLES_PER_MS, 0);

const later = (word: Word, ms: number): Word => ({
  ...word,
  startMs: word.startMs + ms,
  endMs: word.endMs + ms,
});
