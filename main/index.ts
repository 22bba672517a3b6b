/** Entry of the Electron shell: the composition root, and nothing else. */
import path from 'node:path';
import { app, session, utilityProcess } from 'electron';
import { createApp } from './compose.ts';
import { hostLaunchers } from './host-launchers.ts';
import { serveIpc } from './ipc/electron.ts';
import { mediaAnswer } from './ipc/media-answer.ts';
import { pageFile } from './ipc/page-files.ts';
import { ElectronKeychain } from './platform/keys/electron-keychain.ts';
import { Log } from './platform/log.ts';
import { attunePaths } from './platform/paths.ts';
import { pageFolder, programFolder } from './platform/program-folder.ts';
import { SettingsStore } from './platform/settings-store.ts';
import { secureSession } from './windows/secure-session.ts';
import { APP_ORIGIN, mediaAddress } from './windows/addresses.ts';
import { prepareElectron } from './windows/before-ready.ts';
import { chooseFiles, chooseFolder } from './windows/choose-files.ts';
import { handedFiles, quitCleanly } from './windows/lifecycle.ts';
import { createMainWindow } from './windows/main-window.ts';
import type { MainWindow } from './windows/main-window.ts';
import { setMenu } from './windows/menu.ts';
import { serveProtocols } from './windows/protocols.ts';
import { startFiles } from './windows/start-files.ts';

const paths = attunePaths();
prepareElectron(paths.windowProfile);
const files = startFiles(process.argv, app.isPackaged, process.cwd());

// A second start hands its files to the first and ends. Not awaited here: 'ready' waits for this module to finish.
if (app.requestSingleInstanceLock({ files })) void run();
else app.exit(0);

async function run(): Promise<void> {
  const log = new Log(paths.logs);
  process.on('unhandledRejection', () => log.write('unexpected-error', { code: 'uncaught' }));
  const handed = handedFiles();
  await app.whenReady();

  const { store: settings, wasDamaged } = await SettingsStore.load(paths.settingsFile);
  if (wasDamaged) log.write('settings-damaged');
  let window: MainWindow | null = null;
  const choose = (): Promise<string[]> => chooseFiles(window?.window ?? null);
  const attune = await createApp({
    shell: 'electron',
    why: null,
    paths,
    settings,
    log,
    keychain: new ElectronKeychain(),
    launchers: hostLaunchers(utilityProcess),
    chooseFiles: choose,
    chooseFolder: () => chooseFolder(window?.window ?? null),
    mediaAddress,
  });
  quitCleanly(() => attune.close(), log);

  secureSession(session.defaultSession, log);
  serveProtocols(session.defaultSession, {
    page: (urlPath) => pageFile(pageFolder(), urlPath),
    media: (token, range) => mediaAnswer(attune.media, token, range),
  });
  serveIpc({
    handlers: attune.handlers,
    events: attune.events,
    checkOutput: !app.isPackaged,
    onFailure: (method, code) => log.write('call-failed', { code, ...(method !== null && { what: method }) }),
    ownContents: () => window?.window.webContents ?? null,
    ownOrigin: APP_ORIGIN,
  });

  const opened = createMainWindow(path.join(programFolder(), 'out', 'preload', 'index.cjs'), log);
  window = opened;
  const actions = { importFiles: () => void choose().then((chosen) => attune.openFiles(chosen)) };
  setMenu(settings.get().language, actions);
  settings.onChange(({ language }) => setMenu(language, actions));
  await opened.load();
  log.write('start', { what: 'electron' });
  handed.onFiles((more) => {
    opened.show();
    void attune.openFiles(more);
  });
  await attune.openFiles(files);
}
