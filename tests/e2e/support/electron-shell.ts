/** The checkout in a real Electron, driven through Playwright. */
import type { AttuneBridge } from '#contract/methods/bridge.ts';
import { _electron } from 'playwright-core';
import { electronFile, environment, ROOT, sandboxSwitches } from './program.ts';
import { listenForFaults } from './workstation.ts';
import type { Workstation } from './workstation.ts';

interface BridgedWindow {
  attune: AttuneBridge;
}

export async function startInElectron(home: string, files: string[]): Promise<Workstation> {
  const electron = await _electron.launch({
    executablePath: electronFile(),
    args: [ROOT, ...sandboxSwitches(), '--', ...files],
    // Playwright adds --no-sandbox unless it is told not to.
    chromiumSandbox: sandboxSwitches().length === 0,
    cwd: ROOT,
    env: environment(home),
  });
  const page = await electron.firstWindow();
  const faults = listenForFaults(page);
  return {
    page,
    electron,
    faults,
    async importFiles(chosen) {
      // The system's dialog is outside of what can be driven: it answers as if the person had chosen.
      await electron.evaluate(({ dialog }, paths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: paths });
      }, chosen);
      await page.getByRole('button', { name: 'Import…', exact: true }).first().click();
    },
    call: (method) =>
      page.evaluate((name) => (globalThis as unknown as BridgedWindow).attune.call(name, {}), method),
    async crashPage() {
      // Answered when the page is back: until then nothing could be asked of it.
      await electron.evaluate(
        ({ BrowserWindow }) =>
          new Promise<void>((resolve) => {
            const contents = BrowserWindow.getAllWindows()[0]!.webContents;
            contents.once('did-finish-load', () => resolve());
            contents.forcefullyCrashRenderer();
          }),
      );
      // Playwright has lost the page; the program has not.
      return (script) =>
        electron.evaluate(
          ({ BrowserWindow }, text) =>
            BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text) as Promise<unknown>,
          script,
        );
    },
    async kill() {
      const ended = new Promise((resolve) => electron.process().once('exit', resolve));
      electron.process().kill('SIGKILL');
      await ended;
    },
    async quit() {
      const ended = new Promise((resolve) => electron.process().once('exit', resolve));
      await electron.evaluate(({ app }) => {
        // Answered before the program goes.
        setImmediate(() => app.quit());
      });
      await ended;
    },
  };
}
