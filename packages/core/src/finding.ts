/** How much a finding matters: an `error` makes a record invalid, a `warning` does not. */
export type Severity = 'error' | 'warning'

/** A place in a text: `offset` in UTF-16 code units from 0; `line` and `column` from 1, column in UTF-16 code units. */
export interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/**
 * Something a check has to say about a record. Messages state what was found and what was expected. Of a record's
 * content they name only public values: those of vocabularies, ids, times, versions and numbers; never what stands in
 * a private member. Codes are dotted, stable and listed in `spec/errors.md`.
 */
export interface Finding {
  /** Dotted, stable code, for example `schema.enum` or `json.duplicate_name`. */
  readonly code: string
  readonly severity: Severity
  /** JSON Pointer (RFC 6901) of the place in the record; `''` is the whole record. */
  readonly path: string
  /** What was found and what was expected, in one sentence without a full stop. The place is `path`, not repeated here. */
  readonly message: string
  /** Id of the normative sentence behind the check, for example `AR-RUN-004`. */
  readonly requirement?: string
  /** Values that would have been accepted, for a closed vocabulary. */
  readonly allowed?: readonly string[]
  /** A value or member name that was probably meant. */
  readonly suggestion?: string
  /** Where the strict reader stopped; only findings about the bytes themselves have it. */
  readonly position?: Position
}
