import { digest } from '../hash/index.ts'

/** What a fact is about. `spec/query.md` says of which objects each of them is read. */
export type FactKind =
  | 'agent_id'
  | 'status'
  | 'outcome'
  | 'task_id'
  | 'session_id'
  | 'turn_id'
  | 'parent_run_id'
  | 'tag'
  | 'model'
  | 'run_hash'
  | 'record_hash'
  | 'tool'
  | 'mcp_server'
  | 'mcp_mounted'
  | 'side_effect'
  | 'target'
  | 'approval'
  | 'artifact'
  | 'has_error'
  | 'level'
  | 'benchmark_id'
  | 'repository'
  | 'baseline'

/** Something that is true of a run and can be asked for. All facts of a run together are its index. */
export interface Fact {
  readonly kind: FactKind
  /** As {@link factValue} gives it. */
  readonly value: string
  /** Index in `steps` of the first step it rests on; absent where it rests on no step. */
  readonly step?: number
}

/** Longest value that an index takes as it is, in UTF-8 octets. */
const LONGEST = 512

/**
 * The value of a fact or filter as it is indexed and compared: itself, or its digest where it is longer than 512 octets
 * of UTF-8 or has a U+0000, which indexes of databases refuse.
 */
export const factValue = (value: string): string => {
  // No UTF-16 code unit takes more than three octets.
  if (value.length * 3 <= LONGEST ? !value.includes('\0') : isShort(value)) return value
  return digest(value)
}

const encoder = new TextEncoder()

const isShort = (value: string): boolean =>
  value.length <= LONGEST && !value.includes('\0') && encoder.encode(value).length <= LONGEST
