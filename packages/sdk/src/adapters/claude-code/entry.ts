import { asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTime } from '../../conversion/time.ts'

/** A line of a transcript with the members that every kind of line shares. */
export interface Entry {
  /** Number of the line in its file, from 1. */
  readonly line: number
  readonly type: string
  readonly json: Json
  readonly uuid: string | undefined
  readonly parentUuid: string | undefined
  readonly sessionId: string | undefined
  readonly agentId: string | undefined
  readonly time: Moment | undefined
}

/** Reads the shared members of a line. Members of an unexpected type count as absent. */
export function readEntry(json: Json, line: number): Entry {
  return {
    line,
    type: asString(json.type) ?? '',
    json,
    uuid: asString(json.uuid),
    parentUuid: asString(json.parentUuid),
    sessionId: asString(json.sessionId),
    agentId: asString(json.agentId),
    time: readTime(json.timestamp),
  }
}

/** A sub-agent's line, copied into a progress line of its parent, as if it stood alone. */
export function readCopiedEntry(progress: Entry): Entry | undefined {
  const data = asObject(progress.json.data)
  const message = asObject(data?.message)
  if (!data || !message) return undefined
  const { cwd, gitBranch, version } = progress.json
  const copied = readEntry({ cwd, gitBranch, version, ...message }, progress.line)
  return {
    ...copied,
    agentId: asString(data.agentId),
    sessionId: progress.sessionId,
    time: copied.time ?? progress.time,
  }
}
