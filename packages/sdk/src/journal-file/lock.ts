import { AgentRunError } from '@agent-run/core'
import { type FileSystem, nodeFileSystem, systemCode } from './file-system.ts'
import { ownIdentity, type ProcessIdentity, stateOf } from './process-identity.ts'

/** A held lock. */
export interface Lock {
  release(): void
}

/**
 * Takes the lock of a file: `<path>.lock`, which says which process holds it. A lock whose process has died is taken
 * over, so that a run can be reopened after `kill -9`. Whether a process on another machine or in another container has died
 * cannot be seen from here, so its lock stays until somebody removes it.
 *
 * @param path without symbolic links: all who write one file must meet at one lock
 * @throws AgentRunError `journal_file.locked`
 */
export function takeLock(files: FileSystem, path: string, token: string): Lock {
  const lockPath = `${path}.lock`
  const own = `${JSON.stringify({ ...ownIdentity(files), token })}\n`
  if (!create(files, lockPath, own)) takeOver(files, path, lockPath, own)
  return {
    release() {
      try {
        if (readText(files, lockPath) === own) files.remove(lockPath)
      } catch {
        // Gone already, or the folder is: nobody is kept out by it.
      }
    },
  }
}

/**
 * Takes the lock of a file or folder of this machine, as a recorder does of its journals: `<path>.lock`. Who has died holds
 * none, neither after `kill -9` nor where another process has got its number since.
 *
 * @param path without symbolic links: all who write there must meet at one lock
 * @param token tells apart what the same process holds several times
 * @throws AgentRunError `journal_file.locked`; its message names who holds it, and what to remove if that is nobody
 */
export const lockFile = (path: string, token: string): Lock => takeLock(nodeFileSystem, path, token)

/** Whether the process that holds the lock of a file is known to be alive. */
export function isHeld(files: FileSystem, path: string): boolean {
  try {
    const holder = parse(readText(files, `${path}.lock`))
    return holder !== undefined && stateOf(files, holder) === 'alive'
  } catch {
    return false
  }
}

/** Creates a file with this content; false if there is something of that name. */
function create(files: FileSystem, path: string, content: string): boolean {
  let descriptor: number
  try {
    descriptor = files.open(path, 'wx', 0o600)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
  try {
    const bytes = new TextEncoder().encode(content)
    for (let at = 0; at < bytes.length; ) at += files.write(descriptor, bytes, at)
    return true
  } catch (error) {
    files.remove(path)
    throw error
  } finally {
    files.close(descriptor)
  }
}

/**
 * Puts an own lock in the place of a stale one. Only who holds `<lock>.takeover` may do so, and looks again when it has it:
 * of any number that saw the same stale lock one wins.
 */
function takeOver(files: FileSystem, path: string, lockPath: string, own: string): void {
  const stale = staleContent(files, path, lockPath)
  const claim = `${lockPath}.takeover`
  if (!create(files, claim, own))
    throw locked(
      path,
      `another process is taking it over, or died while it did and left ${claim}, which must be removed too`,
    )
  let isOurs = false
  try {
    if (staleContent(files, path, lockPath) !== stale) throw locked(path, 'another process has just taken it over')
    files.rename(claim, lockPath)
    isOurs = true
  } finally {
    if (!isOurs) files.remove(claim)
  }
}

/** Content of a lock whose process is known to have died. @throws AgentRunError if it may be held */
function staleContent(files: FileSystem, path: string, lockPath: string): string {
  let content: string
  try {
    content = readText(files, lockPath)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT') throw locked(path, 'it was released just now: try again')
    throw locked(path, `its .lock cannot be read (${code ?? 'unknown error'}): look what ${lockPath} is`)
  }
  const holder = parse(content)
  // It may be that of a recorder that is only just writing it.
  if (holder === undefined) throw locked(path, 'its .lock names no process')
  const state = stateOf(files, holder)
  if (state === 'gone') return content
  throw locked(
    path,
    state === 'alive'
      ? `process ${holder.pid} is writing it`
      : 'its .lock was left on another machine, in another container or before a restart, whose processes cannot be seen from here',
  )
}

const locked = (path: string, why: string): AgentRunError =>
  new AgentRunError(
    'journal_file.locked',
    `${path} is locked: ${why}; expected no other writer. If you know that there is none, remove ${path}.lock`,
  )

const readText = (files: FileSystem, path: string): string =>
  new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(files.read(path))

function parse(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const pid = (value as { pid?: unknown } | null)?.pid
    return Number.isInteger(pid) ? (value as ProcessIdentity) : undefined
  } catch {
    return undefined
  }
}
