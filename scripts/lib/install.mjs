// node_modules as package-lock.json says: looked at, and installed only when it differs.
import { readFileSync } from 'node:fs';
import { at } from './places.mjs';
import { npm } from './run.mjs';

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/** npm notes beside the packages what it put there; an optional package may be missing, for it fits another system. */
export function isInstalled() {
  const wanted = readJson(at('package-lock.json'))?.packages ?? {};
  const present = readJson(at('node_modules/.package-lock.json'))?.packages;
  if (!present) return false;
  return Object.entries(wanted).every(([place, { version, optional, link, extraneous }]) => {
    // A lockfile may still name a package that nothing needs any more; npm leaves it out.
    if (place === '' || link || extraneous) return true;
    const there = present[place];
    return there ? there.version === version : optional === true;
  });
}

export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing what package-lock.json pins (once)…');
  // No package here needs its install script, and some would download: see allowScripts in package.json, which an
  // older npm does not know.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const code = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    env,
    // Standard output belongs to the command that is being prepared.
    stdio: ['inherit', 2, 2],
  });
  if (code !== 0) throw new Error('npm ci failed; what it said stands above.');
}
