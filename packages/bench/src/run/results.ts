import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digest, readJson } from '@agent-run/core'
import { visibleName } from '@agent-run/core/text'
import { makeFolder } from '@agent-run/sdk'
import type { BenchFile, BenchTrial } from '@agent-run/types'
import { Failure, systemError } from '../failure.ts'
import { schemaFaults } from '../schema/schema-faults.ts'
import { ledgerText } from '../tools/index.ts'
import type { BenchKey, Judgement, TrialEvidence } from '../trial.ts'

/** What a results folder is of: a run that is resumed has to be the same. */
export interface BenchState {
  readonly bench: '1'
  /** Id of the bench run. */
  readonly id: string
  readonly pack: { readonly id: string; readonly version: string; readonly digest: string }
  /** Words of the command, with the values that look like secrets masked. */
  readonly command: readonly string[]
  /** Over the id of the bench run and the words of the command. */
  readonly command_digest: string
  readonly environment: readonly string[]
  readonly seed: string
  readonly repeats: number
  readonly only: readonly string[]
  readonly baseline?: string
  /** Where the pack was, and where relative paths of the command were seen from: absolute paths. */
  readonly pack_folder: string
  readonly folder: string
  readonly keys: readonly BenchKey[]
  /** When it was begun first: RFC 3339, UTC. */
  readonly started_at: string
  /** Milliseconds that earlier parts took. */
  readonly duration_ms: number
}

/** A results folder that is written to. */
export interface Results {
  /** An absolute path. */
  readonly folder: string
  /** Trials that are finished already, by name. */
  readonly finished: ReadonlyMap<string, BenchTrial>
  writeState(state: BenchState): void
  /** Writes a trial; `trial.json` comes last, so a trial is there as a whole or not at all. */
  writeTrial(name: string, evidence: TrialEvidence, judgement: Judgement): BenchTrial
  /** Whether everything that a trial names is still as it was written. If not, the trial counts as not finished. */
  keeps(name: string, trial: BenchTrial): boolean
  /** Paths that appeared, changed or disappeared and are not the bench's own doing, since it was opened; in the order found. */
  foreign(): readonly string[]
}

const STATE = 'bench.json'
const MARK = 'trial.json'

/** Makes an empty results folder. @throws Failure if there is something in it, or it cannot be made */
export const createResults = (folder: string): Results => {
  try {
    makeFolder(folder, 0o777)
    if (readdirSync(folder).length > 0)
      throw new Failure(
        existsSync(join(folder, STATE))
          ? `${visibleName(folder)} has the results of a bench run; --resume ${visibleName(folder)} goes on with it, --out takes another folder`
          : `${visibleName(folder)} is not empty; --out takes a new folder`,
      )
    mkdirSync(join(folder, 'trials'))
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(`the results folder ${visibleName(folder)} cannot be made: ${systemError(cause)}`, { cause })
  }
  return openFolder(folder, new Map())
}

/** What the bench run of a results folder was. @throws Failure if there is none */
export const readState = (folder: string): BenchState => {
  const state = readObject(join(folder, STATE))
  const isOurs =
    state?.['bench'] === '1' &&
    ['id', 'command_digest', 'seed', 'pack_folder', 'folder', 'started_at'].every(
      (name) => typeof state[name] === 'string',
    ) &&
    ['command', 'environment', 'only', 'keys'].every((name) => Array.isArray(state[name])) &&
    ['repeats', 'duration_ms'].every((name) => typeof state[name] === 'number') &&
    typeof state['pack'] === 'object'
  if (isOurs) return state as unknown as BenchState
  throw new Failure(`${visibleName(folder)} holds no bench run that can be resumed: expected its file ${STATE}`)
}

/** Opens the results folder of a run that is to be resumed. @throws Failure if it is none, or cannot be read */
export const reopenResults = (folder: string): { readonly results: Results; readonly state: BenchState } => {
  const state = readState(folder)
  const finished = new Map<string, BenchTrial>()
  const trials = join(folder, 'trials')
  for (const name of existsSync(trials) ? readdirSync(trials).sort() : []) {
    const trial = readObject(join(trials, name, MARK))
    const isWhole =
      trial !== undefined &&
      schemaFaults('bench-trial.json', trial).every(({ severity }) => severity === 'warning') &&
      hasFiles(folder, trial as unknown as BenchTrial)
    if (isWhole) finished.set(name, trial as unknown as BenchTrial)
    // What was begun is made anew.
    else rmSync(join(trials, name), { recursive: true, force: true })
  }
  mkdirSync(trials, { recursive: true })
  return { results: openFolder(folder, finished), state }
}

/** Tells commands apart without keeping the secrets that may stand in one. */
export const commandDigest = (id: string, command: readonly string[]): string => digest(JSON.stringify([id, command]))

/** Whether everything that a trial names is there as it was written. */
const hasFiles = (folder: string, { files }: BenchTrial): boolean =>
  files.every(({ path, digest: expected }) => {
    if (path.split('/').includes('..') || !path.startsWith('trials/')) return false
    try {
      return lstatSync(join(folder, path)).isFile() && digest(readFileSync(join(folder, path))) === expected
    } catch {
      return false
    }
  })

const readObject = (path: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    if (!lstatSync(path).isFile()) return undefined
    const read = readJson(readFileSync(path))
    const isObject = read.ok && typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value)
    return isObject ? (read.value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

const openFolder = (folder: string, finished: ReadonlyMap<string, BenchTrial>): Results => {
  let known = stampsOf(folder)
  const own = <T>(work: () => T): T => {
    const done = work()
    known = new Map([...known, ...written.flatMap((path) => stampsAt(folder, path))])
    written.length = 0
    return done
  }
  const written: string[] = []
  const strange: string[] = []
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    const draft = join(folder, `${path}.new`)
    writeFileSync(draft, content)
    renameSync(draft, join(folder, path))
    written.push(path)
  }
  const keep = (
    files: BenchFile[],
    role: NonNullable<BenchFile['role']>,
    path: string,
    content: string | Uint8Array,
  ) => {
    const octets = typeof content === 'string' ? Buffer.from(content) : content
    write(path, octets)
    files.push({ path, role, digest: digest(octets), size: octets.length })
  }
  return {
    folder,
    finished,
    writeState: (state) => own(() => write(STATE, json(state))),
    writeTrial: (name, evidence, judgement) =>
      own(() => {
        const at = `trials/${name}`
        const files: BenchFile[] = []
        const { root, related, stdout, stderr, ledger, approvals, changes } = evidence
        if (root !== undefined) keep(files, 'record', `${at}/record.json`, root.octets)
        if (root?.journal !== undefined) keep(files, 'journal', `${at}/journal.jsonl`, root.journal)
        for (const [index, { octets, journal }] of related.entries()) {
          keep(files, 'related_record', `${at}/related/${index + 1}.json`, octets)
          if (journal !== undefined) keep(files, 'journal', `${at}/related/${index + 1}.journal.jsonl`, journal)
        }
        keep(files, 'eval', `${at}/eval.json`, json(judgement.eval))
        keep(files, 'stdout', `${at}/stdout.txt`, stdout.octets)
        keep(files, 'stderr', `${at}/stderr.txt`, stderr.octets)
        keep(files, 'ledger', `${at}/ledger.jsonl`, ledgerText(ledger))
        if (judgement.printed !== undefined) keep(files, 'commands', `${at}/commands.txt`, judgement.printed)
        const { outside, reached, refused } = evidence
        keep(files, 'changes', `${at}/changes.json`, json({ workspace: changes, outside, reached, refused, approvals }))
        const trial = trialOf(evidence, judgement, files)
        write(`${at}/${MARK}`, json(trial))
        return trial
      }),
    keeps: (name, trial) => {
      const mark = readObject(join(folder, 'trials', name, MARK))
      if (hasFiles(folder, trial) && JSON.stringify(mark) === JSON.stringify(trial)) return true
      rmSync(join(folder, 'trials', name), { recursive: true, force: true })
      return false
    },
    foreign: () => {
      const now = stampsOf(folder)
      const paths = [...new Set([...now.keys(), ...known.keys()])].sort()
      strange.push(...paths.filter((path) => now.get(path) !== known.get(path)))
      known = now
      return strange
    },
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Size and time of the last change of state, which no program can set, by path. Folders change with what is in them. */
const stampsOf = (folder: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const walk = (below: string): void => {
    for (const name of readdirSync(join(folder, below))) {
      const path = below === '' ? name : `${below}/${name}`
      const stat = lstatSync(join(folder, path), { throwIfNoEntry: false })
      if (stat?.isDirectory()) walk(path)
      else if (stat !== undefined) found.set(path, stampOf(stat))
    }
  }
  try {
    walk('')
  } catch {
    // Whoever takes the folder away meanwhile is noticed by what is missing.
  }
  return found
}

const stampsAt = (folder: string, path: string): readonly (readonly [string, string])[] => {
  const stat = lstatSync(join(folder, path), { throwIfNoEntry: false })
  return stat === undefined ? [] : [[path, stampOf(stat)]]
}

const stampOf = ({ size, ctimeMs, ino }: { size: number; ctimeMs: number; ino: number }): string =>
  `${size} ${ctimeMs} ${ino}`

const trialOf = (evidence: TrialEvidence, judgement: Judgement, files: BenchFile[]): BenchTrial => {
  const { taskId, scenario, repeat, seed, ending, root, related, startedAt, endedAt } = evidence
  const run = root?.valid.value
  const { regression_from, record_hash, document_hash } = judgement.eval
  return {
    task_id: taskId,
    scenario: scenario.id,
    repeat,
    seed,
    pass: judgement.pass,
    score: judgement.score,
    ended: ending.how,
    ...given('exit_code', ending.exitCode),
    ...given('signal', ending.signal),
    started_at: startedAt,
    ended_at: endedAt,
    wall_ms: ending.wallMs,
    ...given('run_id', run?.id),
    ...(related.length === 0 ? {} : { related_run_ids: related.map(({ valid }) => valid.value.id) }),
    ...given('agent_id', run?.agent_id),
    ...given('model', run?.model),
    ...given('runtime', run?.runtime),
    ...given('status', run?.status),
    ...given('outcome', run?.outcome),
    ...given('record_hash', record_hash),
    ...given('document_hash', document_hash),
    criteria: [...judgement.criteria],
    metrics: { ...judgement.metrics },
    violations: [...judgement.violations],
    ...given('regression_from', regression_from),
    files,
  }
}

const given = <K extends string, V>(name: K, value: V | null | undefined): { [key in K]?: V } =>
  value === undefined || value === null || value === '' ? {} : ({ [name]: value } as { [key in K]?: V })
