import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/stable-oracle.ts', 'test/support/seed.ts'],
    testTimeout: 60_000,
    maxWorkers: '100%',
  },
});
