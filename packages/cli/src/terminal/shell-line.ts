import { basename } from 'node:path'

/** The words as a POSIX shell would be given them, for people and for readers of shell lines. */
export const lineOf = (words: readonly string[]): string => words.map(quoted).join(' ')

const quoted = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** Name of a program without its folder and without the ending that Windows gives it. */
export const programName = (program: string): string => basename(program).replace(/\.(?:exe|cmd|bat)$/i, '') || program
