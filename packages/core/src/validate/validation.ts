import type { SchemaTypes } from '@agent-run/types'
import type { Finding } from '../finding.ts'
import type { SchemaName } from '../generated/schema-table.ts'

/** How to validate. */
export interface ValidateOptions<Name extends SchemaName = SchemaName> {
  /** Schema to validate against; default `agent-run`. */
  readonly schema?: Name
  /** `strict` also warns about members that no schema names (AR-VER-005); default `lenient`. */
  readonly reading?: 'strict' | 'lenient'
  /** Whether to check the semantic rules of an AgentRun that its schema accepts; default true. */
  readonly semantics?: boolean
  /** Most findings to keep, errors before warnings; default 100. */
  readonly limit?: number
}

/** What was checked. `bytes`: the input as written. `value`: it had been parsed already, which hides some faults. */
export type Checked = 'bytes' | 'value'

/** What `validate` checks of an input of this type. */
export type CheckedOf<Input> = unknown extends Input
  ? Checked
  : Input extends ArrayBufferView | string
    ? 'bytes'
    : 'value'

/** What came of a validation: `ok` tells a record that passed, with its type, from one that did not. */
export type Validation<Name extends SchemaName = 'agent-run', How extends Checked = Checked> =
  | ValidRecord<SchemaTypes[Name], How>
  | InvalidRecord<How>

/** A validation without errors. There may be warnings. */
export interface ValidRecord<Value, How extends Checked = Checked> extends ValidationReport<How> {
  readonly ok: true
  /** The record: the value that was given, or what was read from the bytes. */
  readonly value: Value
}

/** A validation with at least one error. */
export interface InvalidRecord<How extends Checked = Checked> extends ValidationReport<How> {
  readonly ok: false
  /** The parsed value; undefined if the input could not be read. */
  readonly value: unknown
}

/** What every validation tells. */
export interface ValidationReport<How extends Checked = Checked> {
  /** At most `limit` findings: those of the schema in document order, then those of the semantic rules. */
  readonly findings: readonly Finding[]
  /** Number of findings beyond the limit. */
  readonly omitted: number
  readonly checked: How
}
