/** The three answers of every command. */
export const exit = {
  /** Everything that is scored passed; warnings are allowed. */
  passed: 0,
  /** There are findings: a sentence is not kept, or the list of known failures is out of date. */
  findings: 1,
  /** It could not be tested: bad usage, no answer at all, something scored that nothing is known about. */
  untested: 2,
} as const

/**
 * A command cannot do its job. The message is one line: what was found, and what to do; parts that come from outside are
 * already made visible. Ends the program with exit code 2.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
}
