/** The renderer alone, built and served, in a Chromium without a GPU. */
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { build, preview } from 'vite';

export interface RendererOnly {
  /** Where its page is; queries say what it shows. */
  address: string;
  browser: Browser;
  close: () => Promise<void>;
}

export async function rendererOnly(...more: string[]): Promise<RendererOnly> {
  const configFile = path.join(import.meta.dirname, 'vite.config.ts');
  await build({ configFile });
  const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await chromium.launch({
    executablePath: process.env['ATTUNE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', ...more],
  });
  return {
    address: server.resolvedUrls!.local[0]!,
    browser,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
