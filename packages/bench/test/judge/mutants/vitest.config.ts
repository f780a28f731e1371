import { defineConfig } from 'vitest/config'
import { mutants } from './mutants.ts'

const mutant = mutants[Number(process.env['MUTANT'] ?? Number.NaN)]

/** Runs tests of the judge on a judge in which one rule is broken: that of the number in `MUTANT`, or none. */
export default defineConfig({
  root: new URL('../../../../../', import.meta.url).pathname,
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      transform: (code, id) =>
        mutant !== undefined && id.endsWith(`/packages/bench/src/${mutant.file}`)
          ? code.replace(mutant.find, () => mutant.put)
          : undefined,
    },
  ],
  test: { include: ['packages/bench/test/judge/*.test.ts'], pool: 'threads', isolate: false, maxWorkers: 1, bail: 1 },
})
