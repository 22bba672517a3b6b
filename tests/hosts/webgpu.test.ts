/** Real WebGPU on a GPU imitated in software, which the Electron for the tests carries. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const script = path.join(import.meta.dirname, 'fixtures/webgpu.ts');
const runtime = path.resolve(import.meta.dirname, '../../.electron-runtime');
const driver = path.join(runtime, 'vk_swiftshader_icd.json');
const ready = existsSync(driver);

interface Opened {
  provider: string;
  refused: { provider: string; reason: string }[];
  y: number[];
}
async function openWith(environment: Record<string, string>): Promise<Opened> {
  const { stdout } = await run(process.execPath, [script], { env: { ...process.env, ...environment } });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Opened;
}

it.skipIf(!ready)(
  `runs a graph where there is a device${ready ? '' : ' (needs .electron-runtime)'}`,
  async () => {
    const opened = await openWith({
      LD_LIBRARY_PATH: runtime,
      VK_DRIVER_FILES: driver,
      VK_ICD_FILENAMES: driver,
    });
    expect(opened).toEqual({ provider: 'webgpu', refused: [], y: [0, 1, 2.5, 9] });
  },
);

it('refuses where there is none, and the CPU computes the same', async () => {
  const opened = await openWith({
    LD_LIBRARY_PATH: '/nowhere',
    VK_DRIVER_FILES: '/nowhere',
    VK_ICD_FILENAMES: '/nowhere',
  });
  expect(opened.y).toEqual([0, 1, 2.5, 9]);
  if (opened.provider === 'cpu') expect(opened.refused).toMatchObject([{ provider: 'webgpu' }]);
});
