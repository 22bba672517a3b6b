/** A file of texts that is being looked at or brought in: on disk, or an upload that lies encrypted in the workspace. */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ImportSource } from '#contract/methods/table.ts';
import type { Bytes } from '#models/texts/file/bytes.ts';
import { openUpload } from '../library/open-upload.ts';
import { SourceFile } from '../library/source-file.ts';
import type { Uploads } from '../library/uploads.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';

/** Taking apart a piece takes main a few milliseconds; others get their turn in between. */
const PIECE_BYTES = 1 << 16;

export interface TextsFile {
  name: string;
  size: number;
  bytes: Bytes;
  /** Throws 'file-changed' when it is not the file any more that was looked at. */
  verifyUnchanged(): Promise<void>;
  close(): Promise<void>;
}

async function* inTurns(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      yield piece.subarray(at, at + PIECE_BYTES);
      await setImmediate();
    }
}

/** @throws 'file-…' */
export async function textsFileAt(file: string): Promise<TextsFile> {
  const source = await SourceFile.open(file);
  return {
    name: path.basename(file),
    size: source.bytes,
    bytes: () => inTurns(source.content(() => undefined)),
    verifyUnchanged: () => source.verifyUnchanged(),
    close: () => source.close(),
  };
}

/** Takes an upload over: it is gone once this is closed. */
async function uploadedTexts(
  { uploadId, name }: Extract<ImportSource, { kind: 'upload' }>,
  uploads: Uploads,
  workspace: OpenWorkspace,
): Promise<TextsFile> {
  const { file, close } = await openUpload(workspace, uploads.take(uploadId).staged);
  return {
    name: path.basename(name),
    size: file.size(),
    bytes: () => inTurns(file.readRange()),
    verifyUnchanged: () => Promise.resolve(),
    close,
  };
}

/** @throws 'file-…' */
export const openTextsFile = (
  source: ImportSource,
  uploads: Uploads,
  workspace: OpenWorkspace,
): Promise<TextsFile> =>
  source.kind === 'path' ? textsFileAt(source.path) : uploadedTexts(source, uploads, workspace);
