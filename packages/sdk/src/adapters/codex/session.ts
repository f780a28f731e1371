import { asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTime } from '../../conversion/time.ts'
import type { RolloutLine } from './line.ts'

/** What the header of a session says. */
export interface Session {
  readonly id: string
  /** When the session was created. */
  readonly created: Moment | undefined
  /** When the header was written. */
  readonly written: Moment | undefined
  readonly cwd: string | undefined
  readonly version: string | undefined
  readonly provider: string | undefined
  /** Where it was started: `cli`, `vscode`, `exec` …; `undefined` for a sub-agent. */
  readonly source: string | undefined
  /** For a session of a sub-agent: what kind it is and who started it. */
  readonly subAgent: SubAgent | undefined
  readonly forkedFrom: string | undefined
  readonly git: Json | undefined
  /** Turns seen so far. */
  turns: number
}

/** What a session says about being one of a sub-agent. */
export interface SubAgent {
  /** `review`, `compact`, `thread_spawn` … */
  readonly kind: string
  readonly parentThread: string | undefined
  readonly role: string | undefined
  readonly nickname: string | undefined
  readonly path: string | undefined
}

/** Reads the header of a session. */
export function readSession({ payload, time }: RolloutLine): Session {
  return {
    id: asString(payload.id) ?? 'session',
    created: readTime(payload.timestamp),
    written: time,
    cwd: asString(payload.cwd),
    version: asString(payload.cli_version),
    provider: asString(payload.model_provider),
    source: asString(payload.source),
    subAgent: readSubAgent(payload),
    forkedFrom: asString(payload.forked_from_id),
    git: asObject(payload.git),
    turns: 0,
  }
}

function readSubAgent(payload: Json): SubAgent | undefined {
  const source = asObject(payload.source)
  const given = source?.subagent ?? source?.sub_agent
  const named = asString(given)
  const spawn = asObject(asObject(given)?.thread_spawn)
  const parentThread = asString(spawn?.parent_thread_id) ?? asString(payload.parent_thread_id)
  if (given === undefined && parentThread === undefined) return undefined
  return {
    kind: named ?? (spawn ? 'thread_spawn' : (asString(asObject(given)?.other) ?? 'other')),
    parentThread,
    role: asString(spawn?.agent_role) ?? asString(payload.agent_role) ?? asString(payload.agent_type),
    nickname: asString(spawn?.agent_nickname) ?? asString(payload.agent_nickname),
    path: asString(spawn?.agent_path) ?? asString(payload.agent_path),
  }
}

/** What a session without a header is taken for. */
export const unknownSession = (): Session => ({
  id: 'session',
  created: undefined,
  written: undefined,
  cwd: undefined,
  version: undefined,
  provider: undefined,
  source: undefined,
  subAgent: undefined,
  forkedFrom: undefined,
  git: undefined,
  turns: 0,
})

/**
 * Whether a header in the midst of a file belongs to a history that was copied into this session: the session says that
 * it comes from that one, or that one is older and its header was written here later.
 */
export function isCopiedHeader(own: Session, other: Session): boolean {
  if (other.id === own.id) return false
  if (other.id === own.forkedFrom || other.id === own.subAgent?.parentThread) return true
  if (!own.created || !other.created || !own.written || !other.written) return false
  return other.created.ms < own.created.ms && other.written.ms >= own.written.ms
}

/** Milliseconds since 1970 in a UUID of version 7. */
export function timeOfId(id: string | undefined): number | undefined {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.exec(id ?? '')
  return match ? Number.parseInt(`${match[1]}${match[2]}`, 16) : undefined
}
