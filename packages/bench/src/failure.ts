/** The three answers of every command. */
export const exit = {
  /** Done; of `run`: every trial passed. */
  clean: 0,
  /** There are findings: a trial that did not pass, something that got worse, a pack that is not right. */
  findings: 1,
  /** The job could not be done. */
  undone: 2,
} as const

/**
 * A command cannot do its job. The message says what was found and what to do, parts from outside already made visible;
 * `details` are lines below it. Ends the program with exit code 2.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  /** Lines that are shown below the message. */
  readonly details: readonly string[]

  constructor(message: string, options: { readonly cause?: unknown; readonly details?: readonly string[] } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.details = options.details ?? []
  }
}

/** Code of a system error such as `ENOENT`, for a sentence. */
export const systemError = (error: unknown): string => {
  const code: unknown = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : 'unknown error'
}
