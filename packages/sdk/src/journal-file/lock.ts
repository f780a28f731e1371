import { AgentRunError } from '@agent-run/core'
import { type FileSystem, systemCode } from './file-system.ts'
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts'

/** A held lock. */
export interface Lock {
  release(): void
}

/**
 * Takes the lock of a file: `<path>.lock`, which says which process holds it. A lock whose process has died is taken
 * over, so that a run can be reopened after `kill -9` or a power failure.
 *
 * @throws AgentRunError `journal_file.locked`
 */
export function takeLock(files: FileSystem, path: string, token: string): Lock {
  const lockPath = `${path}.lock`
  const own = `${JSON.stringify({ ...ownIdentity(files), token })}\n`
  if (!create(files, lockPath, own, token)) {
    const found = readText(files, lockPath)
    const holder = parse(found)
    // What names no process was left by one that died while it wrote.
    if (holder !== undefined && isAlive(files, holder)) throw locked(path)
    takeAway(files, lockPath, found, token, path)
    if (!create(files, lockPath, own, token)) throw locked(path)
  }
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

const locked = (path: string): AgentRunError =>
  new AgentRunError(
    'journal_file.locked',
    `${path} is being written by another recorder; expected one writer (remove its .lock file if there is none)`,
  )

/** Creates the lock; false if there is one. It is never seen without its content, or it would look like a stale one. */
function create(files: FileSystem, lockPath: string, content: string, token: string): boolean {
  const draft = `${lockPath}.${token}`
  const descriptor = files.open(draft, 'wx', 0o600)
  try {
    files.write(descriptor, new TextEncoder().encode(content), 0)
    files.link(draft, lockPath)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  } finally {
    files.close(descriptor)
    files.remove(draft)
  }
}

/** Removes a stale lock, and only that: of two that try at once one may already have put its own in the place. */
function takeAway(files: FileSystem, lockPath: string, stale: string | undefined, token: string, path: string): void {
  const aside = `${lockPath}.${token}.stale`
  try {
    files.rename(lockPath, aside)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  const moved = readText(files, aside)
  if (moved !== stale) {
    files.link(aside, lockPath)
    files.remove(aside)
    throw locked(path)
  }
  files.remove(aside)
}

function readText(files: FileSystem, path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(files.read(path))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function parse(text: string | undefined): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    const pid = (value as { pid?: unknown } | null)?.pid
    return Number.isInteger(pid) ? (value as ProcessIdentity) : undefined
  } catch {
    return undefined
  }
}
