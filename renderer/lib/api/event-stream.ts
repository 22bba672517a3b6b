/** Events over a WebSocket that comes back by itself. After a gap the page asks for the whole state again, as events in it are lost. */
import { EVENTS_PATH, eventMessage } from '#contract/methods/http.ts';
import { waitBefore } from './backoff.ts';
import type { Connection } from './index.ts';

export class EventStream {
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>();
  readonly #onConnection: (connection: Connection) => void;
  #failures = 0;

  constructor(onConnection: (connection: Connection) => void) {
    this.#onConnection = onConnection;
    this.#open();
  }

  listen(name: string, listener: (payload: unknown) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  }

  #open(): void {
    const address = new URL(EVENTS_PATH, location.href);
    address.protocol = 'ws:';
    const socket = new WebSocket(address);
    socket.onopen = () => {
      this.#failures = 0;
      this.#onConnection('connected');
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => this.#deliver(data);
    socket.onclose = () => {
      this.#onConnection('lost');
      setTimeout(() => this.#open(), waitBefore(this.#failures++));
    };
  }

  #deliver(data: string): void {
    const message = eventMessage.safeParse(JSON.parse(data));
    if (!message.success) return;
    for (const listener of this.#listeners.get(message.data.name) ?? []) listener(message.data.payload);
  }
}
