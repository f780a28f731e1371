import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeFolder } from '@agent-run/sdk'
import { type Insertion, withoutInsertions } from './edit-settings.ts'

/** What an installation put into a settings file: enough to take exactly that out again, and nothing of what stood there. */
export interface Installation {
  /** Whether the file was there before. */
  readonly existed: boolean
  /** SHA-256 of the file before and after, lower-case hexadecimal. */
  readonly before: string
  readonly after: string
  readonly inserted: readonly Insertion[]
}

/** Where it is written down: in the home folder, beside nothing that is shared. */
const noteOf = (path: string): string =>
  join(homedir(), '.agent-run', 'claude-code', 'installed', `${digestOf(path)}.json`)

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Writes down what was put into a file. @returns whether it could be: it is a comfort, and the file has been written */
export function noteInstallation(
  path: string,
  before: string | undefined,
  after: string,
  inserted: readonly Insertion[],
): boolean {
  const installation: Installation = {
    existed: before !== undefined,
    before: digestOf(before ?? ''),
    after: digestOf(after),
    inserted,
  }
  const note = noteOf(path)
  try {
    makeFolder(dirname(note), 0o700)
    writeFileSync(note, `${JSON.stringify(installation)}\n`, { mode: 0o600 })
    return true
  } catch {
    return false
  }
}

/** Forgets what was put into a file, if it can: a note about another content says nothing. */
export const forgetInstallation = (path: string): void => {
  try {
    rmSync(noteOf(path), { force: true })
  } catch {
    // There is no such folder, or it is not ours.
  }
}

/**
 * What a file was before something was put into it, to the byte.
 * @returns `null` if it was not there; undefined if it was changed since, or nothing is written down
 */
export function contentBefore(path: string, text: string): string | null | undefined {
  try {
    const { existed, before, after, inserted } = JSON.parse(readFileSync(noteOf(path), 'utf8')) as Installation
    if (digestOf(text) !== after) return undefined
    if (!existed) return null
    const rest = withoutInsertions(text, inserted)
    return digestOf(rest) === before ? rest : undefined
  } catch {
    return undefined
  }
}
