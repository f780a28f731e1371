import type { Command } from 'commander'
import { Failure } from '../failure.ts'

/** What stands behind a command's name, untouched: options of a program that it starts are no business of this one. */
export const restOfLine = (command: Command): string[] => {
  const { rawArgs } = command.parent as unknown as { readonly rawArgs: readonly string[] }
  const given = rawArgs.slice(rawArgs.indexOf(command.name(), 2) + 1)
  return given[0] === '--' ? given.slice(1) : given
}

/**
 * What stands behind `--`: the command to run, word by word. The `--` is asked for, so that an option of the command is
 * never taken for one of ours. Throws `Failure` if there is none.
 *
 * @param example a right command line, for the message
 */
export function commandOf(command: Command, example = 'agent-run record -- npm test'): readonly [string, ...string[]] {
  const { rawArgs } = command.parent as unknown as { readonly rawArgs: readonly string[] }
  const at = rawArgs.indexOf('--')
  const [program, ...args] = at === -1 ? [] : rawArgs.slice(at + 1)
  if (program === undefined || program === '' || command.args.length !== args.length + 1)
    throw new Failure(`which command? put it behind two dashes: ${example}`)
  return [program, ...args]
}
