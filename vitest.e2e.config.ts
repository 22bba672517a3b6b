/** Journeys through the real program: ATTUNE_E2E_SHELL says in which shell (browser by default). */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/e2e/{journeys,network}/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // One window at a time: they share the processor, and a person has one too.
    fileParallelism: false,
    pool: 'forks',
    reporters: ['default'],
  },
});
