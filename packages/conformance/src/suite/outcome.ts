/** Who is put to the test. */
export type Role = 'server' | 'emitter' | 'verifier'

/**
 * How a case or a requirement came out. `warn` is a SHOULD that is not kept; a case by itself is never `warn`.
 * `untestable` is not green; `not_applicable` is only for an optional capability that the subject does not declare.
 */
export type Status = 'pass' | 'fail' | 'warn' | 'untestable' | 'not_applicable'

/** How one case came out. */
export interface CaseOutcome {
  /** Path of the case in the data, without extension: `http/erasure/erased_again`. */
  readonly id: string
  /** Id of the normative sentence that a subject breaks if the case fails. */
  readonly requirement: string
  readonly status: Exclude<Status, 'warn'>
  /** Optional capability that the case is about. */
  readonly capability?: string
  /** What was expected and what came, one sentence each; no payload, no key, no control characters. */
  readonly messages: readonly string[]
  /** A command line that shows it again; keys stand in it as variables. */
  readonly reproduce?: string
  /** Where `reproduce` is only the last of several requests: a command line that plays the whole case again. */
  readonly replay?: string
  /** The suite itself went wrong; nothing is said about the subject. */
  readonly suite_fault?: true
  readonly seconds: number
}

/** How many of each status. */
export type Counts = Readonly<Record<Status, number>>

/** Counts statuses. */
export const countStatuses = (outcomes: Iterable<{ readonly status: Status }>): Counts => {
  const counts = { pass: 0, fail: 0, warn: 0, untestable: 0, not_applicable: 0 }
  for (const { status } of outcomes) counts[status]++
  return counts
}
