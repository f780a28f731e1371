import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { SourceFile } from '@agent-run/sdk/conversion'
import { hookLogOf, logFolder } from './hook-log.ts'

/** The files that tell of a session. */
export interface SessionFiles {
  readonly transcript: string
  /** Transcripts of its sub-agents and what is said about them. */
  readonly companions: readonly string[]
  /** What the hooks have written; absent if there is nothing. */
  readonly hooks: string | undefined
}

/**
 * The files of a session, by its id or by the path of its transcript. The hooks know where the transcript of a session is.
 * Undefined if there is no transcript.
 */
export function findSession(directory: string, named: string): SessionFiles | undefined {
  const log = hookLogOf(directory, named)
  const byId = existsSync(log) ? transcriptIn(log) : undefined
  const transcript = byId ?? (isFile(named) ? resolve(named) : undefined)
  if (transcript === undefined || !isFile(transcript)) return undefined
  const own = byId === undefined ? hookLogOf(directory, basename(transcript, '.jsonl')) : log
  return { transcript, companions: companionsOf(transcript), hooks: existsSync(own) ? own : undefined }
}

/** Milliseconds after which nobody expects anything to be added to a transcript. */
const longPause = 10 * 60_000

/**
 * Whether a session is over: its hooks have said so last, or nothing was added to its transcript for ten minutes. Of one that
 * was not hooked nobody else can know.
 */
export function isSessionOver({ transcript, hooks }: SessionFiles, now: number): boolean {
  const [last] = hooks === undefined ? [] : lastLines(hooks, ({ hook_event_name: name }) => typeof name === 'string')
  if (last?.hook_event_name === 'SessionEnd') return true
  return now - statSync(transcript).mtimeMs > longPause
}

/** Ids of all sessions that hooks have written about. */
export function knownSessions(directory: string): string[] {
  try {
    return readdirSync(logFolder(directory))
      .filter((name) => name.endsWith('.hooks.jsonl'))
      .map((name) => name.slice(0, -'.hooks.jsonl'.length))
      .sort()
  } catch {
    return []
  }
}

/** Where the transcript of a session is, as the last line of its hook log that says so says. */
function transcriptIn(log: string): string | undefined {
  const [last] = lastLines(log, ({ transcript_path: path }) => typeof path === 'string' && path !== '')
  return last?.transcript_path as string | undefined
}

type Line = Readonly<Record<string, unknown>>

/** The lines of a hook log that are wanted, the last first. */
function* lastLines(log: string, isWanted: (line: Line) => boolean): Iterable<Line> {
  for (const text of readFileSync(log, 'utf8').split('\n').reverse()) {
    try {
      const line: unknown = JSON.parse(text)
      if (typeof line === 'object' && line !== null && isWanted(line as Line)) yield line as Line
    } catch {
      // Empty, or torn.
    }
  }
}

const companionsOf = (transcript: string): string[] => {
  const folder = join(transcript.replace(/\.jsonl$/, ''), 'subagents')
  try {
    return readdirSync(folder)
      .filter((name) => /\.(?:jsonl|meta\.json)$/.test(name))
      .sort()
      .map((name) => join(folder, name))
      .filter(isFile)
  } catch {
    // A session without sub-agents has no such folder.
    return []
  }
}

const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The files as a converter takes them. */
export const sourcesOf = ({ transcript, companions, hooks }: SessionFiles): SourceFile[] =>
  [transcript, ...companions, ...(hooks === undefined ? [] : [hooks])].map((path) => ({
    name: path,
    content: createReadStream(path),
  }))
