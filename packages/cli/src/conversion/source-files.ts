import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ClaudeCodeFile } from '@agent-run/sdk/adapters/claude-code'
import { readChunks } from '../input/chunks.ts'
import { type Expansion, expandArguments } from '../input/expand.ts'
import type { Source } from '../input/source.ts'

/** Files of a session that belong to a transcript: its sub-agents and what is said about them. */
const COMPANION = /\.(jsonl|meta\.json)(\.gz)?$/

/**
 * The transcripts that arguments name, with the sub-agents that lie beside them in `<session>/subagents/`.
 * Of a directory only transcripts and descriptions of sub-agents are taken.
 */
export function expandTranscripts(names: readonly string[]): Expansion {
  const named = new Set(names)
  const { sources, unusable } = expandArguments(names)
  const wanted = sources.filter(({ name, path }) => path === undefined || named.has(name) || COMPANION.test(name))
  const known = new Set(wanted.map(({ name }) => name))
  const companions = wanted.flatMap(companionsOf).filter(({ name }) => !known.has(name))
  return { sources: [...wanted, ...companions], unusable }
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

/** A transcript that is read when the adapter asks for it, and whose beginning is kept for a look at what it is. */
export interface Transcript extends ClaudeCodeFile {
  readonly head: () => Buffer
  /** Name as the user knows it; `name` is without a `.gz` at its end, as the adapter expects it. */
  readonly sourceName: string
}

const HEAD = 4096

/** @param onRead is told how many bytes were read, as stored */
export function openTranscript(source: Source, onRead: (bytes: number) => void): Transcript {
  let head: Buffer = Buffer.alloc(0)
  async function* content(): AsyncGenerator<Uint8Array> {
    for await (const chunk of readChunks(source, onRead)) {
      if (head.length < HEAD) head = Buffer.concat([head, chunk.subarray(0, HEAD - head.length)])
      yield chunk
    }
  }
  return { name: source.name.replace(/\.gz$/, ''), content: content(), head: () => head, sourceName: source.name }
}
