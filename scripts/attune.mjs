// npm run attune -- COMMAND …: the command line, from source where this Node reads TypeScript, else from a build.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { at, heapOptions, nodeFile } from './lib/places.mjs';
import { follow } from './lib/run.mjs';

process.exitCode = await main();

async function main() {
  try {
    // What this prints belongs to the person, not to the output of the command.
    console.log = console.error;
    ensureInstalled();
    const node = nodeFile();
    const source = at('main/cli.ts');
    const fromSource = existsSync(source) && readsTypeScript(node);
    if (!fromSource) ensureBuilt();
    const args = [...heapOptions, fromSource ? source : at('out/main/cli.js'), ...process.argv.slice(2)];
    // npm runs scripts in the checkout; the files that are named lie where the person stands.
    const ended = await follow(node, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
    return ended.code ?? 1;
  } catch (error) {
    console.error(error.message);
    return 1;
  }
}

function readsTypeScript(node) {
  const { stdout } = spawnSync(node, ['-p', 'process.features.typescript'], { encoding: 'utf8' });
  return stdout?.trim() === 'strip';
}
