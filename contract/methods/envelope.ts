/** How an answer crosses a process boundary: data, never a thrown string. */
import { z } from 'zod';
import { errorData } from '../errors.ts';

export const envelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorData }),
]);
export type Envelope = z.infer<typeof envelope>;
