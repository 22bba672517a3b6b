/** What this machine can run, and why not: readable before it is shared, with nothing personal in it. */
import { z } from 'zod';

export const doctorCheck = z.object({
  name: z.string(),
  outcome: z.enum(['ok', 'warning', 'failed']),
  detail: z.string(),
});
export const doctorReport = z.object({ attune: z.string(), checks: z.array(doctorCheck) });
export type DoctorReport = z.infer<typeof doctorReport>;
