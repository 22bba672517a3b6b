import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { MODEL_TASKS } from '#contract/models/manifest.ts';
import { fileOf } from '#models/catalogue/catalogue.ts';
import { installedModels, listManifests, weightFilePath, weightsPlace } from '#main/platform/weights.ts';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

async function emptyPlace(): Promise<{ shipped: string; packages: string }> {
  const shipped = await mkdtemp(path.join(tmpdir(), 'attune-weights-'));
  folders.push(shipped);
  return { shipped, packages: path.join(shipped, 'node_modules') };
}

it('lists what is installed in the order of the tasks, with its place', async () => {
  const models = await installedModels();
  const tasks = models.map((model) => MODEL_TASKS.indexOf(model.manifest.task));
  expect(tasks).toEqual([...tasks].sort((a, b) => a - b));
  const recogniser = models.find((model) => model.manifest.task === 'speech-recognition')!;
  expect(weightFilePath(recogniser, fileOf(recogniser.manifest, 'encoder'))).toBe(
    path.join(
      weightsPlace().packages,
      '@moonshine-ai/moonshine-js/dist/model/tiny/quantized/encoder_model.onnx',
    ),
  );
  expect(() => fileOf(recogniser.manifest, 'nothing')).toThrow(
    expect.objectContaining({ code: 'model-incompatible' }),
  );
});

it('passes over folders without a manifest, refuses a manifest that is none', async () => {
  const place = await emptyPlace();
  await mkdir(path.join(place.shipped, 'notes'));
  expect(await listManifests(place)).toEqual([]);
  await writeFile(path.join(place.shipped, 'notes', 'manifest.json'), '{"id": "No Id"}');
  await expect(listManifests(place)).rejects.toMatchObject({ code: 'model-damaged' });
  await writeFile(path.join(place.shipped, 'notes', 'manifest.json'), '{');
  await expect(listManifests(place)).rejects.toMatchObject({ code: 'model-damaged' });
});

it('says when the whole folder is missing', async () => {
  const { packages } = await emptyPlace();
  await expect(listManifests({ shipped: packages, packages })).rejects.toMatchObject({
    code: 'model-missing',
  });
});
