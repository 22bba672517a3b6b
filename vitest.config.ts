import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // For tests of the window's state.
  plugins: [svelte()],
  test: {
    // Tests that load onnxruntime themselves don't report home either.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
