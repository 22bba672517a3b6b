// Starting other programs and waiting for them.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { nodeFile, root } from './places.mjs';

/** Runs a program in the checkout, shows what it says, and gives its exit code. */
export function run(program, args, options = {}) {
  const { status, signal, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? (signal ? 128 : 1);
}

/** The same for a script in node_modules, with the Node that everything runs in. */
export const runNode = (args, options = {}) =>
  run(nodeFile(), args, { ...options, env: withNode(options.env) });

/** PATH with that Node first, so that what is started starts the same. */
export const withNode = (env = process.env) => ({
  ...env,
  PATH: path.dirname(nodeFile()) + path.delimiter + (env.PATH ?? ''),
});

/** npm as it started us, else the one on the PATH. */
export function npm(args, options = {}) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/** A program that goes on: our stops are passed to it, and we end as it ends. Resolves with { code, signal, afterMs }. */
export function follow(program, args, options = {}) {
  const started = Date.now();
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
  // A terminal sends Ctrl-C to both; a supervisor only to us.
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass);
      resolve({ code, signal, afterMs: Date.now() - started });
    });
  });
}
