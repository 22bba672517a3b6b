/** Asks the system to open an address; whether it could is the person's to see, as the address stands in the terminal too. */
import { spawn } from 'node:child_process';

export function openBrowser(url: string): void {
  const [program, args] = opener(url);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {
    // No such program: the printed address remains.
  });
  child.unref();
}

function opener(url: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}

/** A system without a display has no browser to open. */
export const hasDisplay = (env: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
