import { createReadStream } from 'node:fs';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { contentPolicy, securityHeaders } from '../../../main/security/content-policy.ts';

const repository = path.resolve(import.meta.dirname, '../../..');

/** Plays the file named by ATTUNE_LOOK_VIDEO at /look-video, so that screens can be seen with a picture. */
const lookVideo: Plugin = {
  name: 'look-video',
  configurePreviewServer: (server) => {
    server.middlewares.use('/look-video', (_request, response) => {
      const file = process.env['ATTUNE_LOOK_VIDEO'];
      if (!file) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'video/mp4' });
      createReadStream(file).pipe(response);
    });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: path.join(repository, 'svelte.config.js') }), lookVideo],
  build: {
    outDir: path.join(repository, 'tests/.artifacts/renderer-only'),
    emptyOutDir: true,
    target: 'es2023',
  },
  // The page is looked at under the policy it ships with.
  preview: { headers: securityHeaders(contentPolicy({ media: [], connect: [] })) },
  logLevel: 'warn',
});
