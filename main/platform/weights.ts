/** Where the weight files lie: shipped ones beside their manifest, package-carried ones in their package. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { ModelFile, ModelManifest } from '#contract/models/manifest.ts';
import { byTask, parseManifest } from '#models/catalogue/catalogue.ts';
import { unpackedFolder } from './program-folder.ts';

export interface WeightsPlace {
  /** One folder a model, with manifest.json. */
  readonly shipped: string;
  /** node_modules. */
  readonly packages: string;
}

export interface InstalledModel {
  readonly manifest: ModelManifest;
  /** Where its files' paths begin. */
  readonly folder: string;
}

export function weightsPlace(): WeightsPlace {
  const folder = unpackedFolder();
  return { shipped: path.join(folder, 'models', 'weights'), packages: path.join(folder, 'node_modules') };
}

/** All models that have a manifest, in the catalogue's order. @throws AttuneError 'model-missing', 'model-damaged' */
export async function installedModels(place: WeightsPlace = weightsPlace()): Promise<InstalledModel[]> {
  const names = await readdir(place.shipped).catch((cause: unknown) => {
    throw new AttuneError('model-missing', 'The folder with the models is missing.', {
      remedy: 'Install Attune again: its models come with it.',
      cause,
    });
  });
  const models = await Promise.all(
    names.map((name) => installedModel(path.join(place.shipped, name), place)),
  );
  return models.filter((model) => model !== null).sort((a, b) => byTask(a.manifest, b.manifest));
}

/** The manifests alone. @throws AttuneError 'model-missing', 'model-damaged' */
export async function listManifests(place: WeightsPlace = weightsPlace()): Promise<ModelManifest[]> {
  return (await installedModels(place)).map((model) => model.manifest);
}

export const weightFilePath = (model: InstalledModel, file: ModelFile): string =>
  path.join(model.folder, file.path);

async function installedModel(folder: string, place: WeightsPlace): Promise<InstalledModel | null> {
  const json = await readFile(path.join(folder, 'manifest.json'), 'utf8').catch(() => null);
  if (json === null) return null;
  const manifest = parseManifest(json);
  const { source } = manifest;
  return { manifest, folder: source.kind === 'package' ? path.join(place.packages, source.package) : folder };
}
