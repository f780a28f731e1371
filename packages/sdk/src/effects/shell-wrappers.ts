import type { ShellWord } from './shell-reader.ts'

/** The program that a simple command runs in the end. */
export interface Invocation {
  /** Name without folders; undefined if there is none or it is not known before the shell runs. */
  readonly name: string | undefined
  readonly args: readonly ShellWord[]
  /** A wrapper (`nohup`, `setsid`) detaches it. */
  readonly background: boolean
}

/** Programs that run another one, with those of their options that take a value, and how many operands come first. */
const wrappers: Readonly<
  Record<string, { readonly valued: string; readonly operands?: number; readonly detaches?: true }>
> = {
  sudo: { valued: 'ugpCrtThUDR' },
  doas: { valued: 'uC' },
  env: { valued: 'uCS' },
  nohup: { valued: '', detaches: true },
  setsid: { valued: '', detaches: true },
  time: { valued: 'fo' },
  nice: { valued: 'n' },
  ionice: { valued: 'cnp' },
  timeout: { valued: 'ks', operands: 1 },
  gtimeout: { valued: 'ks', operands: 1 },
  stdbuf: { valued: 'ioe' },
  command: { valued: '' },
  builtin: { valued: '' },
  exec: { valued: 'a' },
  xargs: { valued: 'adEIiLlnPs' },
  watch: { valued: 'n' },
  caffeinate: { valued: 'tw' },
  unbuffer: { valued: '' },
}

const isAssignment = (word: ShellWord): boolean => /^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(word.text)

/**
 * Finds the program behind variable assignments and wrappers such as `sudo`, `env`, `timeout` and `xargs`.
 * Behind `xargs` the arguments go on with words that are not known.
 */
export function unwrap(words: readonly ShellWord[]): Invocation {
  let at = 0
  let background = false
  let open = false
  for (let guard = 0; guard < 16; guard++) {
    while (at < words.length && isAssignment(words[at]!)) at++
    const word = words[at]
    if (!word?.literal) return { name: undefined, args: [], background }
    const name = baseName(word.text)
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined
    const rest = words.slice(at + 1)
    if (!wrapper) return { name, args: open ? [...rest, { text: '', literal: false }] : rest, background }
    // `command -v x` only asks where x is.
    if (name === 'command' && /^-[vV]$/.test(rest[0]?.text ?? '')) return { name: undefined, args: [], background }
    at += 1 + skipOptions(rest, wrapper.valued) + (wrapper.operands ?? 0)
    background ||= wrapper.detaches === true
    open ||= name === 'xargs'
  }
  return { name: undefined, args: [], background }
}

/** Number of words that are options of a wrapper, or values of such options. */
function skipOptions(words: readonly ShellWord[], valued: string): number {
  let at = 0
  while (at < words.length) {
    const text = words[at]!.text
    if (text === '--') return at + 1
    if (!text.startsWith('-') || text === '-') return at
    const takesValue = text.length === 2 && valued.includes(text.charAt(1))
    at += takesValue ? 2 : 1
  }
  return at
}

/** Name of a program without its folders and without `.exe`. */
function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.exe$/i, '')
}
