/** The preload's bridge as an AttuneApi: envelopes become values or AttuneErrors. */
import type { AttuneApi } from '#contract/methods/api.ts';
import { unwrap, type AttuneBridge } from '#contract/methods/bridge.ts';
import type { EventPayload } from '#contract/methods/events.ts';
import type { MethodOutput } from '#contract/methods/table.ts';

export const bridgeApi = (bridge: AttuneBridge): AttuneApi => ({
  call: async (method, input) => unwrap(await bridge.call(method, input)) as MethodOutput<typeof method>,
  on: (event, listener) => bridge.on(event, (payload) => listener(payload as EventPayload<typeof event>)),
  sourceOf: (file) => Promise.resolve(bridge.sourceOf(file)),
});
