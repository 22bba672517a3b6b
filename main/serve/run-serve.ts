/** The browser-window shell: the same program over a loopback server, until it is told to stop. */
import { createInterface } from 'node:readline';
import { createApp } from '../compose.ts';
import { hostLaunchers } from '../host-launchers.ts';
import { serveHttp } from '../ipc/http/server.ts';
import type { HttpShell } from '../ipc/http/server.ts';
import { noKeychain } from '../platform/keys/keychain.ts';
import { Log } from '../platform/log.ts';
import { attunePaths } from '../platform/paths.ts';
import { pageFolder } from '../platform/program-folder.ts';
import { SettingsStore } from '../platform/settings-store.ts';
import { serveArguments } from './arguments.ts';
import { hasDisplay, openBrowser } from './open-browser.ts';

/** Resolves with the exit code once it has been stopped (Ctrl-C, SIGTERM). */
export async function runServe(args: string[]): Promise<number> {
  const { open, port, why, files } = serveArguments(args);
  const paths = attunePaths();
  const log = new Log(paths.logs);
  const { store: settings, wasDamaged } = await SettingsStore.load(paths.settingsFile);
  if (wasDamaged) log.write('settings-damaged');
  const app = await createApp({
    shell: 'browser',
    why,
    paths,
    settings,
    log,
    keychain: noKeychain,
    launchers: hostLaunchers(null),
    chooseFiles: null,
    chooseFolder: null,
    mediaAddress: (token) => `/media/${token}`,
  });
  const shell = await serveHttp({
    handlers: app.handlers,
    events: app.events,
    uploads: app.uploads,
    media: app.media,
    pageFolder: pageFolder(),
    port,
    checkOutput: process.env['NODE_ENV'] !== 'production',
    onFailure: (method, code) =>
      log.write('call-failed', { code, ...(method === null ? {} : { what: method }) }),
  });
  log.write('start', { what: 'browser' });

  const address = shell.newAddress();
  say(`Attune is ready in this browser window (for one session, on this machine only):\n\n  ${address}\n`);
  if (open && hasDisplay()) openBrowser(address);
  const stopOffering = offerNewAddresses(shell);
  if (files.length > 0) await app.openFiles(files);

  await toldToStop();
  stopOffering();
  say('Stopping: running work is cancelled, what is finished stays.');
  await shell.close();
  await app.close();
  log.write('stop', { what: 'browser' });
  return 0;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** At a terminal, Enter prints a fresh address: the first one dies with its use. */
function offerNewAddresses(shell: HttpShell): () => void {
  if (!process.stdin.isTTY) return () => {};
  say('Press Enter for another address, Ctrl-C to stop.');
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => say(`\n  ${shell.newAddress()}\n`));
  // readline takes Ctrl-C for itself.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  return () => lines.close();
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
