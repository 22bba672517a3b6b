import type { Job } from '#contract/jobs/job.ts';

const MUCH_BYTES = 10_000_000;
const LONG_MS = 60_000;

/** So much lies here of a download, or it took so long to come, that a person is asked before it is deleted. */
export const muchCame = ({ heldBytes, startedAt }: Job): boolean =>
  heldBytes !== null &&
  (heldBytes >= MUCH_BYTES || (startedAt !== null && Date.now() - Date.parse(startedAt) >= LONG_MS));
