/** The three answers of every command. */
export const exit = {
  /** Done, nothing found. */
  clean: 0,
  /** Done, and there are findings. */
  findings: 1,
  /** The job could not be done: bad usage, nothing matched, something unreadable. */
  failure: 2,
} as const

/**
 * A command cannot do its job. The message is one line: what was found, and what to do; parts that come from outside
 * are already made visible. Ends the program with exit code 2.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
}
