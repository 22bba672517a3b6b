/** What the file system says, as a code with a sentence. */
import { AttuneError } from '#contract/errors.ts';

export const systemCode = (thrown: unknown): string | undefined =>
  thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;

/** For writes inside the workspace. What isn't the file system's comes back as it is. */
export function writeError(thrown: unknown): unknown {
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return diskFull(thrown);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AttuneError('output-not-writable', "The workspace's folder can't be written to.", {
        kept: 'Everything stored before is still there.',
        remedy: 'Check the rights of the folder, and whether its disk is read-only.',
        cause: thrown,
      });
    default:
      return thrown;
  }
}

export const diskFull = (cause?: unknown): AttuneError =>
  new AttuneError('disk-full', 'The disk is full.', {
    kept: 'Everything stored before is still there; what was being written was taken back.',
    remedy: 'Free some space and try again.',
    cause,
  });
