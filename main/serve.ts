/** Entry of the browser-window shell. */
import { toErrorData } from '#contract/errors.ts';
import { runServe } from './serve/run-serve.ts';

try {
  process.exitCode = await runServe(process.argv.slice(2));
} catch (thrown) {
  const { message, remedy } = toErrorData(thrown);
  process.stderr.write(`${[message, remedy].filter(Boolean).join(' ')}\n`);
  process.exitCode = 1;
}
