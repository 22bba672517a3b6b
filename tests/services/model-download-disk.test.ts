/** Downloads that the disk has no room for: in the middle of a file, or when the files that came are copied. Real disks, and a real limit. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import { CAME_WHOLE, Downloads, ENCODER } from '../fixtures/downloads.ts';
import { modelServer } from '../fixtures/model-server.ts';
import { smallDisk } from '../fixtures/small-disk.ts';
import { tinyWhisper } from '../fixtures/whisper.ts';
import { snapshot } from '../fixtures/workspace.ts';

const MIB = 2 ** 20;
const downloads = new Downloads();
/** Its bits are random: an archive of it has an eighth of its size, and no run that looks like a bomb. */
function withEncoder(bytes: number): Record<string, Uint8Array> {
  const encoder = new Uint8Array(bytes);
  for (let i = 0, x = 1; i < bytes; i++) encoder[i] = ((x = (x * 48271) % 2147483647) >> 9) & 1;
  return { ...tinyWhisper(), [ENCODER]: encoder };
}

/** A model that was brought in before, and what makes sure that it alone is there. */
function withOne(modelsFolder: string): () => Promise<void> {
  const id = 'whisper-mine';
  const folder = path.join(modelsFolder, id);
  const files = [{ role: 'encoder', path: 'encoder.onnx', bytes: MIB / 2, sha256: 'ab'.repeat(32) }];
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'encoder.onnx'), Buffer.alloc(MIB / 2, 7));
  const manifest: ModelManifest = {
    ...{
      id,
      version: '1',
      task: 'speech-recognition-multilingual',
      title: 'Mine',
      source: { kind: 'imported' },
    },
    ...{ files, licence: 'mine', nonCommercial: false, notice: '', languages: ['en'], settings: {} },
  };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  const before = snapshot(modelsFolder);
  return async () => {
    expect((await importedModels(modelsFolder)).map((model) => model.manifest.id)).toEqual([id]);
    expect(readdirSync(modelsFolder)).toEqual([id]);
    expect(snapshot(modelsFolder)).toEqual(before);
  };
}

it('a full disk ends a download with what was there before whole and nothing else, and once there is room it comes', async ({
  skip,
}) => {
  const disk = smallDisk(4, skip);
  downloads.modelsFolder = path.join(disk, 'models');
  const onlyOne = withOne(downloads.modelsFolder);

  const tooLarge = await modelServer(withEncoder(6 * MIB));
  await downloads.refused(tooLarge.address, 'disk-full', /full/);
  await onlyOne();
  // It comes, but a model needs its room twice until it is in.
  const twice = await modelServer(withEncoder(2 * MIB));
  await downloads.refused(twice.address, 'disk-full', /full/);
  await onlyOne();

  execFileSync('mount', ['-o', 'remount,size=32m', disk]);
  const server = await modelServer(tinyWhisper());
  await expect(downloads.get(server.address)).rejects.toMatchObject(CAME_WHOLE);
  await onlyOne();
});

it.skipIf(process.platform === 'win32').each<[string, string, Record<string, Uint8Array>]>([
  ['of its own', '', withEncoder(3 * MIB)],
  ['in an archive', 'm.zip', { 'm.zip': zipSync(withEncoder(3 * MIB)) }],
])(
  'a file %s that outgrows what the system lets a program write is a full disk, too',
  async (_what, at, files) => {
    const onlyOne = withOne(downloads.modelsFolder);
    const server = await modelServer(files);
    const fixture = path.join(import.meta.dirname, '../fixtures/download-and-tell.ts');
    // In blocks of 512 bytes or of 1,024, as the shell has it: 1 or 2 MiB a file.
    const child = spawn(
      'sh',
      [
        '-c',
        'ulimit -f 2048 && exec "$0" "$@"',
        process.execPath,
        fixture,
        `${server.address}${at}`,
        downloads.modelsFolder,
      ],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const [told] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
    expect(told[0]).toMatchObject({ code: 'disk-full' });
    await onlyOne();
  },
);
