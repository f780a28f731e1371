/**
 * An operation that could not be done: a record that must not be sealed, a key that does not fit, a file that cannot be
 * written. Misuse of an interface is a `TypeError` or `RangeError` instead, and checking returns findings.
 */
export class AgentRunError extends Error {
  override readonly name = 'AgentRunError'
  /** Dotted, stable code, listed in `spec/errors.md`, for example `seal.open_status`. */
  readonly code: string

  /**
   * @param code dotted and stable
   * @param message what was found and what was expected; never a payload, a salt or a key
   * @param cause what is behind it: another error, or the findings
   */
  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}
