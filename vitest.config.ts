import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'scripts/test/**/*.test.mjs'],
    exclude: [...configDefaults.exclude, ...(process.env['AGENT_RUN_LONG'] ? [] : ['**/*.long.test.*'])],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'threads',
    // Vitest leaves one core free, which on two is half of the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
