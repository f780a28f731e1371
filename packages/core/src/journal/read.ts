import { digest, stepLeafBytes } from '../hash/index.ts'
import { type JsonValue, readJson } from '../read/index.ts'
import { isObject } from '../semantics/object.ts'
import { createTreeAppender } from '../tree/index.ts'
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

/** Where a journal stops being what its writer wrote: before the line of the first finding, or at its end. */
export interface SoundPart {
  /** Number of bytes, the last line feed included. */
  readonly octets: number
  /** Number of chained lines. */
  readonly lines: number
  /** Number of steps that ended in them. */
  readonly steps: number
}

/** A journal as it was read (spec/journal.md). */
export interface Journal {
  /** The chained lines, in order; up to the first line that cannot be read. */
  readonly lines: readonly ChainedLine[]
  /** The private lines that are what they say, by `private_hash`. */
  readonly privates: ReadonlyMap<string, PrivateLine>
  /** Leaves of the steps that ended, in order, 32 bytes each. */
  readonly leaves: readonly Uint8Array[]
  /** The `head` lines whose key, signature and content are right, in order. */
  readonly heads: readonly ChainedLine[]
  /** Number of bytes. */
  readonly octets: number
  /** Number of bytes after the last line feed: a line that was being written when the writer stopped. No fault. */
  readonly torn: number
  readonly sound: SoundPart
  /** Faults by the rules about a journal by itself (AR-JRNL-001 to AR-JRNL-010), in document order; at most 100. */
  readonly findings: readonly JournalFinding[]
  /** Number of findings beyond those. */
  readonly omitted: number
}

const LIMIT = 100
const LINE_FEED = 0x0a
const utf8 = new TextEncoder()

interface Place {
  readonly number: number
  readonly octet: number
}

/**
 * Reads a journal: every line strictly, the chain, the heads with their signatures, the private lines. A line that cannot be
 * read ends the reading, since what follows it cannot be what it claims. Never throws for bad content. Time and memory
 * grow linearly with the journal; the number of findings is bounded.
 * @param input the bytes of the file, or its text
 */
export const readJournal = (input: Uint8Array | string): Journal => {
  const bytes = typeof input === 'string' ? utf8.encode(input) : input
  const reader = createReader()
  let octet = 0
  for (let number = 0; ; number++) {
    const end = bytes.indexOf(LINE_FEED, octet)
    if (end === -1 || !reader.take(bytes.subarray(octet, end), { number, octet })) break
    octet = end + 1
  }
  return reader.finish(bytes.length, bytes.length - 1 - bytes.lastIndexOf(LINE_FEED))
}

const createReader = () => {
  const lines: ChainedLine[] = []
  const heads: ChainedLine[] = []
  const leaves: Uint8Array[] = []
  const privates = new Map<string, PrivateLine>()
  const privatePlaces: { readonly hash: string; readonly place: Place }[] = []
  const findings: JournalFinding[] = []
  const tree = createTreeAppender()
  let omitted = 0
  let sealed = false
  let stopped = false

  const report = (code: JournalRule, place: Place, difference: Difference): void => {
    if (findings.length < LIMIT) findings.push(journalFinding(code, place, difference))
    else omitted++
  }

  const takePrivate = (line: PrivateLine, place: Place): void => {
    if (isWholeLine(line)) {
      privates.set(line.private, line)
      privatePlaces.push({ hash: line.private, place })
    } else
      report('journal.private', place, {
        path: `/${place.number}`,
        expected: 'the members that its hash was taken of',
        found: 'other ones',
      })
  }

  const takeChained = (line: ChainedLine): void => {
    const before = lines.at(-1)
    const at = (code: JournalRule, member: string, expected: string, found: string): void =>
      report(code, line, { path: `/${line.number}${member}`, expected, found })
    const seq = before === undefined ? 0 : before.seq + 1
    if (line.seq !== seq) at('journal.seq', '/seq', String(seq), String(line.seq))
    const prev = before?.digest ?? ORIGIN
    if (line.prev !== prev) at('journal.chain', '/prev', prev, line.prev)
    if (before === undefined) {
      if (line.type !== 'run.started') at('journal.start', '/type', 'run.started', 'another type')
      else {
        const fault = startFault(line.data)
        if (fault) at('journal.start', `/data${fault.pointer}`, fault.expected, 'something else')
      }
    } else if (line.type === 'run.started') at('journal.start', '/type', 'one run.started', 'a second one')
    if (sealed) at('journal.after_seal', '', 'the end of the journal after run.sealed', 'another chained line')
    if (line.type === 'head') {
      const faults = headFaults(line.data, { start: lines[0]?.data ?? {}, before, size: tree.size, root: tree.root })
      for (const { code, member, expected, found } of faults) at(code, `/data/${member}`, expected, found)
      if (faults.length === 0) heads.push(line)
    } else if (line.type === 'step.ended') {
      const leaf = stepLeafBytes(line.data)
      leaves.push(leaf)
      tree.append(leaf)
    } else if (line.type === 'run.resumed') {
      const { discarded } = line.data
      const octets = isObject(discarded) ? discarded.octets : undefined
      if (line.data.seq !== before?.seq) at('journal.discarded', '/data/seq', 'the line before', 'another one')
      if (line.data.head !== before?.digest) at('journal.discarded', '/data/head', prev, 'something else')
      if (!Number.isSafeInteger(octets) || (octets as number) < 0)
        at('journal.discarded', '/data/discarded', 'the number of octets that were discarded', 'something else')
    } else if (line.type === 'run.sealed') sealed = true
    lines.push(line)
  }

  return {
    /** Takes the next line, without its line feed; false if there is no point in going on. */
    take(bytes: Uint8Array, place: Place): boolean {
      const read = parse(bytes)
      const fault = read.ok ? undefined : read.found
      if (read.ok && isPrivateLine(read.value)) {
        takePrivate(read.value, place)
        return true
      }
      const found = fault ?? (read.ok ? lineFault(read.value) : undefined)
      if (found !== undefined) {
        report('journal.line', place, { path: `/${place.number}`, expected: 'a line of a journal', found })
        stopped = true
        return false
      }
      const line = (read as { readonly value: JsonValue }).value as unknown as JournalLine
      takeChained({ ...line, ...place, digest: digest(bytes) })
      return true
    },

    finish(octets: number, torn: number): Journal {
      if (!stopped) {
        if (lines.length === 0)
          report('journal.start', { number: 0, octet: 0 }, { path: '', expected: 'run.started', found: 'no line' })
        const known = new Set<string>()
        if (privatePlaces.length > 0) for (const { data } of lines) collectPrivateHashes(data, known)
        for (const { hash, place } of privatePlaces)
          if (!known.has(hash))
            report('journal.private', place, {
              path: `/${place.number}`,
              expected: 'a private_hash of the chain',
              found: 'another hash',
            })
      }
      findings.sort((a, b) => a.octet - b.octet)
      const end = findings[0]?.octet ?? octets - torn
      const soundLines = lines.filter(({ octet }) => octet < end)
      const sound: SoundPart = {
        octets: end,
        lines: soundLines.length,
        steps: soundLines.filter(({ type }) => type === 'step.ended').length,
      }
      return { lines, privates, leaves, heads, octets, torn, sound, findings, omitted }
    },
  }
}

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
