import { readdirSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type ConvertibleFile, type Head, headBytes, readHead } from '@agent-run/sdk/conversion'
import { ReadError, readChunks } from '../input/chunks.ts'
import { type Expansion, expandArguments } from '../input/expand.ts'
import type { Source } from '../input/source.ts'

/** Files that agents and their tools write, of which a directory is searched. */
const SOURCES = /\.(json|jsonl|ndjson|traj|eval)(\.gz)?$/i

/** Files of a Claude Code session that belong to a transcript: its sub-agents and what is said about them. */
const COMPANION = /\.(jsonl|meta\.json)(\.gz)?$/

/** The files that arguments name, with the sub-agents that lie beside a transcript in `<session>/subagents/`. */
export function expandSources(names: readonly string[]): Expansion {
  const { sources, unusable } = expandArguments(names, SOURCES)
  const known = new Set(sources.map(({ name }) => name))
  const companions = sources.flatMap(companionsOf).filter(({ name }) => !known.has(name))
  return { sources: [...sources, ...companions], unusable }
}

const companionsOf = ({ path }: Source): Source[] => {
  const session = path === undefined ? undefined : /^(.*)\.jsonl(\.gz)?$/.exec(path)?.[1]
  if (session === undefined) return []
  const folder = join(session, 'subagents')
  try {
    return readdirSync(folder)
      .filter((name) => COMPANION.test(name))
      .sort()
      .map((name) => join(folder, name))
      .map((file) => ({ name: file, path: file, size: statSync(file).size }))
  } catch {
    // A session without sub-agents has no such folder.
    return []
  }
}

/** A file that is converted. */
export interface SourceFile extends Pick<ConvertibleFile, 'open'> {
  readonly source: Source
  /** Name in reports. */
  readonly name: string
  /** Reads its first bytes, uncompressed. They are not kept: there may be thousands of files. */
  begin(): Promise<Buffer>
}

/** A file whose beginning was read. */
export interface OpenedSource {
  readonly file: SourceFile
  readonly head: Head
  readonly first: Buffer
}

/**
 * Reads the beginning of a file. One that cannot be read has an empty beginning, and throws when it is read whole.
 *
 * @param onRead is told how many bytes were read of the whole, as stored
 */
export async function openSource(source: Source, onRead: (bytes: number) => void): Promise<OpenedSource> {
  const { path, size } = source
  if (path !== undefined && size !== undefined) {
    const first = await firstOfFile(source, path)
    const head = headOf(source, first)
    const begin = (): Promise<Buffer> => firstOfFile(source, path)
    return { file: { source, name: head.name, open: () => readChunks(source, onRead), begin }, head, first }
  }
  // Standard input and pipes cannot be read twice: what was read of them is kept.
  const chunks = readChunks(source, onRead)
  const { first, fault } = await take(chunks)
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield first
    if (fault) throw fault
    yield* chunks
  }
  const head = headOf(source, first)
  return { file: { source, name: head.name, open: whole, begin: async () => first }, head, first }
}

const headOf = (source: Source, first: Buffer): Head => readHead(source.name.replace(/\.gz$/, ''), first)

/** The first bytes of a file: no more are read than are looked at, since there may be thousands of files. */
const firstOfFile = async (source: Source, path: string): Promise<Buffer> => {
  let first: Buffer = Buffer.alloc(0)
  try {
    const file = await open(path)
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      first = buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    // Reading it whole says why.
    return first
  }
  if (first[0] !== 0x1f || first[1] !== 0x8b) return first
  const chunks = readChunks(source, () => {})
  const taken = await take(chunks)
  await chunks.return(undefined)
  return taken.first
}

/** At least `headBytes` of a stream, if there are so many. */
const take = async (chunks: AsyncGenerator<Buffer>): Promise<{ first: Buffer; fault?: ReadError }> => {
  const held: Buffer[] = []
  let size = 0
  try {
    while (size < headBytes) {
      const next = await chunks.next()
      if (next.done) break
      // The next piece overwrites it.
      held.push(Buffer.from(next.value))
      size += next.value.length
    }
  } catch (fault) {
    if (fault instanceof ReadError) return { first: Buffer.concat(held), fault }
    throw fault
  }
  return { first: Buffer.concat(held) }
}
