/** Events over a WebSocket that comes back by itself. After a gap the page asks for the whole state again, as events in it are lost. */
import { EVENTS_PATH, eventMessage } from '#contract/methods/http.ts';
import type { Connection } from './index.ts';

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 10_000;

/** Doubles with every failed try, with up to a quarter of jitter. */
export const waitBefore = (attempt: number, random: () => number = Math.random): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.75 + 0.25 * random());

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
