// npm run package: an unpacked app for this system in dist/, with its size.
// npm run package -- --installers: the installers too (AppImage and deb, dmg, or nsis), which fetch electron-builder's tools.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { at } from './lib/places.mjs';
import { runNode } from './lib/run.mjs';

ensureInstalled();
ensureBuilt();
const { build, Platform } = await import('electron-builder');
const { configuration } = await import('../electron-builder.config.mjs');

const electron = findElectron();
console.log(electron.said);
const current = Platform.current();
const installers = process.argv.includes('--installers');
await build({
  targets: installers ? current.createTarget() : current.createTarget('dir'),
  config: configuration(electron),
  publish: 'never',
});
const folder = readdirSync(at('dist')).find((name) => name.includes('unpacked') || name.startsWith('mac'));
report(at('dist', folder));

/** Electron's own download; else a folder that somebody names; else the tests' runtime, said plainly. */
function findElectron() {
  const own = at('node_modules/electron/dist');
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const ofTests = at('.electron-runtime');
  const dist = (folder) => ({
    electronDist: folder,
    electronVersion: readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, ''),
  });
  if (named) return { ...dist(named), said: `With the Electron in ELECTRON_OVERRIDE_DIST_PATH.` };
  const quiet = { stdio: 'ignore', timeout: 10 * 60_000 };
  if (existsSync(path.join(own, 'version')) || runNode([at('node_modules/electron/install.js')], quiet) === 0)
    return { ...dist(own), said: 'With the Electron that package.json names.' };
  if (process.platform === 'linux' && process.arch === 'x64') {
    runNode([at('tools/electron-runtime/prepare.mjs')]);
    const found = dist(ofTests);
    return {
      ...found,
      said: `Electron's own download is out of reach: packaged with the tests' Electron ${found.electronVersion}. To try, not to ship.`,
    };
  }
  throw new Error(
    "Electron's own download is out of reach; name an unpacked one with ELECTRON_OVERRIDE_DIST_PATH.",
  );
}

function report(folder) {
  const bytes = (place) =>
    statSync(place).isDirectory()
      ? readdirSync(place).reduce((sum, name) => sum + bytes(path.join(place, name)), 0)
      : statSync(place).size;
  const mib = (place) => `${(bytes(place) / 2 ** 20).toFixed(0).padStart(5)} MiB`;
  console.log(`\n${mib(folder)}  ${path.relative(at(), folder)}`);
  const resources = existsSync(path.join(folder, 'resources')) ? path.join(folder, 'resources') : null;
  if (resources === null) return;
  const unpacked = path.join(resources, 'app.asar.unpacked');
  for (const part of ['app.asar', 'app.asar.unpacked/models', 'app.asar.unpacked/node_modules'])
    if (existsSync(path.join(resources, part)))
      console.log(`${mib(path.join(resources, part))}    of it ${part}`);
  for (const name of readdirSync(path.join(unpacked, 'node_modules')))
    console.log(`${mib(path.join(unpacked, 'node_modules', name))}      ${name}`);
}
