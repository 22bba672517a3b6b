/** The line to main from inside a host, in either kind of process. */
import type { ParentPort, ToHost } from './protocol.ts';

/** What Electron adds to `process` in a utility process. */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

export function parentPort(): ParentPort {
  const { parentPort: electron } = process as unknown as { parentPort?: ElectronParentPort };
  return electron === undefined ? nodePort() : electronPort(electron);
}

function nodePort(): ParentPort {
  if (!process.connected) throw new Error('A host is started by Attune, not by hand.');
  return {
    // A parent that left meanwhile shows as 'disconnect'.
    send: (message) => process.connected && process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', (message) => listener(message as ToHost)),
    onClose: (listener) => process.on('disconnect', listener),
  };
}

function electronPort(port: ElectronParentPort): ParentPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (event) => listener(event.data as ToHost)),
    onClose: (listener) => port.on('close', listener),
  };
}
