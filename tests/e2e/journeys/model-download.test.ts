import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { modelServer, send } from '../../fixtures/model-server.ts';
import { hasWhisper, WHISPER_BASE } from '../../fixtures/whisper.ts';
import { ANALYSIS_MS, createWorkspace, goTo, picture } from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

it.skipIf(!hasWhisper)(
  'a Whisper model is downloaded from the address that a person types, and the top bar says so meanwhile (needs ../shared: models/whisper-base)',
  async () => {
    const files = (readdirSync(WHISPER_BASE, { recursive: true }) as string[])
      .filter((name) => /\.(json|onnx)$/.test(name))
      .map((name): [string, Uint8Array] => [
        `somebody/whisper-base/resolve/main/${name.replaceAll('\\', '/')}`,
        readFileSync(path.join(WHISPER_BASE, name)),
      ]);
    const server = await modelServer(Object.fromEntries(files));
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
    // The sample of a new workspace shows itself once it is imported.
    await page.getByText('You can look at other sessions meanwhile').waitFor();
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
