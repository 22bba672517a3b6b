// out/ as the sources say: built when they are not the ones that it was built from.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, root } from './places.mjs';
import { runNode } from './run.mjs';

const SOURCES = ['contract', 'models', 'main', 'preload', 'renderer'];
const FILES = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
];
const STAMP = at('out/built-from');

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    // Weights are read where they lie, and recipes are no part of the program.
    if (entry.isDirectory()) {
      if (!['weights', 'recipes', 'cards'].includes(entry.name)) yield* files(file);
    } else yield file;
  }
}

function sourcesHash() {
  const hash = createHash('sha256');
  const all = [...SOURCES.flatMap((folder) => [...files(at(folder))]), ...FILES.map((file) => at(file))];
  for (const file of all.sort())
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

const builtFrom = () => {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return null;
  }
};

export function ensureBuilt() {
  const wanted = sourcesHash();
  if (builtFrom() === wanted) return;
  console.log('Building…');
  rmSync(STAMP, { force: true });
  const code = runNode([
    at('node_modules/electron-vite/bin/electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  if (code !== 0) throw new Error('The build failed; what it said stands above.');
  mkdirSync(at('out'), { recursive: true });
  writeFileSync(STAMP, wanted);
}
