/** Weights are read whole and proven to be the ones in the manifest before anything uses them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AttuneError } from '#contract/errors.ts';
import type { ModelFile } from '#contract/models/manifest.ts';
import { fileOf } from '#models/catalogue/catalogue.ts';
import { weightFilePath } from '#main/platform/weights.ts';
import type { InstalledModel } from '#main/platform/weights.ts';

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
  const { title } = model.manifest;
  const remedy = remedyFor(model);
  const bytes = await readFile(weightFilePath(model, file)).catch((cause: unknown) => {
    throw new AttuneError('model-missing', `A file of the model “${title}” is missing.`, { remedy, cause });
  });
  if (bytes.length !== file.bytes)
    throw new AttuneError(
      'model-damaged',
      `A file of the model “${title}” is damaged: ${bytes.length} bytes instead of ${file.bytes}.`,
      { remedy },
    );
  if (createHash('sha256').update(bytes).digest('hex') !== file.sha256)
    throw new AttuneError('model-damaged', `A file of the model “${title}” is not the one it should be.`, {
      remedy,
    });
  return bytes;
}
