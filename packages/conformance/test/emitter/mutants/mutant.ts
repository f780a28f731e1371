import { canonicalize, createSigner } from '@agent-run/core'
import { sealedBytes, sealHash } from '../../../src/bytes/covered.ts'
import { digest } from '../../../src/bytes/digest.ts'
import { runHash, stepsRoot } from '../../../src/bytes/seal.ts'
import { seedOf, sign } from '../../../src/bytes/sign.ts'
import type { Deposit } from '../../../src/emitter/deposit.ts'
import type { Performance } from '../../../src/emitter/play.ts'

// biome-ignore lint/suspicious/noExplicitAny: a mutant breaks records of every shape
export type Loose = any

/** A runtime that is the reference but for one thing. */
export interface Mutant {
  readonly name: string
  /** What it does wrong. */
  readonly fault: string
  /** The scenario in which it shows; in all of them without it. */
  readonly scenario?: string
  /** Level that is asked of it, where that is where it shows; recorded otherwise. */
  readonly level?: string
  readonly change: (played: Performance) => Performance
}

/** Seeds of the scenario's keys, as the reference signs with them. */
const seeds = {
  recorder: seedOf('scenario recorder'),
  approver: seedOf('scenario approver'),
  evaluator: seedOf('scenario evaluator'),
}

/** An object signed anew by one of the scenario's keys. */
export const signed = (kind: string, object: Loose, who: keyof typeof seeds = 'approver'): Loose =>
  sign(kind, seeds[who], object)

/** A record fingerprinted, sealed and signed anew, as far as it was. */
export const reseal = (record: Loose, { fingerprint = true } = {}): Loose => {
  const { record_hash, signature, ...provenance } = record.provenance
  const run_hash = fingerprint ? runHash(record) : provenance.run_hash
  if (record_hash === undefined) return { ...record, provenance: { ...provenance, run_hash } }
  const tree = { steps_count: record.steps.length, steps_root: stepsRoot(record.steps) }
  return stamp({ ...record, provenance: { ...provenance, run_hash, ...tree } })
}

/** A record with the hash and the signature of what it says, right or wrong. */
export const stamp = (record: Loose): Loose => {
  const signature = signatureOver(sealedBytes('run', record))
  return { ...record, provenance: { ...record.provenance, record_hash: sealHash('run', record), signature } }
}

/** A signature by one of the scenario's keys over octets. */
export const signatureOver = (octets: Uint8Array, who: keyof typeof seeds = 'recorder'): string =>
  Buffer.from(createSigner(seeds[who]).sign(octets) as Uint8Array).toString('base64')

const isRecord = ({ kind }: Deposit): boolean => kind === 'record'
export const recordIn = ({ octets }: Deposit): Loose => JSON.parse(Buffer.from(octets).toString('utf8'))
const isFirst = (deposit: Deposit, index: number, all: readonly Deposit[]): boolean =>
  all.findIndex((each) => recordIn(each).id === recordIn(deposit).id) === index
const withValue = (deposit: Deposit, value: Loose): Deposit => ({
  ...deposit,
  octets: Buffer.from(canonicalize(value)),
})

interface Rewriting {
  readonly fingerprint?: boolean
  /** What happens to the record once it is sealed. */
  readonly after?: (run: Loose) => void
  readonly level?: string
}

/**
 * A runtime that writes another record: of the run, `records[0]`, or of those that it started. The journals, which would tell
 * of it, are left out; everything is sealed anew, parents with the hashes that their children have now.
 */
export const writes = (
  name: string,
  scenario: string,
  fault: string,
  change: (run: Loose, children: readonly Loose[]) => unknown,
  { fingerprint = true, after, level }: Rewriting = {},
): Mutant => ({
  name,
  fault,
  scenario,
  ...(level === undefined ? {} : { level }),
  change: (played) => {
    // Of a record that was written twice, as it was sent first.
    const records = played.deposits.filter(isRecord).filter(isFirst)
    if (records.length === 0) return played
    const values = records.map(recordIn)
    const run = values.find(({ provenance }) => provenance.parents === undefined) ?? values[0]
    const children = values.filter((each) => each !== run)
    const before = values.map(({ provenance }) => provenance.record_hash)
    for (const { provenance } of values) delete provenance.journal_head
    change(run, children)
    const hashes = new Map<string, string>()
    const sealed = new Map<Loose, Loose>()
    for (const each of [...children, run]) {
      for (const step of Array.isArray(each.steps) ? each.steps : [])
        if (hashes.has(step?.child_record_hash)) step.child_record_hash = hashes.get(step.child_record_hash)
      const made = each.provenance === undefined ? each : reseal(each, { fingerprint })
      hashes.set(before[values.indexOf(each)], made.provenance?.record_hash)
      sealed.set(each, made)
    }
    after?.(sealed.get(run))
    const rest = played.deposits.filter(({ kind }) => kind === 'companion')
    return {
      ...played,
      deposits: [...records.map((deposit, index) => withValue(deposit, sealed.get(values[index]))), ...rest],
    }
  },
})

/** A mutant that is broken in every scenario. */
export const everywhere = ({ scenario: _, ...mutant }: Mutant): Mutant => mutant

/** A runtime whose octets are others. */
export const octets = (name: string, fault: string, change: (text: string) => string | Uint8Array): Mutant => ({
  name,
  fault,
  scenario: 'plain_calls',
  change: (played) => ({
    ...played,
    deposits: played.deposits.filter(isRecord).map((deposit) => {
      const changed = change(Buffer.from(deposit.octets).toString('utf8'))
      return { ...deposit, octets: typeof changed === 'string' ? Buffer.from(changed) : changed }
    }),
  }),
})

interface JournalChange {
  /** Whether the record is judged beside it. */
  readonly record?: boolean
  /** Whether `seq`, `prev` and heads are made anew. */
  readonly chain?: boolean
}

/** A runtime that writes another journal: lines with their values, private ones included. */
export const journals = (
  name: string,
  scenario: string,
  fault: string,
  change: (lines: Loose[]) => Loose[],
  { record = false, chain = true }: JournalChange = {},
): Mutant => ({
  name,
  fault,
  scenario,
  change: (played) => ({
    ...played,
    deposits: played.deposits
      .filter(({ kind }) => record || kind !== 'record')
      .map((deposit) => {
        if (deposit.kind !== 'journal') return deposit
        const lines = Buffer.from(deposit.octets)
          .toString('utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
        const changed = change(lines)
        const made = chain ? rechain(changed) : changed
        const text = made.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
        return { ...deposit, octets: Buffer.from(text) }
      }),
  }),
})

/** Lines with the numbers and digests that they have to have where they stand now. */
export const rechain = (lines: readonly Loose[]): Loose[] => {
  let [seq, prev] = [0, `sha256:${'0'.repeat(64)}`]
  return lines.map((line) => {
    if (typeof line === 'string' || 'private' in line) return line
    const made = { ...line, seq, prev }
    if (line.type === 'head' && line.data.seq === line.seq - 1)
      made.data = signed('head', { ...line.data, seq: seq - 1, head: prev }, 'recorder')
    if (line.type === 'run.resumed') made.data = { ...line.data, seq: seq - 1, head: prev }
    if (line.type === 'run.sealed') made.data = resealed(line.data, prev)
    seq++
    prev = digest(JSON.stringify(made))
    return made
  })
}

/** What `run.sealed` says, with another end of the journal. */
export const resealed = (data: Loose, head: string): Loose => {
  if (data.provenance.journal_head === head) return data
  return stamp({ ...data, provenance: { ...data.provenance, journal_head: head } })
}

/** A runtime that behaves otherwise towards the server, or leaves something else. */
export const behaves = (
  name: string,
  scenario: string,
  fault: string,
  change: (played: Performance) => Partial<Performance>,
): Mutant => ({ name, fault, scenario, change: (played) => ({ ...played, ...change(played) }) })
