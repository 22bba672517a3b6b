// Whether Electron can open a window here, and if not, why: as a sentence for people.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from './places.mjs';
import { runNode } from './run.mjs';

/** { file } or { why }. */
export function findElectron() {
  const missing = whyNoWindow();
  if (missing) return { why: missing };
  const file = installed() ?? download();
  return file ? { file } : { why: "Electron's own download could not be reached." };
}

function whyNoWindow() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'There is no display for a window.';
  if (process.getuid() === 0)
    return "Electron's sandbox does not work for the user root, and Attune does not run without it.";
  return null;
}

function installed() {
  const folder = at('node_modules/electron');
  const name = readOr(path.join(folder, 'path.txt'), 'electron');
  const file = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist'), name);
  return existsSync(file) ? file : null;
}

/** Since version 42 Electron's binary is no part of its package: it comes once, at the first start. */
function download() {
  console.log("Fetching Electron's binary (once)…");
  const code = runNode([at('node_modules/electron/install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 10 * 60_000,
  });
  return code === 0 ? installed() : null;
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
