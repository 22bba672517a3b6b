/** `window.attune`, generated from the method table: nothing else of Electron reaches the page. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '#contract/methods/bridge.ts';
import { EVENT_NAMES } from '#contract/methods/events.ts';
import { METHOD_NAMES } from '#contract/methods/table.ts';
import type { AttuneBridge } from '#contract/methods/bridge.ts';
import type { Envelope } from '#contract/methods/envelope.ts';

const known = new Set<string>(METHOD_NAMES);
const listeners = new Map<string, Set<(payload: unknown) => void>>(
  EVENT_NAMES.map((name) => [name, new Set()]),
);

ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

const bridge: AttuneBridge = {
  shell: 'electron',
  call: (method, input): Promise<Envelope> =>
    known.has(method)
      ? (ipcRenderer.invoke(CALL_CHANNEL, method, input) as Promise<Envelope>)
      : Promise.resolve({
          ok: false,
          error: { code: 'method-unknown', message: 'Attune has no method of this name.' },
        }),
  on: (event, listener) => {
    const set = listeners.get(event);
    set?.add(listener);
    return () => set?.delete(listener);
  },
  sourceOf: (file) => ({ kind: 'path', path: webUtils.getPathForFile(file) }),
};

contextBridge.exposeInMainWorld('attune', bridge);
