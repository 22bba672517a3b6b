/** Nothing leaves the machine: a request for any address that isn't the program itself is cancelled before it starts. */
import type { Session } from 'electron';

const OWN_PROTOCOLS: ReadonlySet<string> = new Set([
  'attune:',
  'attune-media:',
  'blob:',
  'data:',
  'devtools:',
]);

/** True for the program's own addresses. */
export function isOwnAddress(url: string): boolean {
  try {
    return OWN_PROTOCOLS.has(new URL(url).protocol);
  } catch {
    return false;
  }
}

export function refuseNetwork(session: Session, onRefused: () => void): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    const cancel = !isOwnAddress(details.url);
    if (cancel) onRefused();
    callback({ cancel });
  });
  // Belt and braces: with no resolver and a dead proxy nothing could be reached even past the line above.
  void session.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'http://127.0.0.1:9',
    proxyBypassRules: '<-loopback>',
  });
}
