import { existsSync } from 'node:fs';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const at = (file: string): string => path.resolve(import.meta.dirname, file);
const svelteConfig = at('svelte.config.js');

/** What main consists of: three shells and two hosts, each a file of its own that a process can be started with. */
const mainEntries = {
  index: at('main/index.ts'),
  serve: at('main/serve.ts'),
  cli: at('main/cli.ts'),
  'inference-host': at('main/hosts/inference/entry.ts'),
  'database-host': at('main/hosts/database/entry.ts'),
};

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      lib: { entry: mainEntries, formats: ['es'] },
      // Type-only packages of the renderer never come here; whatever package.json lists stays a package.
      externalizeDeps: true,
      target: 'node20',
      sourcemap: true,
    },
  },
  preload: {
    // A sandboxed preload is one CommonJS file: it can require nothing but electron.
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      lib: { entry: at('preload/index.ts'), formats: ['cjs'] },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [svelte(existsSync(svelteConfig) ? { configFile: svelteConfig } : { configFile: false })],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      target: 'chrome130',
      // The content security policy refuses data: addresses for scripts and fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
