/** Which weights a figure was measured with. */
import { modelTag, type ModelTask } from '#contract/models/manifest.ts';
import type { ModelsInUse } from '../analysis/models-in-use.ts';

/** `id@version` and the beginning of the SHA-256 of its first file: versions may stay while weights are being made. */
export const weightTags = (models: ModelsInUse, tasks: readonly ModelTask[]): string[] =>
  tasks.map((task) => {
    const manifest = models.of(task);
    const [file] = manifest.files;
    return file ? `${modelTag(manifest)} (${file.sha256.slice(0, 8)})` : modelTag(manifest);
  });
