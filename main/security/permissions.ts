/** What a page may ask the system for: nothing, but for what stands here with its reason. */
import type { Session } from 'electron';

const ALLOWED: ReadonlySet<string> = new Set([
  // The player's own full-screen button.
  'fullscreen',
]);

/** Both the request and the silent check are answered; `isOurs` tells our own pages by their address. */
export function denyPermissions(
  session: Session,
  isOurs: (url: string) => boolean,
  onRefused: () => void,
): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const allowed = ALLOWED.has(permission) && isOurs(details.requestingUrl);
    if (!allowed) onRefused();
    callback(allowed);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => ALLOWED.has(permission) && isOurs(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
}
