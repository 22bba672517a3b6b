// npm start [-- FILE…]: installs and builds what is missing, then opens Attune: in Electron where it can run,
// else in a browser window, saying which and why. Options of the browser window (--no-open, --port N) are passed on.
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { findElectron } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { at, heapOptions, nodeFile, root } from './lib/places.mjs';
import { follow } from './lib/run.mjs';

/** An Electron that ends this soon with an error never showed a window. */
const FAILED_START_MS = 15_000;

const { files, serveOptions, browserWanted } = sort(process.argv.slice(2));
process.exitCode = await start();

async function start() {
  try {
    ensureInstalled();
    ensureBuilt();
  } catch (error) {
    console.error(error.message);
    return 1;
  }
  if (browserWanted) return browserWindow('It was asked for.');
  const electron = findElectron();
  if (electron.why) return browserWindow(electron.why);

  console.log('Opening Attune in Electron.');
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  const ended = await follow(electron.file, [root, '--', ...files], { env });
  const failed = ended.code !== 0 && ended.signal !== 'SIGINT' && ended.signal !== 'SIGTERM';
  if (failed && ended.afterMs < FAILED_START_MS)
    return browserWindow(
      `Electron could not start here (it ended with ${ended.signal ?? `code ${ended.code}`}).`,
    );
  return ended.code ?? 1;
}

async function browserWindow(why) {
  console.log(`Opening Attune in a browser window instead of Electron. ${why}\n`);
  const args = [at('out/main/serve.js'), ...serveOptions, '--why', why, '--', ...files];
  const ended = await follow(nodeFile(), [...heapOptions, '--enable-source-maps', ...args]);
  return ended.code ?? 1;
}

/** Files are made absolute: they are named from where the person stands. */
function sort(args) {
  const sorted = { files: [], serveOptions: [], browserWanted: false };
  const from = process.env.INIT_CWD ?? process.cwd();
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (argument === '--browser') sorted.browserWanted = true;
    else if (argument === '--no-open') sorted.serveOptions.push(argument);
    else if (argument === '--port') sorted.serveOptions.push(argument, args[(index += 1)]);
    else if (argument !== '--') sorted.files.push(path.resolve(from, argument));
  }
  if (sorted.serveOptions.length > 0) sorted.browserWanted = true;
  return sorted;
}
