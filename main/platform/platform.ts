/** What a shell brings: the machine as the program sees it. The three shells differ in this and in nothing else. */
import type { Launcher } from '../hosts/launcher.ts';
import type { Keychain } from './keys/keychain.ts';
import type { Log } from './log.ts';
import type { AttunePaths } from './paths.ts';
import type { SettingsStore } from './settings-store.ts';

export interface HostLaunchers {
  readonly inference: Launcher;
  readonly database: Launcher;
}

export interface Platform {
  readonly shell: 'electron' | 'browser' | 'command-line';
  /** Why it isn't Electron, as a sentence for people; null in Electron. */
  readonly why: string | null;
  readonly paths: AttunePaths;
  readonly settings: SettingsStore;
  readonly log: Log;
  readonly keychain: Keychain;
  readonly launchers: HostLaunchers;
  /** The system's file dialog; null where there is none. */
  readonly chooseFiles: (() => Promise<string[]>) | null;
  /** The system's dialog for a folder; null where there is none. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
  /** The address at which an opened recording is played, by its token. */
  readonly mediaAddress: (token: string) => string;
}
