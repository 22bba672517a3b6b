// npm run bench [-- NAME…]: prints figures, from source, in a main process that is held as the command line's is.
import { ensureInstalled } from './lib/install.mjs';
import { at, heapOptions, nodeFile } from './lib/places.mjs';
import { follow } from './lib/run.mjs';

try {
  ensureInstalled();
  const ended = await follow(nodeFile(), [...heapOptions, at('bench/run.ts'), ...process.argv.slice(2)]);
  process.exitCode = ended.code ?? 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
