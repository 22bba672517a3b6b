/** Which shell this page runs in decides how it reaches the program; nothing else in the renderer knows. */
import type { AttuneApi } from '#contract/methods/api.ts';
import type { AttuneBridge } from '#contract/methods/bridge.ts';
import { bridgeApi } from './bridge-api.ts';
import { httpApi } from './http-api.ts';

declare global {
  interface Window {
    readonly attune?: AttuneBridge;
  }
}

export type Connection = 'connected' | 'lost';

export const openApi = (onConnection: (connection: Connection) => void): AttuneApi =>
  window.attune ? bridgeApi(window.attune) : httpApi(onConnection);
