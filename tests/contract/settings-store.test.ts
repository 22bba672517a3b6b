import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settings } from '#contract/system/settings.ts';
import { SettingsStore } from '#main/platform/settings-store.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'attune-settings-'));
  file = path.join(folder, 'below', 'settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the settings', () => {
  it('begin as the defaults, and come back after a restart', async () => {
    const { store } = await SettingsStore.load(file);
    expect(store.get()).toEqual(settings.parse({}));
    const heard: unknown[] = [];
    store.onChange((changed) => heard.push(changed));
    await store.update({ theme: 'dark', threads: undefined });
    expect(heard).toHaveLength(1);
    const again = await SettingsStore.load(file);
    expect(again.store.get()).toMatchObject({ theme: 'dark', threads: 0 });
    expect(again.wasDamaged).toBe(false);
  });

  it('keep the last of many changes at once, and leave no temporary file', async () => {
    const { store } = await SettingsStore.load(file);
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.update({ threads: index })));
    expect((await SettingsStore.load(file)).store.get().threads).toBe(19);
    expect(await readdir(path.dirname(file))).toEqual(['settings.json']);
  });

  it.each(['{"theme": "dark', '', 'null', '{"theme":"purple"}', '\u0000\u0001'])(
    'set a damaged file %j aside and start from the defaults',
    async (text) => {
      const { store: first } = await SettingsStore.load(file);
      await first.update({ theme: 'dark' });
      await writeFile(file, text);
      const { store, wasDamaged } = await SettingsStore.load(file);
      expect(wasDamaged).toBe(true);
      expect(store.get().theme).toBe('system');
      const [kept] = (await readdir(path.dirname(file))).filter((name) => name.includes('damaged'));
      expect(await readFile(path.join(path.dirname(file), kept ?? ''), 'utf8')).toBe(text);
    },
  );

  it('refuse what the schema refuses, and stay as they were', async () => {
    const { store } = await SettingsStore.load(file);
    await expect(store.update({ threads: -1 })).rejects.toThrow();
    expect(store.get().threads).toBe(0);
  });
});
