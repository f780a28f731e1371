import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalize, digest, foldJournal, readJournal, readJson, validate } from '@agent-run/core'
import { readTree } from '../tree-state.ts'
import type { RefusedArrival, TrialRecord } from '../trial.ts'
import type { ServerHarvest } from './trial-server.ts'

/** What arrived, read and validated. */
export interface Harvest {
  readonly records: readonly TrialRecord[]
  readonly refused: readonly RefusedArrival[]
  /** Evals that were sent, or lie in the output folder, by themselves. */
  readonly sentEvals: number
}

/** Names of files with records and journals. */
const HANDED_OVER = /\.(json|jsonl|ndjson|journal)$/

/** Names in the output folder that are the answer of a runtime and no record. */
const ANSWER = /^answer\.(txt|md|json)$/

/** Why a judgement is no record. */
const AN_EVAL = 'a judgement, which is for others to make'

/** Files of an output folder that are looked at. */
const MOST_FILES = 2000

/** What is read one a line, over all files. */
const MOST_LINES = 2000

/** Reasons for passing something over that are kept. */
export const MOST_REASONS = 1000

/** Faults of one record that are kept. */
const MOST_FAULTS = 20

/** Everything that a server was sent and that lies in an output folder. @param most octets of files that are read */
export const gather = (server: ServerHarvest, output: string, most: number): Harvest => {
  const records: TrialRecord[] = []
  const refused: RefusedArrival[] = []
  takeRuns(server, records, refused)
  for (const { method, path, status } of server.arrivals)
    if (isRecordPath(path) && (status < 200 || status > 299))
      refused.push({
        via: 'server',
        name: `${method} ${path}`,
        reason: status === 0 ? 'cut off' : `answered ${status}`,
      })
  for (const problem of server.problems) refused.push({ via: 'server', name: 'approvals', reason: problem })
  takeFiles(output, most, records, refused)
  const sent = server.arrivals.filter(
    ({ path, status }) => /\/runs\/[^/]+\/evals?$/.test(path) && status >= 200 && status < 300,
  ).length
  const evals = refused.filter(({ reason }) => reason === AN_EVAL).length
  return { records, refused: refused.slice(0, MOST_REASONS), sentEvals: sent + evals }
}

const isRecordPath = (path: string): boolean => /\/runs(\/batch)?$/.test(path)

const takeRuns = ({ runs, arrivals }: ServerHarvest, records: TrialRecord[], refused: RefusedArrival[]): void => {
  const sent = sentRecords(arrivals)
  for (const { id, run, journal } of runs) {
    const held = journal.length === 0 ? {} : { journal }
    if (run.state === 'erased') refused.push({ via: 'server', name: id, reason: 'erased by the runtime' })
    else if (run.state === 'live') takeJournal('server', id, journal, records, refused)
    else take('server', id, sent.get(run.etag) ?? run.body, { folded: false, ...held }, records, refused)
  }
}

/** Bodies that were sent as records, by the digest of what they mean. */
const sentRecords = (arrivals: ServerHarvest['arrivals']): ReadonlyMap<string, Uint8Array> => {
  const found = new Map<string, Uint8Array>()
  for (const { path, octets } of arrivals) {
    if (!isRecordPath(path)) continue
    for (const text of path.endsWith('/batch') ? linesOf(octets) : [octets]) {
      const read = readJson(text)
      if (read.ok) found.set(digest(canonicalize(read.value)), text)
    }
  }
  return found
}

const takeFiles = (output: string, most: number, records: TrialRecord[], refused: RefusedArrival[]): void => {
  let left = most
  const { entries, cut } = readTree(output, { files: MOST_FILES, bytes: Number.MAX_SAFE_INTEGER, contents: false })
  if (cut) refused.push({ via: 'file', name: '.', reason: `more than ${MOST_FILES} files; the others are not read` })
  for (const [path, { kind, size }] of entries) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (!HANDED_OVER.test(name) || ANSWER.test(path) || name.startsWith('.') || kind === 'folder') continue
    const refuse = (reason: string) => refused.push({ via: 'file', name: path, reason })
    if (kind !== 'file') {
      refuse('no file of its own')
      continue
    }
    left -= size
    const octets = left < 0 ? undefined : readOwn(join(output, path))
    if (octets === undefined) refuse(left < 0 ? 'beyond what is read' : 'unreadable')
    else if (name.endsWith('.json')) take('file', path, octets, { folded: false }, records, refused)
    else takeLines(path, octets, records, refused)
  }
}

/** A journal, or records one a line. */
const takeLines = (path: string, octets: Uint8Array, records: TrialRecord[], refused: RefusedArrival[]): void => {
  const [first] = linesOf(octets)
  const read = first === undefined ? undefined : readJson(first)
  const isRecord = read?.ok === true && typeof read.value === 'object' && read.value !== null && 'steps' in read.value
  if (!isRecord) takeJournal('file', path, octets, records, refused)
  else
    for (const line of linesOf(octets)) {
      if (records.length + refused.length >= MOST_LINES)
        return void refused.push({ via: 'file', name: path, reason: 'too many lines; the others are not read' })
      take('file', path, line, { folded: false }, records, refused)
    }
}

const takeJournal = (
  via: TrialRecord['via'],
  name: string,
  octets: Uint8Array,
  records: TrialRecord[],
  refused: RefusedArrival[],
): void => {
  const journal = readJournal(octets)
  const { run, sealed } = foldJournal(journal)
  if (run === undefined) return void refused.push({ via, name, reason: 'neither a record nor a journal' })
  take(via, name, Buffer.from(canonicalize(run)), { journal: octets, folded: sealed === undefined }, records, refused)
}

const take = (
  via: TrialRecord['via'],
  name: string,
  octets: Uint8Array,
  rest: Pick<TrialRecord, 'folded' | 'journal'>,
  records: TrialRecord[],
  refused: RefusedArrival[],
): void => {
  const valid = validate(octets)
  if (valid.ok) return void records.push({ via, octets, valid, ...rest })
  if (via === 'file' && validate(octets, { schema: 'eval' }).ok) {
    refused.push({ via, name, reason: AN_EVAL })
    return
  }
  const errors = valid.findings.filter(({ severity }) => severity === 'error')
  const faults = errors.slice(0, MOST_FAULTS).map(({ path, message }) => `${path === '' ? '' : `${path}: `}${message}`)
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  refused.push({ via, name, reason: `${faults[0] ?? 'it cannot be read'}${others}`, faults })
}

function* linesOf(octets: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < octets.length; ) {
    const end = octets.indexOf(0x0a, from)
    const to = end < 0 ? octets.length : end
    if (to > from) yield octets.subarray(from, to)
    from = to + 1
  }
}

/** The content of a file; undefined for what is none by the time it is opened. */
const readOwn = (path: string): Uint8Array | undefined => {
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    return fstatSync(file).isFile() ? readFileSync(file) : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
