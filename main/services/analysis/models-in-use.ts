/** The models an analysis runs: their tags for evidence and results, and what makes a cached stage theirs. */
import type { ModelManifest, ModelTask } from '#contract/models/manifest.ts';
import { modelTag } from '#contract/models/manifest.ts';
import { AttuneError } from '#contract/errors.ts';

export class ModelsInUse {
  private readonly manifests: ModelManifest[];

  /** The first manifest of a task is the one in use. */
  constructor(manifests: ModelManifest[]) {
    this.manifests = manifests;
  }

  of(task: ModelTask): ModelManifest {
    const found = this.manifests.find((m) => m.task === task);
    if (found) return found;
    throw new AttuneError('model-missing', `The model for ${task} is not installed.`, {
      remedy: 'Install Attune again: its models come with it.',
    });
  }

  tag(task: ModelTask): string {
    return modelTag(this.of(task));
  }

  /** Of every model of the task: one a language, where it has several. */
  tags(task: ModelTask): string[] {
    return this.manifests.filter((m) => m.task === task).map(modelTag);
  }

  /** Changes whenever a weight or a number of a model of these tasks changes. */
  fingerprint(...tasks: ModelTask[]): string[] {
    return this.manifests.filter(({ task }) => tasks.includes(task)).map(fingerprintOf);
  }
}

/** Of one model. */
export const fingerprintOf = (manifest: ModelManifest): string =>
  JSON.stringify([modelTag(manifest), manifest.files.map((f) => f.sha256), manifest.settings]);
