// GitHub Actions, as far as action.yml and the workflow in examples/ci need it: expressions, steps, bash, the files that steps
// write to. What GitHub does is in "Metadata syntax" and "Workflow commands" of its documentation.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { evaluate, expand } from './workflow-expression.mjs'

/** Steps that are somebody else's and change nothing here. */
const FOREIGN = /^actions\/(checkout|setup-node|upload-artifact)@/

/** Our action, as the examples call it. */
const OURS = /^OWNER\/agent-run@v\d+\.\d+\.\d+$/

/**
 * Plays an action as a step of a job would.
 * @param {object} job `{workspace, temp, env, root, bin}`: the folder of the checkout, one for temporary files, variables, our repository, and for examples a folder with our programs
 * @param {Record<string, unknown>} given the step's `with`
 * @returns {{outcome: 'success' | 'failure', outputs: Record<string, string>, log: string, summary: string, steps: object}}
 */
export const playAction = (job, given = {}) => {
  const action = parse(readFileSync(join(job.root, 'action.yml'), 'utf8'))
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs))
  if (unknown.length > 0) throw new TypeError(`the action has no input ${unknown.join(', ')}`)
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, String(given[name] ?? input.default ?? '')]),
  )
  const played = playSteps(job, action.runs.steps, { inputs }, { GITHUB_ACTION_PATH: job.root })
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, expand(value, { inputs, steps: played.steps })]),
  )
  return { ...played, outputs }
}

/**
 * Plays steps one after the other. A step whose condition does not hold is skipped; one without a condition of its own is
 * skipped after a failure.
 */
export const playSteps = (job, steps, contexts, variables = {}) => {
  const state = { outcome: 'success', log: '', summary: '', steps: {} }
  for (const step of steps) {
    const context = { ...contexts, steps: state.steps, outcome: state.outcome }
    const condition = String(step.if ?? 'success()')
    const asks = /\b(success|failure|cancelled|always)\(\)/.test(condition)
    const runs = evaluate(asks ? condition : `success() && (${bare(condition)})`, context)
    const result = runs ? playStep(job, step, context, variables) : { outcome: 'skipped', outputs: {} }
    if (step.id) state.steps[step.id] = { outcome: result.outcome, outputs: result.outputs }
    if (result.outcome === 'failure') state.outcome = 'failure'
    state.log += result.log ?? ''
    state.summary += result.summary ?? ''
  }
  return state
}

const bare = (condition) => condition.replace(/^\$\{\{([\s\S]*)\}\}$/, '$1')

const playStep = (job, step, context, variables) => {
  if (step.uses !== undefined) {
    if (FOREIGN.test(step.uses)) return { outcome: 'success', outputs: {} }
    if (!OURS.test(step.uses)) throw new TypeError(`${step.uses} is not known here`)
    const given = Object.entries(step.with ?? {}).map(([name, value]) => [name, expand(String(value), context)])
    return playAction(job, { bin: job.bin, ...Object.fromEntries(given) })
  }
  const place = mkdtempSync(join(job.temp, 'step-'))
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH'].map((name) => [name, join(place, name)]),
  )
  for (const file of Object.values(files)) writeFileSync(file, '')
  const script = join(place, 'script.sh')
  writeFileSync(script, expand(step.run, context))
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, expand(String(value), context)])
  mkdirSync(job.workspace, { recursive: true })
  const { status, stdout, error } = spawnSync(
    'sh',
    ['-c', 'exec 2>&1\nexec bash --noprofile --norc -eo pipefail "$0"', script],
    {
      cwd: job.workspace,
      encoding: 'utf8',
      timeout: 900_000,
      env: {
        PATH: process.env.PATH,
        HOME: job.temp,
        LANG: 'C.UTF-8',
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: job.workspace,
        RUNNER_TEMP: job.temp,
        ...job.env,
        ...variables,
        ...files,
        ...Object.fromEntries(env),
      },
    },
  )
  if (error) throw error
  const read = (name) => (existsSync(files[name]) ? readFileSync(files[name], 'utf8') : '')
  return {
    outcome: status === 0 ? 'success' : 'failure',
    outputs: readOutputs(read('GITHUB_OUTPUT')),
    log: stdout,
    summary: read('GITHUB_STEP_SUMMARY'),
  }
}

/** `name=value` lines; the form with a delimiter is used by nobody here and refused. */
const readOutputs = (text) =>
  Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [, name, value] = /^([a-z-]+)=(.*)$/.exec(line) ?? []
        if (name === undefined) throw new SyntaxError(`"${line}" is no output`)
        return [name, value]
      }),
  )

/** The workflow commands in a log that annotate: `[severity, properties, message]`. */
export const annotationsOf = (log) =>
  [...log.matchAll(/^::(error|warning) (.*?)::(.*)$/gm)].map(([, ...parts]) => parts)
