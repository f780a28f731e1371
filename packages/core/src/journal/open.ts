import { digestBytes, digestText } from '../hash/digest-text.ts'
import { digest, stepLeafBytes } from '../hash/index.ts'
import { type JsonValue, readJson } from '../read/index.ts'
import { isObject } from '../semantics/object.ts'
import { createTreeAppender, type TreeAppender } from '../tree/index.ts'
import { type Difference, type JournalFinding, type JournalRule, journalFinding } from './finding.ts'
import { headFaults } from './head.ts'
import { type JournalLine, ORIGIN, type PrivateLine } from './line.ts'
import { collectPrivateHashes, isWholeLine } from './private.ts'
import { isPrivateLine, lineFault, startFault } from './shape.ts'

/** A chained line as it was read. */
export interface ChainedLine extends JournalLine {
  /** Number of the line in the file, from 0, private lines counted. */
  readonly number: number
  /** Offset of its first byte in the file. */
  readonly octet: number
  /** SHA-256 of its bytes without the line feed: `prev` of the next one. */
  readonly digest: string
}

/**
 * All that has to be remembered of a journal to read on: JSON, its size grows with the logarithm of the number of steps.
 * Which `private_hash`es the chain has is not in it; who reads a journal in parts remembers them elsewhere.
 */
export interface JournalState {
  /** Number of the last chained line. */
  readonly seq: number
  /** Its digest: `prev` of the next one. */
  readonly head: string
  /** From `run.started`; empty where that does not say it. */
  readonly run_id: string
  readonly nonce: string
  /** The key that signs the heads. */
  readonly signed_by?: string
  /** The steps that ended: how many, and the nodes of the tree over them, `sha256:` and hexadecimal. */
  readonly steps: { readonly count: number; readonly nodes: readonly string[] }
  /** Status of the run as the lines so far say it. */
  readonly status: string
  /** Whether the last line is `run.sealed`. */
  readonly sealed: boolean
  /** The `seq` that the last right head names: lines up to it are as they were signed. */
  readonly last_head?: number
}

/** What one line of a journal is. */
export interface TakenLine {
  /** Whether nothing was found. Otherwise the reader has read on from what it found, except after `journal.line`. */
  readonly ok: boolean
  /** A chained line. */
  readonly line?: ChainedLine
  /** Hash of a step that ended with this line, 32 bytes. */
  readonly leaf?: Uint8Array
  /** A private line that is what it says. That the chain knows its hash is for the caller to see (AR-JRNL-008). */
  readonly private?: PrivateLine
  /** Every `private_hash` that stands in the chained line. */
  readonly privateHashes: readonly string[]
  readonly findings: readonly JournalFinding[]
}

/** Where a line stands. */
export interface LinePlace {
  /** Number of the line in the file, from 0. */
  readonly number: number
  /** Offset of its first byte. */
  readonly octet: number
}

/** Reads a journal line by line. */
export interface JournalReader {
  /**
   * Takes the next line. Never throws for bad content.
   * @param octets the line without its line feed
   * @param place where it stands; counted from where the reader was opened unless given
   */
  take(octets: Uint8Array, place?: LinePlace): TakenLine
  /** What to open the next reader with; `undefined` before the first chained line. */
  state(): JournalState | undefined
}

/**
 * Reads a journal line by line, from its beginning or from where another reader stopped: every line strictly, the chain, the
 * heads with their signatures (AR-JRNL-001 to AR-JRNL-010). A line takes time and memory that do not depend on the length of
 * the journal, a head O(log n).
 * @param state what another reader's `state()` gave, as it was
 * @throws {RangeError} for a state that is none
 */
export const openJournal = (state?: JournalState): JournalReader => {
  const tree = openTree(state)
  let at: Progress | undefined = state && { ...state }
  let next: LinePlace = { number: 0, octet: 0 }

  const takeChained = (line: ChainedLine): TakenLine => {
    const findings = chainedFindings(line, at, tree)
    const leaf = line.type === 'step.ended' ? stepLeafBytes(line.data) : undefined
    if (leaf) tree.append(leaf)
    const isHead = line.type === 'head' && !findings.some(({ code }) => code.startsWith('journal.head'))
    at = advance(at, line, isHead)
    const privateHashes = new Set<string>()
    collectPrivateHashes(line.data, privateHashes)
    const taken = { ok: findings.length === 0, line, privateHashes: [...privateHashes], findings }
    return leaf === undefined ? taken : { ...taken, leaf }
  }

  return {
    take(octets, place = next) {
      next = { number: place.number + 1, octet: place.octet + octets.length + 1 }
      const read = parse(octets)
      if (read.ok && isPrivateLine(read.value)) return takePrivate(read.value, place)
      const found = read.ok ? lineFault(read.value) : read.found
      if (!read.ok || found !== undefined) return refuse(found ?? '', place)
      return takeChained({ ...(read.value as unknown as JournalLine), ...place, digest: digest(octets) })
    },
    state: () => at && { ...at, steps: { count: tree.size, nodes: tree.nodes().map(digestText) } },
  }
}

type Progress = Omit<JournalState, 'steps'>

const openTree = (state: JournalState | undefined): TreeAppender =>
  createTreeAppender(
    state && {
      size: state.steps.count,
      nodes: state.steps.nodes.map((node) => digestBytes(node) ?? new Uint8Array(0)),
    },
  )

const takePrivate = (line: PrivateLine, place: LinePlace): TakenLine => {
  if (isWholeLine(line)) return { ok: true, private: line, privateHashes: [], findings: [] }
  return refused('journal.private', place, 'the members that its hash was taken of', 'other ones')
}

const refuse = (found: string, place: LinePlace): TakenLine =>
  refused('journal.line', place, 'a line of a journal', found)

const refused = (code: JournalRule, place: LinePlace, expected: string, found: string): TakenLine => ({
  ok: false,
  privateHashes: [],
  findings: [journalFinding(code, place, { path: `/${place.number}`, expected, found })],
})

/** What keeps a line from following those before it. */
const chainedFindings = (line: ChainedLine, before: Progress | undefined, tree: TreeAppender): JournalFinding[] => {
  const findings: JournalFinding[] = []
  const at = (code: JournalRule, member: string, expected: string, found: string): void => {
    const difference: Difference = { path: `/${line.number}${member}`, expected, found }
    findings.push(journalFinding(code, line, difference))
  }
  const seq = before === undefined ? 0 : before.seq + 1
  if (line.seq !== seq) at('journal.seq', '/seq', String(seq), String(line.seq))
  const prev = before?.head ?? ORIGIN
  if (line.prev !== prev) at('journal.chain', '/prev', prev, line.prev)
  if (before === undefined) {
    if (line.type !== 'run.started') at('journal.start', '/type', 'run.started', 'another type')
    else {
      const fault = startFault(line.data)
      if (fault) at('journal.start', `/data${fault.pointer}`, fault.expected, fault.found)
    }
  } else if (line.type === 'run.started') at('journal.start', '/type', 'one run.started', 'a second one')
  if (before?.sealed) at('journal.after_seal', '', 'the end of the journal after run.sealed', 'another chained line')
  if (line.type === 'head') {
    const context = { ...headContext(before), size: tree.size, root: tree.root }
    for (const { code, member, expected, found } of headFaults(line.data, context))
      at(code, `/data/${member}`, expected, found)
  } else if (line.type === 'run.resumed') {
    const { discarded } = line.data
    const octets = isObject(discarded) ? discarded.octets : undefined
    if (line.data.seq !== before?.seq) at('journal.discarded', '/data/seq', 'the line before', 'another one')
    if (line.data.head !== before?.head) at('journal.discarded', '/data/head', prev, 'something else')
    if (!Number.isSafeInteger(octets) || (octets as number) < 0)
      at('journal.discarded', '/data/discarded', 'the number of octets that were discarded', 'something else')
  }
  return findings
}

const headContext = (before: Progress | undefined) => ({
  start: before ? { id: before.run_id, provenance: { nonce: before.nonce, signed_by: before.signed_by } } : {},
  before: before && { seq: before.seq, digest: before.head },
})

const advance = (before: Progress | undefined, { seq, digest, type, data }: ChainedLine, isHead: boolean): Progress => {
  const moved = {
    ...(before ?? beginning(data)),
    seq,
    head: digest,
    sealed: before?.sealed === true || type === 'run.sealed',
  }
  const status = statusAfter(type, data)
  if (status !== undefined) moved.status = status
  return isHead && typeof data.seq === 'number' ? { ...moved, last_head: data.seq } : moved
}

const beginning = ({ id, provenance, status }: JournalLine['data']) => {
  const { nonce, signed_by } = isObject(provenance) ? provenance : {}
  return {
    run_id: text(id),
    nonce: text(nonce),
    ...(typeof signed_by === 'string' ? { signed_by } : {}),
    status: text(status) || 'running',
  }
}

/** The status that a line gives the run, as the fold sees it. */
const statusAfter = (type: string, data: JournalLine['data']): string | undefined => {
  if (type === 'run.paused') return 'paused'
  if (type === 'run.resumed') return 'running'
  const given = type === 'run.updated' || type === 'run.sealed' ? data.status : undefined
  return typeof given === 'string' ? given : undefined
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

type Parsed = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly found: string }

const parse = (bytes: Uint8Array): Parsed => {
  try {
    const read = readJson(bytes)
    if (read.ok) return read
    const { code, message } = read.finding
    return { ok: false, found: `${code}: ${message.replace(/^found /, '').replace(/, expected .*$/, '')}` }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { ok: false, found: 'a line that is longer than a string can be' }
  }
}
