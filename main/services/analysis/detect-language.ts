/** Which language a recording is in, by its first half minute of speech. */
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { DetectedLanguage } from '#models/speech/whisper/language.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { cacheKey } from './cache-key.ts';
import { readCached, writeCached } from './cached.ts';
import { ChannelCutter } from './channel-cutter.ts';
import { fingerprintOf } from './models-in-use.ts';
import type { CutSpan } from './span-cutter.ts';
import type { SpokenSpan } from './tell-apart.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

const HEARD_MS = 30_000;
const SAMPLES_PER_MS = 16;

/** @param spans where somebody speaks, at least one */
export async function detectedLanguage(
  model: ModelManifest,
  spans: readonly SpokenSpan[],
  separate: boolean,
  { input, info, source }: AnalysisRequest,
  { cache, inference, media }: AnalysisParts,
  { signal }: WorkContext,
): Promise<DetectedLanguage> {
  let ms = 0;
  const first = spans.filter(({ startMs, endMs }) => {
    const fits = ms < HEARD_MS;
    ms += endMs - startMs;
    return fits;
  });
  const places = first.map(({ channel, startMs, endMs }) => ({
    startMs,
    endMs,
    channel: separate ? channel : null,
  }));
  const key = cacheKey('language', [source.sha256, fingerprintOf(model), places]);
  const known = await readCached<DetectedLanguage>(cache, key);
  if (known) return known;

  const samples = new Float32Array(HEARD_MS * SAMPLES_PER_MS);
  let length = 0;
  const cutter = new ChannelCutter(places, Infinity);
  const take = (cuts: CutSpan[]): void => {
    for (const cut of cuts) {
      const fitting = cut.samples.subarray(0, samples.length - length);
      samples.set(fitting, length);
      length += fitting.length;
    }
  };
  const end = Math.max(...places.map(({ endMs }) => endMs));
  for await (const chunk of media.audio(input, info, { signal })) {
    take(cutter.push(chunk));
    if (chunk.startSample / SAMPLES_PER_MS > end) break;
  }
  take(cutter.finish());
  const call = { model: model.id, samples: samples.slice(0, length) };
  const detected = await inference.call('whisper.language', call, { signal });
  await writeCached(cache, key, detected);
  return detected;
}
