/** Weights are proven to be the ones in the manifest before anything uses them. */
import { createHash, type Hash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { AttuneError } from '#contract/errors.ts';
import type { ModelFile } from '#contract/models/manifest.ts';
import { fileOf } from '#models/catalogue/catalogue.ts';
import { weightFilePath } from '#main/platform/weights.ts';
import type { InstalledModel } from '#main/platform/weights.ts';

const PIECE_BYTES = 1 << 20;

const remedyFor = ({ manifest }: InstalledModel): string =>
  manifest.source.kind === 'imported'
    ? 'Remove it under Models and system and bring it in again.'
    : 'Install Attune again: its models come with it.';

/** A file of parsed JSON. @throws AttuneError 'model-missing', 'model-damaged', 'model-incompatible' */
export async function readVerifiedJson(model: InstalledModel, role: string): Promise<unknown> {
  const bytes = await readVerified(model, fileOf(model.manifest, role));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** @throws AttuneError 'model-missing', 'model-damaged' */
export async function readVerified(model: InstalledModel, file: ModelFile): Promise<Uint8Array> {
  const bytes = await readFile(weightFilePath(model, file)).catch(missing(model));
  checkSize(model, file, bytes.length);
  checkHash(model, file, createHash('sha256').update(bytes));
  return bytes;
}

/** The same without holding the file in memory. @throws AttuneError 'model-missing', 'model-damaged' */
export async function verify(model: InstalledModel, file: ModelFile): Promise<void> {
  const handle = await open(weightFilePath(model, file)).catch(missing(model));
  try {
    checkSize(model, file, (await handle.stat()).size);
    const hash = createHash('sha256');
    for await (const piece of handle.createReadStream({ autoClose: false, highWaterMark: PIECE_BYTES }))
      hash.update(piece as Buffer);
    checkHash(model, file, hash);
  } finally {
    await handle.close();
  }
}

const missing =
  (model: InstalledModel) =>
  (cause: unknown): never => {
    const message = `A file of the model “${model.manifest.title}” is missing.`;
    throw new AttuneError('model-missing', message, { remedy: remedyFor(model), cause });
  };

function checkSize(model: InstalledModel, file: ModelFile, bytes: number): void {
  if (bytes === file.bytes) return;
  throw damaged(model, `is damaged: ${bytes} bytes instead of ${file.bytes}`);
}

function checkHash(model: InstalledModel, file: ModelFile, hash: Hash): void {
  if (hash.digest('hex') !== file.sha256) throw damaged(model, 'is not the one it should be');
}

const damaged = (model: InstalledModel, how: string): AttuneError =>
  new AttuneError('model-damaged', `A file of the model “${model.manifest.title}” ${how}.`, {
    remedy: remedyFor(model),
  });
