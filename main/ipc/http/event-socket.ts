/** Events to browser windows over a WebSocket. One way: a message from the page closes it. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { AttuneEvent, EventSource } from '../handlers.ts';

const HEARTBEAT_MS = 20_000;
/** A page that doesn't read is let go; it comes back and asks for the whole state. */
const MAX_BEHIND_BYTES = 8 * 1024 * 1024;

export interface EventSocket {
  /** Call only after the request's host, origin and session have been checked. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function eventSocket(events: EventSource): EventSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const silent = new Set<WebSocket>();

  server.on('connection', (socket) => {
    socket.on('pong', () => silent.delete(socket));
    socket.on('message', () => socket.close(1008));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => silent.delete(socket));
  });

  const stop = events.onEvent((event: AttuneEvent) => {
    const text = JSON.stringify(event);
    for (const socket of server.clients) {
      if (socket.bufferedAmount > MAX_BEHIND_BYTES) socket.terminate();
      else socket.send(text);
    }
  });

  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) socket.terminate();
      else {
        silent.add(socket);
        socket.ping();
      }
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
    },
    close() {
      clearInterval(heartbeat);
      stop();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
