import type { Command } from 'commander'

/** What stands behind a command's name, untouched: options of a program that it starts are no business of this one. */
export const restOfLine = (command: Command): string[] => {
  const { rawArgs } = command.parent as unknown as { readonly rawArgs: readonly string[] }
  const given = rawArgs.slice(rawArgs.indexOf(command.name(), 2) + 1)
  return given[0] === '--' ? given.slice(1) : given
}
