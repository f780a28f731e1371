// Runs every check of the repository that needs no tests: one line each, problems below it.
//   npm run check
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { programStep, runSteps, totals } from '../step.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Modules beside this one. Each exports `check(root)`, which answers with its problems, and maybe `notes(root)`. */
const modules = [
  'layout',
  'packages',
  'publint',
  'lockfile',
  'releases',
  'dialect',
  'requirements',
  'coverage',
  'profiles',
  'coverage-table',
  'errors',
  'markdown',
]

const program = (name, ...args) =>
  programStep(name, join(root, 'node_modules/.bin', name), args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } })

const moduleStep = (name) => ({
  name,
  async run() {
    const { check, notes = () => [] } = await import(`./${name}.mjs`)
    return { problems: await check(root), notes: await notes(root) }
  },
})

/** Every check as a step. */
export const checkSteps = [
  program('biome', 'ci', '--colors=off', '--diagnostic-level=warn', '--error-on-warnings', '.'),
  program('knip', '--no-progress'),
  ...modules.map(moduleStep),
]

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = totals(await runSteps(checkSteps))
  console.log(`\n${passed} checks passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
