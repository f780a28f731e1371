import { type JournalState, readJson } from '@agent-run/core'
import type { Limits } from '../app/limits.ts'
import { problem } from '../app/problem.ts'
import type { Store } from '../store/store.ts'
import { isJsonObject } from './merge-patch.ts'
import { journalRows } from './record.ts'

const LINE_FEED = 0x0a

/**
 * The lines of a request, without their line feeds. The last one may lack its own: a request says where it ends.
 * @throws Problem 413 for a line above the limit
 */
export const splitLines = (octets: Uint8Array, limits: Pick<Limits, 'line_octets'>): readonly Uint8Array[] => {
  const lines: Uint8Array[] = []
  for (let from = 0; from < octets.length; ) {
    const end = octets.indexOf(LINE_FEED, from)
    const line = octets.subarray(from, end === -1 ? octets.length : end)
    if (line.length > limits.line_octets)
      throw problem(413, 'body.too_large', {
        detail: `expected lines of at most ${limits.line_octets} octets`,
        limit: limits.line_octets,
      })
    lines.push(line)
    from += line.length + 1
  }
  return lines
}

/** What the next chained line has to say about the one before it (schemas/journal-position.json). */
export interface JournalPosition {
  readonly seq: number
  readonly head: string
}

/** The place after a head; before the first line 0 and 64 zeros. */
export const nextPosition = (head: { readonly seq: number; readonly digest: string } | undefined): JournalPosition =>
  head === undefined ? { seq: 0, head: `sha256:${'0'.repeat(64)}` } : { seq: head.seq + 1, head: head.digest }

/** 409 for lines that do not follow the stored head (AR-HTTP-081). */
export const fork = (expected: JournalPosition): Error =>
  problem(409, 'journal.fork', {
    detail: `expected a line with seq ${expected.seq} whose prev is the digest of the line before it`,
    expected,
  })

/**
 * What of a request is not stored yet: without the lines that the server has octet for octet where they stand
 * (AR-HTTP-082). A private line stands once behind each chained one that names its hash, as a recorder writes it; one that
 * comes late, behind another line, counts only if it is stored nowhere. So there are never more copies of it than chained
 * lines that name its hash.
 * @param state undefined before the first line of the run
 * @throws Problem 409 journal.fork for a chained line that is stored with other octets
 */
export const newLines = async (
  store: Store,
  tenant: string,
  id: string,
  state: JournalState | undefined,
  lines: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> => {
  const last = state?.seq ?? -1
  const first = lines[0] === undefined ? undefined : membersOf(lines[0]).seq
  if (first !== undefined && first > last && !lines.some(mayBePrivate)) return lines
  const members = lines.map(membersOf)
  const begin = first ?? (members.find(({ seq }) => seq !== undefined)?.seq ?? last + 1) - 1
  const stored = begin > last ? NOTHING : await storedFrom(store, tenant, id, begin)
  const kept = new Set<string>()
  let all: ReadonlySet<string> | undefined
  const isStored = async (text: string): Promise<boolean> => {
    if (state !== undefined) all ??= privatesOf(await storedFrom(store, tenant, id, 0))
    return kept.has(text) || all?.has(text) === true
  }
  let place = { seq: begin, line: stored.chained.get(begin) ?? '', privates: new Set(stored.privates.get(begin)) }
  const fresh: Uint8Array[] = []
  for (const [number, line] of lines.entries()) {
    const { seq, hash } = members[number]!
    const text = textOf(line)
    if (seq !== undefined) {
      place = { seq, line: text, privates: new Set(stored.privates.get(seq)) }
      if (seq > last) fresh.push(line)
      else if (stored.chained.get(seq) !== text) throw fork(nextPosition(state && { seq: last, digest: state.head }))
    } else if (hash === undefined) fresh.push(line)
    else if (!place.privates.has(text)) {
      place.privates.add(text)
      const isInPlace = place.seq >= last && place.line.includes(hash)
      if (!isInPlace && (await isStored(text))) continue
      kept.add(text)
      fresh.push(line)
    }
  }
  return fresh
}

/** Whether a line has to be read to know that it is none of the private ones. */
const mayBePrivate = ({ buffer, byteOffset, byteLength }: Uint8Array): boolean => {
  const octets = Buffer.from(buffer, byteOffset, byteLength)
  return octets.includes('"private"') || octets.includes('\\u')
}

/** `seq` of a chained line, the hash that a private line names; neither of what nobody can read. */
const membersOf = (line: Uint8Array): { readonly seq?: number; readonly hash?: string } => {
  const read = readJson(line)
  if (!read.ok || !isJsonObject(read.value)) return {}
  const { seq, private: hash } = read.value
  if (hash !== undefined) return typeof hash === 'string' ? { hash } : {}
  return Number.isSafeInteger(seq) ? { seq: seq as number } : {}
}

/** Stored lines: chained ones by their seq, private ones by that of the line before them. */
interface StoredLines {
  readonly chained: ReadonlyMap<number, string>
  readonly privates: ReadonlyMap<number, ReadonlySet<string>>
}

const NOTHING: StoredLines = { chained: new Map(), privates: new Map() }
const privatesOf = ({ privates }: StoredLines): Set<string> =>
  new Set([...privates.values()].flatMap((each) => [...each]))

/** The stored lines from a chained one on. */
const storedFrom = async (store: Store, tenant: string, id: string, seq: number): Promise<StoredLines> => {
  const chained = new Map<number, string>()
  const privates = new Map<number, Set<string>>()
  let at = -1
  for await (const row of journalRows(store, tenant, id, seq > 0 ? seq - 1 : undefined)) {
    const text = textOf(row.octets)
    if (row.seq === undefined) privates.set(at, (privates.get(at) ?? new Set()).add(text))
    else {
      at = row.seq
      chained.set(at, text)
    }
  }
  return { chained, privates }
}

/** Octets as a text that is equal where they are. */
const textOf = (octets: Uint8Array): string =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1')
