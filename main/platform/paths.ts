/** Where Attune keeps things. Every shell uses the same places, so that the same workspace opens in each. */
import os from 'node:os';
import path from 'node:path';

export interface AttunePaths {
  /** Everything below it is Attune's own. */
  readonly home: string;
  readonly workspace: string;
  readonly settingsFile: string;
  readonly logs: string;
  /** Models that the person brought. */
  readonly models: string;
  /** The window's own profile (Electron). */
  readonly windowProfile: string;
}

/** ATTUNE_HOME puts all of it elsewhere: for tests, and for people who keep it on another disk. */
export function attunePaths(env: NodeJS.ProcessEnv = process.env): AttunePaths {
  const home = env['ATTUNE_HOME'] ? path.resolve(env['ATTUNE_HOME']) : defaultHome(env);
  return {
    home,
    workspace: path.join(home, 'workspace'),
    settingsFile: path.join(home, 'settings.json'),
    logs: path.join(home, 'logs'),
    models: path.join(home, 'models'),
    windowProfile: path.join(home, 'window'),
  };
}

function defaultHome(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local'), 'Attune');
  if (process.platform === 'darwin')
    return path.join(os.homedir(), 'Library', 'Application Support', 'Attune');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'), 'attune');
}
