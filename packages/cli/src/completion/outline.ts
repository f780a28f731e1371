import { schemaNames } from '@agent-run/core/validate'
import type { Argument, Command, Option } from 'commander'
import { errorCodes } from '../generated/error-codes.ts'

/** A command as a shell needs to know it. */
export interface Outline {
  /** Words after the program's name: `schema print`; empty for the program itself. */
  readonly path: string
  readonly summary: string
  readonly commands: readonly { readonly name: string; readonly summary: string }[]
  readonly options: readonly OptionOutline[]
  /** Values that the first argument can have; empty: file names. */
  readonly values: readonly string[]
}

/** An option as a shell needs to know it. */
export interface OptionOutline {
  /** `--format`. */
  readonly long: string
  /** `-f`, or nothing. */
  readonly short: string | undefined
  readonly summary: string
  readonly takesValue: boolean
  /** Values it can have, where they can be listed. */
  readonly values: readonly string[]
  /** Whether its value is the name of a file or directory. */
  readonly takesPath: boolean
}

/** The program and all its commands, each with the options it takes, those of the program included. */
export function outlineOf(program: Command): Outline[] {
  const globals = optionsOf(program)
  const visit = (command: Command, path: string): Outline[] => [
    {
      path,
      summary: command.summary() || command.description(),
      commands: command.commands.map((child) => ({
        name: child.name(),
        summary: child.summary() || child.description(),
      })),
      options: [
        ...(command === program ? [] : optionsOf(command)),
        ...globals,
        { long: '--help', short: '-h', summary: 'show help', takesValue: false, values: [], takesPath: false },
      ],
      values: valuesOf(command.registeredArguments[0], command.registeredArguments[0]?.name()),
    },
    ...command.commands.flatMap((child) => visit(child, `${path} ${child.name()}`.trim())),
  ]
  return visit(program, '')
}

const optionsOf = (command: Command): OptionOutline[] =>
  command.options
    .filter(({ long, hidden }) => long && long !== '--help' && !hidden)
    .map((option) => ({
      long: option.long as string,
      short: option.short,
      summary: option.description,
      takesValue: option.required || option.optional,
      values: valuesOf(option, placeholderOf(option)),
      takesPath: ['file', 'dir'].includes(placeholderOf(option) ?? ''),
    }))

/** What stands for the value in the usage: `schema` in `--schema <schema>`. */
const placeholderOf = ({ flags }: Option): string | undefined => /[<[]([\w-]+)/.exec(flags)?.[1]

/** Values by placeholder that are not declared as choices: naming schemas there would load the validator with every command. */
const listed: Readonly<Record<string, readonly string[]>> = { schema: schemaNames, code: Object.keys(errorCodes) }

/** The choices that were declared or are listed. */
const valuesOf = (
  { argChoices }: Pick<Argument | Option, 'argChoices'> = {},
  placeholder?: string,
): readonly string[] => argChoices ?? listed[placeholder ?? ''] ?? []
