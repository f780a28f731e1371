import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { redact } from '@agent-run/sdk/preview'
import { Failure } from '../failure.ts'

/**
 * Splits a command into words, without a shell: spaces part them, `"…"` and `'…'` hold them together, a backslash takes
 * the next character as it is (inside `'…'` it is nothing special; inside `"…"` only before `"` and `\`).
 * @throws Failure for a quote that is not closed, a backslash at the end and a command without words
 */
export const splitCommand = (text: string): readonly string[] => {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string
    if (quote !== '' && c === quote) quote = ''
    else if (quote === "'") word += c
    else if (c === '\\' && (quote === '' || /["\\]/.test(text[at + 1] ?? ''))) {
      const next = text[++at]
      if (next === undefined) throw new Failure('--runtime: the command ends with a backslash')
      word = (word ?? '') + next
    } else if (quote !== '') word += c
    else if (c === '"' || c === "'") {
      quote = c
      word ??= ''
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + c
  }
  if (quote !== '') throw new Failure(`--runtime: the command has a ${quote} that is not closed`)
  if (word !== undefined) words.push(word)
  if (words.length === 0 || words[0] === '') throw new Failure('--runtime: the command is empty')
  return words
}

/**
 * The same words with paths made absolute, since a trial runs in a folder of its own: the program if it has a slash, an
 * argument if it has a slash and is there, or if it is the name of a file that is there.
 * @param folder the one that paths are seen from
 */
export const resolvePaths = ([program = '', ...args]: readonly string[], folder: string): readonly string[] => [
  /[/\\]/.test(program) ? resolve(folder, program) : program,
  ...args.map((word) => (isPath(word, folder) ? resolve(folder, word) : word)),
]

/**
 * Why a program cannot be started, as far as can be told before: `ENOENT`, `EACCES`; undefined if it can, or where that
 * is not known (Windows).
 */
export const programProblem = (program: string, { PATH = '' }: NodeJS.ProcessEnv): string | undefined => {
  if (process.platform === 'win32') return undefined
  const places = program.includes('/') ? [program] : PATH.split(delimiter).map((folder) => join(folder, program))
  const files = places.filter((place) => statSync(place, { throwIfNoEntry: false })?.isFile() === true)
  if (files.length === 0) return 'ENOENT'
  return files.some(isExecutable) ? undefined : 'EACCES'
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const isPath = (word: string, folder: string): boolean => {
  if (word === '' || word.startsWith('-') || word.includes('{')) return false
  try {
    const stat = statSync(resolve(folder, word))
    return stat.isFile() || /[/\\]/.test(word)
  } catch {
    return false
  }
}

/** Words with `{prompt}`, `{task}`, `{mcp}`, `{seed}` and `{workspace}` in arguments replaced. */
export const fillIn = (
  [program = '', ...args]: readonly string[],
  values: Readonly<Record<'prompt' | 'task' | 'mcp' | 'seed' | 'workspace', string>>,
): readonly string[] => [
  program,
  ...args.map((word) =>
    word.replace(/\{(prompt|task|mcp|seed|workspace)\}/g, (_, name: keyof typeof values) => values[name]),
  ),
]

/** Words for a report: what looks like a secret is masked, alone or behind the option before it. */
export const maskCommand = (words: readonly string[]): readonly string[] =>
  words.map((word, index) => {
    const before = words[index - 1]
    if (before?.startsWith('-') === true && !before.includes('=') && !word.startsWith('-')) {
      const line = redact(`${before}=${word}`)
      if (line !== `${before}=${word}`) return '[redacted]'
    }
    return redact(word)
  })
