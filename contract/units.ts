/** Unit aliases: they document a number's unit; names carry it too (`startMs`, `sampleRateHz`). */
import { z } from 'zod';

/** Integer milliseconds from the start of the recording. */
export type Milliseconds = number;

export const milliseconds = z.number().int().nonnegative();
export const probability = z.number().min(0).max(1);
export const isoTime = z.iso.datetime();
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** A stretch of the recording, half open: start <= t < end. */
export const span = z.object({ startMs: milliseconds, endMs: milliseconds });
export type Span = z.infer<typeof span>;

/** How long both last at once. */
export const overlapMs = (a: Span, b: Span): Milliseconds =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
