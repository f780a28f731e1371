import type { Finding } from '../finding.ts'
import type { SchemaName } from '../generated/schema-table.ts'

/** How to validate. */
export interface ValidateOptions {
  /** Schema to validate against; default `agent-run`. */
  readonly schema?: SchemaName
  /** `strict` also warns about members that no schema names (AR-VER-005); default `lenient`. */
  readonly reading?: 'strict' | 'lenient'
  /** Whether to check the semantic rules of an AgentRun that its schema accepts; default true. */
  readonly semantics?: boolean
  /** Most findings to keep, errors before warnings; default 100. */
  readonly limit?: number
}

/** What came of a validation. */
export interface Validation {
  /** True if there is no error. Warnings leave it true. */
  readonly ok: boolean
  /** At most `limit` findings: those of the schema in document order, then those of the semantic rules. */
  readonly findings: readonly Finding[]
  /** Number of findings beyond the limit. */
  readonly omitted: number
  /** The parsed value; undefined if the input could not be read. */
  readonly value: unknown
  /** `bytes`: the input as written was checked. `value`: it had been parsed already, which hides some faults. */
  readonly checked: 'bytes' | 'value'
}
