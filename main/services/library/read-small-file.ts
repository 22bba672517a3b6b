/** A file that is read whole (a transcript), wherever it comes from: bounded, whatever its size on disk. */
import { AttuneError } from '#contract/errors.ts';
import type { StagedFile } from '../workspace/media-store.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { openUpload } from './open-upload.ts';
import { SourceFile } from './source-file.ts';

const MIB = 1024 * 1024;

const tooLarge = (maxBytes: number): AttuneError =>
  new AttuneError('file-too-large', `The file is larger than ${Math.round(maxBytes / MIB)} MiB.`, {
    kept: 'Nothing was changed.',
  });

/** Throws 'file-too-large' and what SourceFile throws. */
export async function readSmallFile(path: string, maxBytes: number): Promise<Buffer> {
  const file = await SourceFile.open(path);
  try {
    if (file.bytes > maxBytes) throw tooLarge(maxBytes);
    const pieces: Buffer[] = [];
    for await (const piece of file.content(() => {})) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  } finally {
    await file.close();
  }
}

/** An upload that was taken from Uploads; it is gone afterwards. Throws 'file-too-large'. */
export async function readSmallUpload(
  workspace: OpenWorkspace,
  staged: StagedFile,
  maxBytes: number,
): Promise<Buffer> {
  if (staged.bytes > maxBytes) {
    await staged.discard();
    throw tooLarge(maxBytes);
  }
  const { file, close } = await openUpload(workspace, staged);
  try {
    return await file.readAll();
  } finally {
    await close();
  }
}
