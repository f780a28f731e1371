import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createSigner, digest, documentHash, protect, runHash, sealRun, signObject } from '@agent-run/core'
import type { AgentRun, BenchFile, BenchReport, BenchTrial, Criterion, EvalResult } from '@agent-run/types'
import { afterAll } from 'vitest'
import { reportOf } from '../../src/report/index.ts'
import type { BenchRun } from '../../src/trial.ts'

/** What matters of a trial to a test; the rest is made up. */
export interface Sketch {
  readonly scenario: string
  readonly repeat?: number
  readonly pass?: boolean
  readonly score?: number
  readonly cost?: number | null
  readonly calls?: number | null
  readonly wall?: number
  readonly criteria?: readonly Criterion[]
  readonly more?: Partial<BenchTrial>
}

const AT = '2026-11-20T14:02:11.480Z'
const LATER = '2026-11-20T14:05:45.480Z'
const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)

/** The key of the judge, and the key of a runtime that nobody knows. */
export const judge = createSigner(seed(7))
export const stranger = createSigner(seed(9))

/** A criterion as the judge gives it. */
export const criterion = (name: string, pass: boolean, label: string, required = true): Criterion => ({
  name,
  pass,
  score: pass ? 100 : 0,
  label,
  metadata: { kind: 'calls', required, weight: 1 },
})

/** A trial of the pack `chores`. */
export const trial = (sketch: Sketch): BenchTrial => {
  const { scenario, repeat = 1, pass = true, score = pass ? 100 : 25, cost = 0.01, calls = 3, wall = 2000 } = sketch
  return {
    task_id: `chores/${scenario}`,
    scenario,
    repeat,
    seed: 1000 + repeat,
    pass,
    score,
    ended: 'exited',
    exit_code: 0,
    started_at: AT,
    ended_at: new Date(Date.parse(AT) + wall).toISOString(),
    wall_ms: wall,
    run_id: `run-${scenario}-${repeat}`,
    agent_id: 'tester',
    model: 'model-1',
    runtime: 'fixture',
    status: 'completed',
    outcome: 'success',
    criteria: [...(sketch.criteria ?? [criterion('it is done', pass, pass ? 'found 1 call' : 'found no call')])],
    metrics: { ...(cost === null ? {} : { cost_usd: cost }), ...(calls === null ? {} : { tool_calls: calls }) },
    violations: [],
    files: [],
    ...sketch.more,
  }
}

/** A bench run of these trials; nothing of it is on disk. */
export const benchRun = (trials: readonly BenchTrial[], changes: Partial<BenchRun> = {}): BenchRun => ({
  id: 'bench-0123456789abcdef',
  pack: {
    folder: '/packs/chores',
    digest: digest(new TextEncoder().encode('chores')),
    pack: {
      pack: '1',
      id: 'chores',
      title: 'Chores about the house',
      description: 'For tests.',
      version: '1.2.0',
      scenarios: [...new Set(trials.map(({ scenario }) => scenario))].map((id) => ({
        id,
        title: `Title of ${id}`,
        prompt: 'Do it.',
        criteria: [],
      })),
    },
  },
  out: '/results',
  command: ['node', 'agent.mjs', '--careful mode'],
  environment: [],
  seed: '7f3a',
  repeats: Math.max(1, ...trials.map(({ repeat }) => repeat)),
  jobs: 1,
  signer: judge,
  keys: [{ did: judge.did, role: 'evaluator', own: false, since: AT }],
  startedAt: AT,
  endedAt: LATER,
  durationMs: 214_000,
  planned: trials.length,
  trials,
  ...changes,
})

/** A report of these trials. */
export const report = (trials: readonly BenchTrial[], changes: Partial<BenchRun> = {}): BenchReport =>
  reportOf(benchRun(trials, changes))

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A temporary folder, gone after the tests of the file. */
export const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-report-'))
  folders.push(folder)
  return folder
}

/** A record of a runtime. */
export const recordOf = (id: string, more: Partial<AgentRun> = {}): AgentRun => {
  const run = {
    spec_version: '1.0',
    id,
    agent_id: 'tester',
    model: 'model-1',
    runtime: 'fixture',
    status: 'completed',
    started_at: AT,
    ended_at: LATER,
    duration_ms: 900,
    steps: [],
    cost: { input_tokens: 10, output_tokens: 5, cost_usd: 0.02 },
    ...more,
  } as unknown as AgentRun
  return { ...run, provenance: { run_hash: runHash(run) } }
}

/** How the records of a results folder come. */
export type Sealing = 'sealed' | 'unsealed' | 'broken'

/** A bench run whose trials lie in a results folder, each with a record and its signed evaluation. */
export const storedRun = async (
  sketches: readonly (Sketch & { readonly sealing?: Sealing; readonly record?: Partial<AgentRun> })[],
  changes: Partial<BenchRun> = {},
): Promise<BenchRun> => {
  const out = join(temporary(), 'results')
  const trials = await Promise.all(
    sketches.map(async ({ sealing = 'sealed', record: more = {}, ...sketch }) => {
      const each = trial(sketch)
      const folder = `trials/${each.scenario}.${each.repeat}`
      const record = recordOf(each.run_id ?? '', more)
      const stored = sealing === 'unsealed' ? record : await sealRun(protect(record), { signer: stranger, at: LATER })
      const names =
        sealing === 'unsealed'
          ? { document_hash: documentHash(stored) }
          : { record_hash: stored.provenance.record_hash as string }
      const evaluation: EvalResult = {
        pass: each.pass,
        score: each.score,
        benchmark_id: each.task_id,
        evaluator: 'agent-run bench 0',
        run_id: record.id,
        at: LATER,
        ...names,
      }
      const signed = await signObject('eval', evaluation, judge)
      const kept = sealing === 'broken' ? { ...stored, outcome: 'rolled_back' } : stored
      const files: BenchFile[] = []
      const put = (role: BenchFile['role'], name: string, value: object): void => {
        const octets = Buffer.from(`${JSON.stringify(value, null, 1)}\n`)
        const path = join(out, folder, name)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, octets)
        files.push({ path: `${folder}/${name}`, role, digest: digest(octets), size: octets.length })
      }
      put('record', 'record.json', kept)
      put('eval', 'eval.json', signed)
      return { ...each, ...names, files }
    }),
  )
  return benchRun(trials, { out, ...changes })
}

/** What would be bad to find as markup, as a command to a terminal or build server, or as something that hides. */
export const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  '\u202etxt.exe\u2066',
  '::error file=a::boo',
  '##vso[task.complete]',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '[a](https://evil.example)',
  '| a | b |\n| - | - |',
  '`code` **bold** @everyone',
  ']]>&lt;\u0000\ud800\u2028',
].join(' ')
