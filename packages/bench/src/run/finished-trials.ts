import { readFileSync } from 'node:fs'
import { canonicalize, readJson, verifyBundle } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import type { BenchFile, BenchTrial, Trust, Verdict } from '@agent-run/types'
import { bundleOf } from '../report/bundle.ts'
import { insideOf } from '../report/inside.ts'
import type { LoadedPack } from '../trial.ts'
import type { PlannedTrial } from './plan.ts'
import type { FoundTrial } from './results.ts'

/** What a trial has to fit that an earlier part of a bench run is said to have finished. */
export interface FinishedSetting {
  /** Results folder. */
  readonly folder: string
  readonly pack: LoadedPack
  /** Id of the bench run. */
  readonly benchId: string
  /** Whose evaluations count. */
  readonly trust: Trust
}

/**
 * Why a trial of an earlier part does not count and is made anew, in words; undefined if it stands. It stands if its files
 * are as they were written, if its evaluation is about its record and signed by an evaluator of the trust, as `agent-run
 * verify` sees it, and if `trial.json` says the same as both. An evaluation without a record to name is signed by nobody:
 * without a record nothing but a failure stands.
 */
export const doubtAbout = (
  planned: PlannedTrial,
  { trial, fault }: FoundTrial,
  setting: FinishedSetting,
): string | undefined => {
  if (trial === undefined || fault !== undefined) return fault
  const evaluation = objectIn(trial, 'eval', setting)
  if (evaluation === undefined) return 'it has no evaluation'
  const record = objectIn(trial, 'record', setting)
  if (record === undefined && (trial.pass || trial.run_id !== undefined)) return 'its record is not there'
  if (!isSame(ownOf(planned, setting), { ...evaluation, ...objectOf(evaluation['metadata']) }, OWN))
    return 'its evaluation is of another trial'
  if (!isSame(ownOf(planned, setting), { ...trial }, PLACE)) return 'its trial.json is of another trial'
  if (!isSame({ ...trial, rules: trial.violations.map(({ rule }) => rule) }, saidBy(evaluation), JUDGED))
    return 'its trial.json says something else than its evaluation'
  if (record === undefined) return undefined
  if (!isSame({ ...trial }, record, NAMED)) return 'its trial.json says something else than its record'
  return unproven(trial, setting)
}

type Members = Readonly<Record<string, unknown>>

/** What an evaluation says of where it belongs, beside `benchmark_id` in its metadata. */
const OWN = ['benchmark_id', 'seed', 'repeat', 'pack_digest', 'bench_id']
const PLACE = ['task_id', 'scenario', 'seed', 'repeat']
const JUDGED = ['pass', 'score', 'criteria', 'metrics', 'wall_ms', 'rules', 'run_id', 'regression_from'].concat([
  'record_hash',
  'document_hash',
])
const NAMED = ['agent_id', 'model', 'runtime', 'status', 'outcome']

const ownOf = ({ scenario, repeat, seed }: PlannedTrial, { pack, benchId }: FinishedSetting): Members => {
  const task = `${pack.pack.id}/${scenario.id}`
  const place = { task_id: task, scenario: scenario.id, seed, repeat }
  return { ...place, benchmark_id: task, pack_digest: pack.digest, bench_id: benchId }
}

const saidBy = (evaluation: Members): Members => {
  const criteria = Array.isArray(evaluation['criteria']) ? evaluation['criteria'].map(objectOf) : []
  const broken = criteria.filter(({ pass, metadata }) => pass === false && objectOf(metadata)['kind'] === 'runtime')
  return {
    ...evaluation,
    wall_ms: objectOf(evaluation['metrics'])['wall_ms'],
    rules: broken.map(({ name }) => name),
  }
}

/** Whether members are the same on both sides; one that is absent, null or empty is not stated. */
const isSame = (one: Members, other: Members, names: readonly string[]): boolean =>
  names.every((name) => textOf(one[name]) === textOf(other[name]))

const textOf = (value: unknown): string => canonicalize(value === undefined || value === '' ? null : value)

const objectOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}

/** The only file of a role, if it holds an object. */
const objectIn = ({ files }: BenchTrial, role: BenchFile['role'], { folder }: FinishedSetting): Members | undefined => {
  const [file, second] = files.filter((each) => each.role === role)
  if (file === undefined || second !== undefined) return undefined
  const read = readJson(readFileSync(insideOf(folder, file.path)))
  return read.ok && !Array.isArray(read.value) && typeof read.value === 'object' && read.value !== null
    ? (read.value as Members)
    : undefined
}

/** What a verifier misses in record and evaluation, in words. */
const unproven = (trial: BenchTrial, { folder, trust }: FinishedSetting): string | undefined => {
  let bundle: string
  try {
    bundle = bundleOf(folder, [trial])
  } catch {
    return 'a record of another run that it names is no JSON object'
  }
  const { verdicts } = verifyBundle(Buffer.from(bundle), { trust, level: 'recorded' })
  const stateOf = ({ checks }: Verdict) => checks.find(({ check }) => check === 'evals')
  // Of the records of a trial one is judged.
  const verdict = verdicts.find((each) => stateOf(each)?.result !== 'absent')
  const found = verdict && stateOf(verdict)
  if (found?.result !== 'pass') return `its evaluation does not hold: ${visible(found?.detail ?? 'not found')}`
  const isBroken = trial.violations.some(({ rule }) => rule === 'runtime.reported')
  return isBroken || verdict?.first_failure === undefined
    ? undefined
    : `its record does not hold any more: the check ${verdict.first_failure} failed`
}
