import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/test-order.mjs'

export default defineConfig({
  resolve: {
    alias: [
      { find: /^fast-check$/, replacement: fileURLToPath(new URL('scripts/test/fast-check.mjs', import.meta.url)) },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'scripts/test/**/*.test.mjs'],
    exclude: [...configDefaults.exclude, ...(process.env['AGENT_RUN_LONG'] ? [] : ['**/*.long.test.*'])],
    // For what hangs. No test is slow because of it, and none is to fail because the machine is.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    pool: 'threads',
    sequence: { sequencer: LongestFirst },
    // Vitest leaves one core free, which on two is half of the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
