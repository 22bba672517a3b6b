/** The installed models by task. */
import { AttuneError } from '#contract/errors.ts';
import type { ModelTask } from '#contract/models/manifest.ts';
import type { InstalledModel } from '#main/platform/weights.ts';

export class ModelSet {
  readonly all: readonly InstalledModel[];

  constructor(models: readonly InstalledModel[]) {
    this.all = models;
  }

  /** All models of a task: one a language, where a task has several. */
  every(task: ModelTask): InstalledModel[] {
    return this.all.filter((model) => model.manifest.task === task);
  }

  /** The model in use for a task. @throws AttuneError 'model-missing' */
  of(task: ModelTask): InstalledModel {
    const found = this.all.find((model) => model.manifest.task === task);
    if (found !== undefined) return found;
    throw new AttuneError('model-missing', `The model for ${task} is not installed.`, {
      remedy: 'Install Attune again: its models come with it.',
    });
  }
}
