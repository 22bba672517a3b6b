// npm test: sets up what the tests need, then runs all of them. Its last line is "N passed, N failed".
// npm test -- check | unit | e2e | packaged: only that part.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { at } from './lib/places.mjs';
import { runNode, withNode } from './lib/run.mjs';
import { ensureSystemParts } from './lib/system-parts.mjs';
import { Tally } from './lib/tally.mjs';

const only = process.argv[2];
const wanted = (part) => only === undefined || only === part;
const tally = new Tally();
try {
  prepare();
  if (wanted('check')) staticChecks();
  if (wanted('unit')) tally.vitest('Unit, contract, host and model tests', []);
  if (wanted('e2e')) journeys();
  if (wanted('packaged')) packagedApp();
} catch (error) {
  console.error(error.message);
  tally.failed += 1;
}
if (tally.skipped > 0) console.log(`\n${tally.skipped} skipped, by name above.`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;

function prepare() {
  ensureInstalled();
  const missing = ensureSystemParts();
  if (missing.length > 0) console.log(`Not here, and tests that need it will say so: ${missing.join(', ')}`);
  ensureBuilt();
  if (wanted('unit') || wanted('e2e')) prepareElectron();
}

function prepareElectron() {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const code = runNode([at('tools/electron-runtime/prepare.mjs')]);
    if (code !== 0) throw new Error("The tests' own Electron could not be prepared.");
  } else if (!existsSync(at('node_modules/electron/path.txt')))
    runNode([at('node_modules/electron/install.js')]);
}

function staticChecks() {
  const checks = {
    'types (tsc)': ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
    'types of the interface (svelte-check)': [
      'node_modules/svelte-check/bin/svelte-check',
      '--tsconfig',
      'renderer/tsconfig.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ],
    'lint and import boundaries (eslint)': ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'],
    'format (prettier)': ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'],
  };
  for (const [name, [script, ...args]] of Object.entries(checks))
    tally.check(name, () => runNode([at(script), ...args], { env: withNode() }) === 0);
}

function journeys() {
  const config = ['--config', 'vitest.e2e.config.ts'];
  watchedVitest('Journeys in the browser window', config, { ATTUNE_E2E_SHELL: 'browser' }, []);
  watchedVitest('Journeys in Electron', config, { ATTUNE_E2E_SHELL: 'electron' }, withDisplay());
}

/** The app as it would be released, its fuses set: the smoke journey. */
function packagedApp() {
  tally.check('packaging', () => runNode([at('scripts/package.mjs')], { env: withNode() }) === 0);
  const attune = at('dist/linux-unpacked/attune');
  if (process.platform !== 'linux' || !existsSync(attune)) return;
  const env = { ATTUNE_E2E_SHELL: 'electron', ATTUNE_PACKAGED: attune };
  const config = ['--config', 'vitest.e2e.config.ts', 'tests/e2e/journeys/first-start.test.ts'];
  watchedVitest('The packaged app', config, env, withDisplay());
}

function withDisplay() {
  return process.platform === 'linux' && !process.env.DISPLAY ? ['xvfb-run', '-a'] : [];
}

/** The journeys run where every packet that would leave the machine is counted, and there must be none. */
function watchedVitest(name, args, env, display) {
  const report = at('tests/.artifacts/packets-out');
  rmSync(report, { force: true });
  mkdirSync(path.dirname(report), { recursive: true });
  const watch = [...namespaces(), 'sh', at('tests/e2e/support/watched-network.sh'), report];
  const canWatch =
    process.platform === 'linux' && spawnSync(watch[0], [...watch.slice(1), 'true']).status === 0;
  rmSync(report, { force: true });
  tally.vitest(name, args, { env, before: [...(canWatch ? watch : []), ...display] });
  const packets = canWatch ? readFileSync(report, 'utf8').trim() : null;
  if (canWatch) tally.check(`${name}: ${packets} packets left the machine`, () => packets === '0');
  else console.log('Not watched for packets that leave the machine: this system gives no network namespace.');
}

function namespaces() {
  return ['unshare', process.getuid() === 0 ? '-nm' : '-rnm'];
}
