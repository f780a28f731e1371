import { createHash } from 'node:crypto'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of hook logs within that of the records. */
export const logFolder = (directory: string): string => join(directory, 'claude-code')

/** The hook log of a session. An id that is no safe name is replaced by its digest: it comes from outside. */
export const hookLogOf = (directory: string, session: string): string =>
  join(logFolder(directory), `${safeName(session)}.hooks.jsonl`)

const safeName = (session: string): string =>
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(session)
    ? session
    : `session-${createHash('sha256').update(session).digest('hex').slice(0, 32)}`

const flags =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0)

/**
 * Adds a line to a log (mode 0600), whole or not at all as far as the system allows: in one write, behind whatever other
 * processes have added. Throws what the file system throws, also where a symbolic link or no file is in the way.
 *
 * @returns false if the folder is not there
 */
export function appendLine(path: string, line: string): boolean {
  let file: number
  try {
    file = openSync(path, flags, 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  try {
    writeSync(file, Buffer.from(`${line}\n`))
  } finally {
    closeSync(file)
  }
  return true
}
