// A step is one line of the gate: it has a name, does one thing and says what is wrong.
//   step: { name: string, run(): Promise<Result> }
//   Result: { problems: string[], notes?: string[], summary?: string, counts?: { passed, failed, skipped } }
import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/**
 * Runs a program to its end.
 * @returns {Promise<{code: number | null, output: string}>} `output` is stdout and stderr as they came
 */
export const runProgram = (file, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (text) => {
      output += text
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.on('error', (error) => resolve({ code: null, output: `${file} could not be run: ${error.message}` }))
    child.on('close', (code) => resolve({ code, output }))
  })

/** A step that is right when a program ends with 0; what the program printed is shown otherwise. */
export const programStep = (name, file, args, options) => ({
  name,
  async run() {
    const { code, output } = await runProgram(file, args, options)
    return { problems: code === 0 ? [] : [output.trim() || `${file} ended with ${code} and said nothing`] }
  },
})

/** Runs one step, prints its line, and gives back its result; a step that throws has failed. */
export const runStep = async (step, print = console.log) => {
  const start = performance.now()
  let result
  try {
    result = await step.run()
  } catch (error) {
    result = { problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] }
  }
  const { problems, notes = [], summary = '' } = result
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(7)
  print(`${problems.length === 0 ? '✓' : '✗'} ${step.name.padEnd(16)}${seconds}  ${summary}`.trimEnd())
  for (const problem of problems) print(indent(problem))
  for (const note of notes) print(indent(`note: ${note}`))
  return { name: step.name, counts: counted(problems), ...result }
}

/** Runs steps one after the other. */
export const runSteps = async (steps, print) => {
  const results = []
  for (const step of steps) results.push(await runStep(step, print))
  return results
}

/** Adds the counts of several results. */
export const totals = (results) =>
  results.reduce(
    (sum, { counts }) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

const counted = (problems) => ({
  passed: problems.length === 0 ? 1 : 0,
  failed: problems.length === 0 ? 0 : 1,
  skipped: 0,
})
const indent = (text) => text.replace(/^/gm, '    ')
