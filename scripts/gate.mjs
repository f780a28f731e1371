// The whole gate: build, generated files, checks, tests. Needs Node and npm only.
//   npm test                   everything but *.long.test.*
//   npm run test:long          those too
// AGENT_RUN_REQUIRE=python3,jq  a tool of that list that is missing is a failure, not a skip
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSteps } from './check/index.mjs'
import { repositoryFiles } from './files.mjs'
import { explainSkips, skipLines } from './skips.mjs'
import { programStep, runProgram, runStep, runSteps, totals } from './step.mjs'
import { tool, tools } from './test/tools.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const long = process.argv.includes('--long')

/** Names in AGENT_RUN_REQUIRE; a name nobody knows would never be found missing, so it is refused. */
const requiredTools = () => {
  const names = (process.env.AGENT_RUN_REQUIRE ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const unknown = names.filter((name) => !Object.hasOwn(tools, name))
  if (unknown.length > 0) {
    console.error(`AGENT_RUN_REQUIRE names ${unknown.join(', ')}; known are ${Object.keys(tools).join(', ')}`)
    process.exit(2)
  }
  return names
}

const build = programStep('build', 'npm', ['run', '--silent', 'build'], { cwd: root })
const generated = programStep('generated files', process.execPath, ['scripts/gen/index.mjs', '--check'], { cwd: root })

let skips = []
const tests = {
  name: 'tests',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'agent-run-gate-'))
    const outputFile = join(folder, 'report.json')
    try {
      const { code, output } = await runProgram(
        join(root, 'node_modules/.bin/vitest'),
        ['run', '--no-color', '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`],
        { cwd: root, env: { ...process.env, ...(long && { AGENT_RUN_LONG: '1' }) } },
      )
      const report = readReport(outputFile)
      if (report === undefined) return { problems: [output] }
      skips = explainSkips(root, report)
      const broken = report.testResults.filter(
        ({ status, assertionResults }) =>
          status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
      ).length
      const unexplained = skips.filter(({ missing }) => missing.length === 0)
      const failed = report.numFailedTests + broken + unexplained.length
      const problems = code === 0 ? [] : [output]
      for (const { file, tests } of unexplained)
        problems.push(`${file} skips ${tests} tests and does not say for want of which tool`)
      return {
        problems,
        // What was compared is worth reading also where all of it agreed.
        notes: output.split('\n').filter((line) => line.startsWith('agreement: ')),
        summary: `${report.numPassedTests} of ${report.numTotalTests} in ${report.testResults.length} files`,
        counts: {
          passed: report.numPassedTests,
          failed: problems.length > 0 ? Math.max(1, failed) : 0,
          skipped: skips.reduce((sum, { tests }) => sum + tests, 0),
        },
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const required = {
  name: 'required tools',
  async run() {
    const names = requiredTools()
    const problems = names
      .filter((name) => tool(name) === undefined)
      .map((name) => `${name} is required but was not found. To enable: ${tools[name].enable}`)
    return { problems, summary: names.length > 0 ? names.join(', ') : 'none' }
  },
}

const results = [await runStep(required), await runStep(build)]
// Two at a time: the tests keep every core busy most of the time, the checks fill the gaps.
const lanes = await Promise.all([runSteps([tests]), runSteps([generated, ...checkSteps])])
results.push(...lanes.flat())

const sum = totals(results)
console.log('')
for (const line of skipLines(skips)) console.log(line)
if (!long) {
  for (const path of repositoryFiles(root).filter((each) => each.includes('.long.test.'))) {
    console.log(`${path} was not run. To enable: npm run test:long`)
  }
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exitCode = sum.failed === 0 ? 0 : 1
