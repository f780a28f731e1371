import { existsSync } from 'node:fs'
import { delimiter, join, resolve, sep } from 'node:path'
import { IN_MEMORY, sqlitePath } from '../store/open-store.ts'
import { shown } from './failure.ts'

const PROGRAM = 'agent-run-server'

/** What a shell takes as one word, whatever is in it. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** The URL of a store without its password, safe for one line of a terminal. */
export const shownStore = (store: string): string =>
  shown(store.replace(/^(postgres(?:ql)?:\/\/[^:@/]*):[^@]*@/, '$1@').replace(/([?&]password=)[^&]*/gi, '$1'))

/** The URL that names the same store in every folder. */
export const fromAnywhere = (store: string): string => {
  const path = sqlitePath(store)
  return path === undefined || path === IN_MEMORY ? store : `sqlite:${resolve(path)}`
}

/**
 * How the program is called in the shell of whoever reads a hint. npm puts folders of its own before the path of what it
 * runs; that shell does not have them.
 */
const callOf = ({ PATH = '' }: NodeJS.ProcessEnv): string => {
  const folders = PATH.split(delimiter).filter((folder) => folder !== '' && !folder.split(sep).includes('node_modules'))
  const names = process.platform === 'win32' ? [`${PROGRAM}.cmd`] : [PROGRAM]
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name)))) ? PROGRAM : `npx ${PROGRAM}`
}

/** A command of this program, as it can be given to a shell in any folder from which npx finds the program. */
export const hint = (store: string, ...words: readonly string[]): string =>
  [callOf(process.env), ...words, '--store', quoted(shownStore(fromAnywhere(store)))].join(' ')
