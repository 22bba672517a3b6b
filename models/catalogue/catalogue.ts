/** The models that come along, as their manifests say; reading the files is somebody else's work. */
import { AttuneError } from '#contract/errors.ts';
import { MODEL_TASKS, modelManifest } from '#contract/models/manifest.ts';
import type { ModelFile, ModelManifest } from '#contract/models/manifest.ts';

/** A parsed manifest.json. @throws AttuneError 'model-damaged' when it is none */
export function parseManifest(json: string): ModelManifest {
  try {
    return modelManifest.parse(JSON.parse(json));
  } catch (cause) {
    throw new AttuneError('model-damaged', "A model's description can't be read.", {
      remedy: 'Install Attune again: its models come with it.',
      cause,
    });
  }
}

/** Orders by task, then by id; of several models of a task the first is the one in use. */
export function byTask(a: ModelManifest, b: ModelManifest): number {
  return MODEL_TASKS.indexOf(a.task) - MODEL_TASKS.indexOf(b.task) || (a.id < b.id ? -1 : 1);
}

/** The file of that role. @throws AttuneError 'model-incompatible' */
export function fileOf(manifest: ModelManifest, role: string): ModelFile {
  const file = manifest.files.find((each) => each.role === role);
  if (file !== undefined) return file;
  throw new AttuneError('model-incompatible', `The model ${manifest.id} has no part named ${role}.`);
}
