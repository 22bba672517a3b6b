import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { etagOf, modelServer, send } from '../../fixtures/model-server.ts';
import { hasWhisper, WHISPER_BASE } from '../../fixtures/whisper.ts';
import { ANALYSIS_MS, createWorkspace, goTo, picture, progressOf } from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

/** As a model hub holds it. */
const whisperBase = (): Record<string, Uint8Array> =>
  Object.fromEntries(
    (readdirSync(WHISPER_BASE, { recursive: true }) as string[])
      .filter((name) => /\.(json|onnx)$/.test(name))
      .map((name) => [
        `somebody/whisper-base/resolve/main/${name.replaceAll('\\', '/')}`,
        readFileSync(path.join(WHISPER_BASE, name)),
      ]),
  );

it.skipIf(!hasWhisper)(
  'a Whisper model is downloaded from the address that a person types, and the top bar says so meanwhile (needs ../shared: models/whisper-base)',
  async () => {
    const server = await modelServer(whisperBase());
    // The first graph waits until what the window says meanwhile was read.
    let goOn = (): void => undefined;
    const read = new Promise<void>((resolve) => (goOn = resolve));
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || !at.includes('encoder')) return false;
      void read.then(() => send(request, response, server.files.get(at)!));
      return true;
    };

    const { page, faults } = await start(await freshHome());
    await createWorkspace(page);
    await goTo(page, 'Models and system');
    const form = page.getByRole('form', { name: 'Download a model' });
    const button = form.getByRole('button', { name: 'Download now' });
    await form.getByLabel('address').fill('http://models.example/whisper');
    await form.getByText('An address begins with https://').waitFor();
    expect(await button.isDisabled()).toBe(true);
    await form.getByLabel('address').fill('https://models.example/whisper');
    await form.getByLabel('SHA-256').fill('ab'.repeat(32));
    await form.getByText('goes with the address of a ZIP archive').waitFor();
    expect(await button.isDisabled()).toBe(true);
    await form.getByLabel('SHA-256').fill('');
    expect(server.seen).toEqual([]);

    await page.getByRole('button', { name: 'No network' }).waitFor();
    await form.getByLabel('address').fill(`${server.address}somebody/whisper-base`);
    await button.click();
    const pill = page.getByRole('button', { name: 'Downloading a model' });
    await pill.hover();
    await page
      .getByText(/Attune is connected because .* whisper-base · 127\.0\.0\.1/)
      .first()
      .waitFor();
    await picture(page, 'model-download');
    expect(await button.isDisabled()).toBe(true);
    goOn();
    await page
      .getByText(/“whisper-base · 127\.0\.0\.1:\d+” was brought in/)
      .waitFor({ timeout: ANALYSIS_MS });
    expect(await form.getByLabel('address').inputValue()).toBe('');
    await page.getByRole('button', { name: 'No network' }).waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: 'Whisper base' })
      .getByText('99 languages')
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  },
);

it.skipIf(!hasWhisper)(
  'a download of which much came is kept when it is stopped, and goes on from there (needs ../shared: models/whisper-base)',
  async () => {
    const server = await modelServer(whisperBase());
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || !at.includes('encoder')) return false;
      const bytes = server.files.get(at)!;
      response.writeHead(200, { 'content-length': bytes.length, etag: etagOf(bytes) });
      // The rest doesn't come for as long as the person watches.
      return response.write(bytes.subarray(0, 16_000_000)) || true;
    };
    const { page, faults } = await start(await freshHome());
    await createWorkspace(page);
    await goTo(page, 'Models and system');
    const form = page.getByRole('form', { name: 'Download a model' });
    await form.getByLabel('address').fill(`${server.address}somebody/whisper-base`);
    await form.getByRole('button', { name: 'Download now' }).click();
    const card = page.getByRole('article', { name: /^Model/ });
    // Sixteen of seventy-five million bytes, in the longest of the stages.
    await expect.poll(() => progressOf(card), { timeout: ANALYSIS_MS }).toBeGreaterThan(0.1);
    await card.getByRole('button', { name: 'Cancel' }).click();
    const question = page.getByRole('dialog', { name: /Stop bringing in “whisper-base · / });
    await question.getByText(/1[0-6] MB of it have come/).waitFor();
    await question.getByRole('button', { name: 'Go on' }).click();
    await card.getByRole('button', { name: 'Cancel' }).click();
    await picture(page, 'download-stop');
    await question.getByRole('button', { name: 'Keep what came' }).click();
    await page.getByText(/MB that came are kept/).waitFor();

    server.twist = () => false;
    server.seen.length = 0;
    await form.getByRole('button', { name: 'Download now' }).click();
    await page.getByText(/was brought in/).waitFor({ timeout: ANALYSIS_MS });
    const encoder = server.seen.find(({ method, path: at }) => method === 'GET' && at.includes('encoder'));
    expect(encoder).toMatchObject({
      status: 206,
      headers: { range: expect.stringMatching(/^bytes=1\d{7}-$/) as string },
    });
    expect(faults).toEqual([]);
  },
);
