import type { Effect } from './effect.ts'
import type { ShellWord } from './shell-reader.ts'

/** What a reader of one program's arguments is given. */
export interface Invoked {
  /** Name of the program. */
  readonly name: string
  readonly args: readonly ShellWord[]
  /** An effect on a file named by a word; without target where the word is not known. */
  readonly file: (word: ShellWord | undefined, kind: Effect['kind'], reversible?: Effect['reversible']) => Effect
}

/** Reads the effects of one program off its arguments. */
export type Program = (invoked: Invoked) => Effect[]

/**
 * The words of a command that are neither options nor values of options.
 * @param valued one-letter options that take the next word as their value
 * @param longValued long options that take the next word, without dashes
 */
export function operands(args: readonly ShellWord[], valued = '', longValued: readonly string[] = []): ShellWord[] {
  const found: ShellWord[] = []
  for (let at = 0; at < args.length; at++) {
    const { text } = args[at]!
    if (text === '--') return [...found, ...args.slice(at + 1)]
    if (text.startsWith('--')) at += longValued.includes(text.slice(2)) ? 1 : 0
    else if (text.startsWith('-') && text.length > 1) at += valued.includes(text.at(-1)!) ? 1 : 0
    else found.push(args[at]!)
  }
  return found
}

/** True if one of the options is given, in a group of letters (`-rf`) or by its long name. */
export function hasOption(args: readonly ShellWord[], letter: string, ...names: readonly string[]): boolean {
  return args.some(
    ({ text }) =>
      (letter !== '' && /^-[A-Za-z0-9]+$/.test(text) && text.includes(letter)) ||
      names.some((name) => text === `--${name}` || text.startsWith(`--${name}=`)),
  )
}

/** Value of an option: the next word (`-o x`, `--output x`) or its rest (`--output=x`, `-ox`). */
export function optionValue(args: readonly ShellWord[], letter: string, name: string): ShellWord | undefined {
  for (const [at, word] of args.entries()) {
    if (word.text === `--${name}` || (letter !== '' && new RegExp(`^-[A-Za-z]*${letter}$`).test(word.text)))
      return args[at + 1]
    if (word.text.startsWith(`--${name}=`)) return { ...word, text: word.text.slice(name.length + 3) }
  }
  return undefined
}
