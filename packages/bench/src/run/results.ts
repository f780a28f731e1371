import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digest, parseTrust, readJson } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import { type Lock, makeFolder } from '@agent-run/sdk'
import type { BenchFile, BenchTrial, Trust } from '@agent-run/types'
import { Failure, systemError } from '../failure.ts'
import { trustOf } from '../report/trust.ts'
import { schemaFaults } from '../schema/schema-faults.ts'
import { lockResults, STATE } from '../session/lock-results.ts'
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
  /** Where the folders of trials are made: the temporary folder of the machine when it was last gone on with. */
  readonly temp_folder: string
  readonly keys: readonly BenchKey[]
  /** When it was begun first: RFC 3339, UTC. */
  readonly started_at: string
  /** Milliseconds that earlier parts took. */
  readonly duration_ms: number
}

/** A trial that results hold. */
export interface FoundTrial {
  /** What its `trial.json` says; undefined: that is not there, or is none. */
  readonly trial: BenchTrial | undefined
  /** Why it does not count; undefined: everything that it names is there as it was written. */
  readonly fault: string | undefined
}

/** A results folder that is written to, by this process alone. */
export interface Results {
  /** An absolute path. */
  readonly folder: string
  /** What there is of a trial; undefined: nothing. */
  find(name: string): FoundTrial | undefined
  /** Whom to believe about what is in it, as its `trust.json` says; undefined: there is none that can be read. */
  trust(): Trust | undefined
  /** Writes what the bench run is, and whom to believe about it. */
  writeState(state: BenchState): void
  /** Writes a trial in the place of what there is; `trial.json` comes last, so it is there as a whole or not at all. */
  writeTrial(name: string, evidence: TrialEvidence, judgement: Judgement): BenchTrial
  /** Whether everything that a trial names is still as it was written. If not, the trial counts as not finished. */
  keeps(name: string, trial: BenchTrial): boolean
  /** Paths that appeared, changed or disappeared and are not the bench's own doing, since it was opened; in the order found. */
  foreign(): readonly string[]
  /** Lets others write. */
  close(): void
}

const MARK = 'trial.json'
const TRIALS = 'trials'
const TRUST = 'trust.json'

/** Makes an empty results folder. @throws Failure if there is something in it, or it cannot be made */
export const createResults = (folder: string): Results => {
  let lock: Lock | undefined
  try {
    makeFolder(folder, 0o777)
    refuseFull(folder)
    lock = lockResults(folder)
    // Of two that found it empty the second finds what the first has made.
    refuseFull(folder)
    mkdirSync(join(folder, TRIALS))
    return openFolder(folder, lock)
  } catch (cause) {
    lock?.release()
    if (cause instanceof Failure) throw cause
    throw new Failure(`the results folder ${visibleName(folder)} cannot be made: ${systemError(cause)}`, { cause })
  }
}

const refuseFull = (folder: string): void => {
  // A bench run that was killed before it had begun may have left its lock, or one is beginning now.
  if (readdirSync(folder).every((name) => name === `${STATE}.lock`)) return
  throw new Failure(
    existsSync(join(folder, STATE))
      ? `${visibleName(folder)} has the results of a bench run; --resume ${visibleName(folder)} goes on with it, --out takes another folder`
      : `${visibleName(folder)} is not empty; --out takes a new folder`,
  )
}

/** What the bench run of a results folder was. @throws Failure if there is none */
export const readState = (folder: string): BenchState => {
  const state = readObject(join(folder, STATE))
  const isOurs =
    state?.['bench'] === '1' &&
    ['id', 'command_digest', 'seed', 'pack_folder', 'folder', 'temp_folder', 'started_at'].every(
      (name) => typeof state[name] === 'string',
    ) &&
    ['command', 'environment', 'only', 'keys'].every((name) => Array.isArray(state[name])) &&
    ['repeats', 'duration_ms'].every((name) => typeof state[name] === 'number') &&
    typeof state['pack'] === 'object' &&
    state['pack'] !== null
  if (isOurs) return state as unknown as BenchState
  throw new Failure(`${visibleName(folder)} holds no bench run that can be resumed: expected its file ${STATE}`)
}

/** Opens the results folder of a run that is to be resumed. @throws Failure if it is none, or cannot be read */
export const reopenResults = (folder: string): { readonly results: Results; readonly state: BenchState } => {
  readState(folder)
  const lock = lockResults(folder)
  try {
    const trials = join(folder, TRIALS)
    if (!existsSync(trials)) mkdirSync(trials)
    // What is written to it would be written elsewhere.
    if (!lstatSync(trials).isDirectory())
      throw new Failure(`${visibleName(trials)} is no folder of its own; results hold no links`)
    return { results: openFolder(folder, lock), state: readState(folder) }
  } catch (cause) {
    lock.release()
    if (cause instanceof Failure) throw cause
    throw new Failure(`the results folder ${visibleName(folder)} cannot be opened: ${systemError(cause)}`, { cause })
  }
}

/** Tells commands apart without keeping the secrets that may stand in one. */
export const commandDigest = (id: string, command: readonly string[]): string => digest(JSON.stringify([id, command]))

/** The first file that a trial names and that is not there as it was written, in words. */
const faultOf = (folder: string, name: string, { files }: BenchTrial): string | undefined => {
  const own = join(folder, TRIALS, name)
  if (!lstatSync(own).isDirectory()) return 'its folder is a link'
  for (const { path, digest: expected, size } of files) {
    if (path.split('/').includes('..') || !path.startsWith(`${TRIALS}/${name}/`))
      return 'it names a file of another trial'
    try {
      const stat = lstatSync(join(folder, path))
      if (!stat.isFile()) return `${visible(path)} is no file of its own`
      if (stat.size !== size || digest(readFileSync(join(folder, path))) !== expected)
        return `${visible(path)} was changed since`
    } catch {
      return `${visible(path)} is not there`
    }
  }
  return undefined
}

/** Octets of a file of the bench's own that is read. */
const LARGEST = 64 * 1024 * 1024

const readObject = (path: string): Readonly<Record<string, unknown>> | undefined => {
  const octets = octetsOf(path)
  const read = octets && readJson(octets)
  const isObject =
    read?.ok === true && typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value)
  return isObject ? (read.value as Readonly<Record<string, unknown>>) : undefined
}

const octetsOf = (path: string): Uint8Array | undefined => {
  try {
    const stat = lstatSync(path)
    return stat.isFile() && stat.size <= LARGEST ? readFileSync(path) : undefined
  } catch {
    return undefined
  }
}

const openFolder = (folder: string, lock: Lock): Results => {
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
  const find = (name: string): FoundTrial | undefined => {
    const path = join(folder, TRIALS, name)
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined
    const mark = readObject(join(path, MARK))
    if (mark === undefined) return { trial: undefined, fault: 'it was begun and not finished' }
    if (schemaFaults('bench-trial.json', mark).some(({ severity }) => severity === 'error'))
      return { trial: undefined, fault: `its ${MARK} is not right` }
    const trial = mark as unknown as BenchTrial
    return { trial, fault: faultOf(folder, name, trial) }
  }
  /** Removes what there is of a trial; a link as it is. */
  const clear = (name: string): void => {
    const at = `${TRIALS}/${name}`
    rmSync(join(folder, at), { recursive: true, force: true })
    known = new Map([...known].filter(([path]) => path !== at && !path.startsWith(`${at}/`)))
  }
  return {
    folder,
    find,
    trust: () => {
      const read = octetsOf(join(folder, TRUST))
      const parsed = read && parseTrust(read)
      return parsed?.ok === true ? parsed.trust : undefined
    },
    writeState: (state) =>
      own(() => {
        write(STATE, json(state))
        write(TRUST, json(trustOf(state)))
      }),
    writeTrial: (name, evidence, judgement) =>
      own(() => {
        clear(name)
        const at = `${TRIALS}/${name}`
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
      const found = find(name)
      if (found?.fault === undefined && JSON.stringify(found?.trial) === JSON.stringify(trial)) return true
      clear(name)
      return false
    },
    foreign: () => {
      const now = stampsOf(folder)
      const paths = [...new Set([...now.keys(), ...known.keys()])].sort()
      strange.push(...paths.filter((path) => now.get(path) !== known.get(path)))
      known = now
      return strange
    },
    close: () => lock.release(),
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
