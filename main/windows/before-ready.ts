/** What has to be said to Electron before it is ready. */
import { readdirSync } from 'node:fs';
import { app } from 'electron';
import { declareProtocols } from './protocols.ts';

export function prepareElectron(profileFolder: string): void {
  app.setName('Attune');
  app.setPath('userData', profileFolder);
  declareProtocols();
  // Chromium's own errands. No name resolves, so that even one that is forgotten here reaches nobody.
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'no-pings',
    'disable-quic',
  ])
    app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  if (!hasGraphicsDevice()) app.disableHardwareAcceleration();
}

/** Without one Chromium tries, fails, and draws in software after some seconds. */
function hasGraphicsDevice(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readdirSync('/dev/dri').some((name) => name.startsWith('render'));
  } catch {
    return false;
  }
}
