/** Which weights a figure was measured with. */
import { modelTag, type ModelManifest, type ModelTask } from '#contract/models/manifest.ts';
import { listManifests } from '#main/platform/weights.ts';

/** All models of a task: texts have one a language. */
export const manifestsOf = async (task: ModelTask): Promise<ModelManifest[]> =>
  (await listManifests()).filter((manifest) => manifest.task === task);

/** `id@version` and the beginning of the SHA-256 of its first file: versions may stay while weights are being made. */
export function weightTag(manifest: ModelManifest): string {
  const [file] = manifest.files;
  return file ? `${modelTag(manifest)} (${file.sha256.slice(0, 8)})` : modelTag(manifest);
}
