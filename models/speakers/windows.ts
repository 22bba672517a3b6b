/** The windows that speaker embeddings are made from. */
import type { Span } from '#contract/units.ts';
import type { SpeakerSettings } from './settings.ts';

/** Overlapping windows over a stretch of speech, evenly spread, at most `hopMs` apart; a shorter stretch is one window. */
export function windowsOver(
  { startMs, endMs }: Span,
  { windowMs, hopMs }: Pick<SpeakerSettings, 'windowMs' | 'hopMs'>,
): Span[] {
  const spare = endMs - startMs - windowMs;
  if (spare <= 0) return [{ startMs, endMs }];
  const steps = Math.ceil(spare / hopMs);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const from = Math.round(startMs + (spare * i) / steps);
    return { startMs: from, endMs: from + windowMs };
  });
}

/** Samples laid end to end until they are `length` long: the encoder hears the same voice, only longer. */
export function repeated(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples.subarray(0, length);
  const longer = new Float32Array(length);
  if (samples.length === 0) return longer;
  for (let at = 0; at < length; at += samples.length)
    longer.set(samples.subarray(0, Math.min(samples.length, length - at)), at);
  return longer;
}
