/** Settings as a JSON file: written whole or not at all; a damaged file is set aside, never overwritten. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { settings as settingsSchema } from '#contract/system/settings.ts';
import type { Settings } from '#contract/system/settings.ts';

export class SettingsStore {
  private readonly file: string;
  private current: Settings;
  private readonly listeners = new Set<(settings: Settings) => void>();
  /** Writes go one after the other, so that the last change is the one that stays. */
  private writing: Promise<void> = Promise.resolve();

  private constructor(file: string, current: Settings) {
    this.file = file;
    this.current = current;
  }

  /** `wasDamaged` says that the defaults stand in for a file that could not be read, which now has another name. */
  static async load(file: string): Promise<{ store: SettingsStore; wasDamaged: boolean }> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      return { store: new SettingsStore(file, settingsSchema.parse({})), wasDamaged: false };
    }
    const parsed = settingsSchema.safeParse(jsonOrNull(text));
    if (parsed.success) return { store: new SettingsStore(file, parsed.data), wasDamaged: false };
    await rename(file, `${file}.damaged-${Date.now()}`);
    return { store: new SettingsStore(file, settingsSchema.parse({})), wasDamaged: true };
  }

  get(): Settings {
    return this.current;
  }

  /** Keys that are left out, or undefined, stay as they are. */
  async update(patch: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const next = settingsSchema.parse({ ...this.current, ...given });
    this.current = next;
    const written = this.writing.then(() => writeWhole(this.file, `${JSON.stringify(next, null, 2)}\n`));
    this.writing = written.catch(() => {});
    await written;
    for (const listener of this.listeners) listener(next);
    return next;
  }

  onChange(listener: (settings: Settings) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
