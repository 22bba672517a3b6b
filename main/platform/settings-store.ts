/** Settings as a JSON file: written whole or not at all; a damaged file is set aside, never overwritten. */
import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { settings as settingsSchema } from '#contract/system/settings.ts';
import type { Settings } from '#contract/system/settings.ts';
import { writeWhole } from './durable.ts';

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
    const written = this.writing.then(() => this.write(next));
    this.writing = written.catch(() => {});
    await written;
    for (const listener of this.listeners) listener(next);
    return next;
  }

  private async write(next: Settings): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    await writeWhole(this.file, `${JSON.stringify(next, null, 2)}\n`);
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
