import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/program.ts';
import { freshHome, SHELL, start } from '../support/workstation.ts';

describe.runIf(SHELL === 'electron' && process.env['ATTUNE_PACKAGED'] === undefined)(
  'the Electron window',
  () => {
    it('gives its page neither Node nor Electron, and denies whatever is not Attune', async () => {
      const { page, electron } = await start(await freshHome());
      const inPage = (script: string): Promise<unknown> => page.evaluate(script);

      expect(await inPage('typeof require + typeof process + typeof module')).toBe('undefined'.repeat(3));
      expect(await inPage('Object.keys(window.attune).sort()')).toEqual(['call', 'on', 'shell', 'sourceOf']);
      expect(await inPage(`attune.call('app.nothing', {})`)).toMatchObject({
        error: { code: 'method-unknown' },
      });
      expect(await inPage(`attune.call('library.session', { sessionId: 7 })`)).toMatchObject({
        error: { code: 'argument-invalid' },
      });

      for (const url of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/hostname'])
        expect(await inPage(`fetch('${url}').then(() => 'reached', () => 'refused')`)).toBe('refused');
      expect(await inPage(`String(window.open('https://example.com/'))`)).toBe('null');
      // In a task of the page's own: what the inspector evaluates may do more.
      const ownTask = (script: string): string =>
        `new Promise((done) => setTimeout(() => { try { done(${script}); } catch { done('refused'); } }))`;
      expect(await inPage(ownTask(`eval('1')`))).toBe('refused');
      expect(await inPage(ownTask(`document.body.innerHTML = '<b>x</b>'`))).toBe('refused');
      expect(
        await inPage(
          `navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', () => 'refused')`,
        ),
      ).toBe('refused');
      expect(await inPage('Notification.requestPermission()')).toBe('denied');
      for (const url of ['https://example.com/', 'file:///etc/hostname', 'attune://other/', 'about:blank'])
        await inPage(`void (location.href = '${url}')`).catch(() => {});

      const net = await electron!.evaluate(({ net }) =>
        Promise.all(
          ['https://example.com/', 'http://127.0.0.1:9/'].map((url) =>
            net.fetch(url).then(
              () => 'reached',
              (error: unknown) => String(error),
            ),
          ),
        ),
      );
      expect(net).toEqual(Array(2).fill('Error: net::ERR_BLOCKED_BY_CLIENT'));
      // The empty page is left again by itself; the others were never shown.
      await page.getByRole('heading', { name: 'Create your workspace' }).waitFor();
      expect(page.url()).toBe('attune://app/');
    });

    it('answers no other window, even with our own preload and our own page in it', async () => {
      const { electron } = await start(await freshHome());
      const preload = path.join(ROOT, 'out/preload/index.cjs');
      const answer = await electron!.evaluate(async ({ BrowserWindow }, file) => {
        const other = new BrowserWindow({ show: false, webPreferences: { preload: file, sandbox: true } });
        await other.loadURL('attune://app/');
        return (await other.webContents.executeJavaScript(`attune.call('app.settings', {})`)) as unknown;
      }, preload);
      expect(answer).toMatchObject({ ok: false, error: { code: 'sender-untrusted' } });
    });

    it('starts once: a second start ends by itself', async () => {
      const home = await freshHome();
      await start(home);
      await expect(start(home)).rejects.toThrow();
    });
  },
);
