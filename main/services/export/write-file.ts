/** Writes a file that the person asked for: whole or not at all. */
import { AttuneError } from '#contract/errors.ts';
import { writeWhole, type Content } from '#main/platform/durable.ts';
import { systemCode } from '../workspace/file-errors.ts';

/** @throws AttuneError 'output-not-writable' or 'disk-full', and what the parts throw */
export async function writeFileWhole(file: string, content: Content): Promise<void> {
  await writeWhole(file, content).catch((cause: unknown) => {
    if (cause instanceof AttuneError) throw cause;
    const full = systemCode(cause) === 'ENOSPC';
    throw new AttuneError(
      full ? 'disk-full' : 'output-not-writable',
      full
        ? 'The disk is full, so the results could not be written.'
        : 'The results could not be written to that folder.',
      {
        kept: 'Files that were there before are unchanged.',
        remedy: 'Choose another folder with --out.',
        cause,
      },
    );
  });
}
