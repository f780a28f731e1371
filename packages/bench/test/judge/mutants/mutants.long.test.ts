import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mutants } from './mutants.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const vitest = here('../../../../../node_modules/vitest/vitest.mjs')
const config = here('vitest.config.ts')

/** Whether the tests pass on the judge, with a rule of it broken or none. */
const passes = (tests: readonly string[], mutant: number | undefined): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const files = tests.map((name) => `packages/bench/test/judge/${name}.test.ts`)
    const env = { ...process.env, MUTANT: mutant === undefined ? 'none' : String(mutant) }
    const args = [vitest, 'run', '--config', config, ...files]
    execFile(process.execPath, args, { env, maxBuffer: 1e9 }, (error, stdout) => {
      // What could not be run has noticed nothing.
      if (/Tests .*(passed|failed)/.test(stdout)) resolve(error === null)
      else
        reject(new Error(`the tests ${files.join(', ')} were not run for the mutant ${mutant}: ${stdout.slice(-2000)}`))
    })
  })

it('the tests pass on the judge as it is', async () => {
  expect(await passes([...new Set(mutants.flatMap(({ tests }) => tests))], undefined)).toBe(true)
})

it('a test notices each rule that is broken', { timeout: 7_200_000 }, async () => {
  const survivors: string[] = []
  const waiting = [...mutants.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { file, rule, tests }] = next
      if (await passes(tests, index)) survivors.push(`${file}: ${rule}`)
    }
  }
  await Promise.all([work(), work()])
  expect(survivors.sort()).toEqual([])
})
