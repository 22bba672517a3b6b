/** Everything that is denied by default, applied to the session and to whatever contents it may ever hold. */
import { app } from 'electron';
import type { Session } from 'electron';
import type { Log } from '../platform/log.ts';
import { stayAtHome } from '../security/navigation.ts';
import { refuseNetwork } from '../security/network.ts';
import { denyPermissions } from '../security/permissions.ts';
import { isOurPage } from './addresses.ts';

export function secureSession(session: Session, log: Log): void {
  app.on('web-contents-created', (_event, contents) =>
    stayAtHome(contents, isOurPage, () => log.write('navigation-refused')),
  );
  denyPermissions(session, isOurPage, () => log.write('permission-refused'));
  refuseNetwork(session, () => log.write('request-refused'));
}
