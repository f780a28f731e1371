import { type JournalFinding, journalFinding } from './finding.ts'
import type { PrivateLine } from './line.ts'
import { type ChainedLine, type LinePlace, openJournal, type TakenLine } from './open.ts'

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

/**
 * Reads a whole journal, line by line as {@link openJournal} does, and knows at its end whether every private line belongs
 * to it. A line that cannot be read ends the reading, since what follows it cannot be what it claims. Never throws for bad
 * content. Time and memory grow linearly with the journal; the number of findings is bounded.
 * @param input the bytes of the file, or its text
 */
export const readJournal = (input: Uint8Array | string): Journal => {
  const bytes = typeof input === 'string' ? utf8.encode(input) : input
  const reader = openJournal()
  const gathered = createGathering()
  let octet = 0
  for (let number = 0; ; number++) {
    const end = bytes.indexOf(LINE_FEED, octet)
    const place = { number, octet }
    if (end === -1 || !gathered.add(reader.take(bytes.subarray(octet, end), place), place)) break
    octet = end + 1
  }
  return gathered.finish(bytes.length, bytes.length - 1 - bytes.lastIndexOf(LINE_FEED))
}

const createGathering = () => {
  const lines: ChainedLine[] = []
  const heads: ChainedLine[] = []
  const leaves: Uint8Array[] = []
  const privates = new Map<string, PrivateLine>()
  const privatePlaces: { readonly hash: string; readonly place: LinePlace }[] = []
  const known = new Set<string>()
  const findings: JournalFinding[] = []
  let omitted = 0
  let stopped = false

  const report = (finding: JournalFinding): void => {
    if (findings.length < LIMIT) findings.push(finding)
    else omitted++
  }

  return {
    /** False if there is no point in going on. */
    add({ line, leaf, private: privateLine, privateHashes, findings: found }: TakenLine, place: LinePlace): boolean {
      for (const finding of found) report(finding)
      if (line) {
        lines.push(line)
        if (line.type === 'head' && !found.some(({ code }) => code.startsWith('journal.head'))) heads.push(line)
      }
      if (leaf) leaves.push(leaf)
      for (const hash of privateHashes) known.add(hash)
      if (privateLine) {
        privates.set(privateLine.private, privateLine)
        privatePlaces.push({ hash: privateLine.private, place })
      }
      stopped = found.some(({ code }) => code === 'journal.line')
      return !stopped
    },

    finish(octets: number, torn: number): Journal {
      if (!stopped) {
        if (lines.length === 0)
          report(
            journalFinding(
              'journal.start',
              { number: 0, octet: 0 },
              { path: '', expected: 'run.started', found: 'no line' },
            ),
          )
        for (const { hash, place } of privatePlaces) if (!known.has(hash)) report(unknownPrivate(place))
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

/** The finding of a private line whose hash no chained line has (AR-JRNL-008). */
export const unknownPrivate = (place: LinePlace): JournalFinding =>
  journalFinding('journal.private', place, {
    path: `/${place.number}`,
    expected: 'a private_hash of the chain',
    found: 'another hash',
  })
