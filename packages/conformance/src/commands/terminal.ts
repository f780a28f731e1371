import { writeSync } from 'node:fs'
import { exit } from '../failure.ts'

/** Whether to write colours: the option decides, then `NO_COLOR`, `FORCE_COLOR`, and whether it is a terminal. */
export const wantsColour = (
  option: boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean => {
  if (option !== undefined) return option
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return isTerminal && env.TERM !== 'dumb'
}

/**
 * A reader that goes away (`| head`) ends the program quietly, with the exit code it has earned so far. Any other error of
 * standard output is said in one line and ends the program with exit code 2. Call once, before anything is written.
 */
export const endWithoutOutput = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    try {
      writeSync(2, `agent-run-conformance: standard output cannot be written: ${error.code ?? 'unknown reason'}\n`)
    } catch {
      // Standard error is gone as well.
    }
    process.exit(exit.untested)
  })
  process.stderr.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? undefined : exit.untested),
  )
}
