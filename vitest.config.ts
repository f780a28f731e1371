import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'scripts/test/**/*.test.mjs', 'examples/test/**/*.test.mjs'],
    testTimeout: 120_000,
    pool: 'threads',
  },
})
