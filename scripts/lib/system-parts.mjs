// What the tests need of the system, fetched where that is possible (Debian and its relatives, as root).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

const onPath = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
const library = (name) => spawnSync('sh', ['-c', `ldconfig -p | grep -q ${name}`]).status === 0;

/** Part, its Debian package, and whether it is here. */
const PARTS = [
  ['xvfb-run', 'xvfb', () => onPath('xvfb-run')],
  ['xauth', 'xauth', () => onPath('xauth')],
  ['unzip', 'unzip', () => onPath('unzip')],
  ['espeak-ng', 'espeak-ng', () => onPath('espeak-ng')],
  ['Chromium', 'chromium', () => ['chromium', 'chromium-browser', 'google-chrome'].some(onPath)],
  ['ip', 'iproute2', () => existsSync('/usr/sbin/ip') || onPath('ip')],
  ['GTK 3', 'libgtk-3-0', () => library('libgtk-3.so.0')],
  ['NSS', 'libnss3', () => library('libnss3.so')],
  ['ALSA', 'libasound2', () => library('libasound.so.2')],
  ['GBM', 'libgbm1', () => library('libgbm.so.1')],
  ['AT-SPI', 'libatspi2.0-0', () => library('libatspi.so.0')],
];

/** Names of what is missing and can't be fetched. */
export function ensureSystemParts() {
  if (process.platform !== 'linux') return [];
  const missing = () => PARTS.filter(([, , isHere]) => !isHere());
  const wanted = missing();
  if (wanted.length > 0 && process.getuid() === 0 && onPath('apt-get')) {
    console.log(`Fetching ${wanted.map(([name]) => name).join(', ')}…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    run('apt-get', ['update', '-qq'], quiet);
    run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...wanted.map(([, name]) => name)],
      quiet,
    );
  }
  return missing().map(([name]) => name);
}
