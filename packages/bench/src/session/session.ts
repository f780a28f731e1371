import { randomUUID } from 'node:crypto'
import { mkdtempSync, realpathSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockFile } from '@agent-run/sdk'

/** How the folders of the bench begin, in the temporary folder of the machine. */
export const SESSION_PREFIX = 'agent-run-bench-'
/** Its lock says which process a session is of: `session.lock`. */
export const SESSION_LOCK = 'session'
/** There if the folders of its trials are to stay. */
export const SESSION_KEEP = 'keep'
/** How the folders begin that are made in a session. */
export const INNER_PREFIX = 'trial-'

/** All that one bench run has in the temporary folder of the machine, in one folder: whoever finds it knows whose it is. */
export interface Session {
  /** An absolute path without symbolic links. */
  readonly folder: string
  /** Makes an empty folder in it. @throws system errors */
  makeFolder(): string
  /** Removes it, unless something is to stay. */
  close(): void
}

/** Sessions of this process that are going on. */
const open = new Set<Session>()

/** Removes the folders of all bench runs that are going on in this process, as far as that goes at once. */
export const closeSessions = (): void => {
  for (const session of open) session.close()
}

/** Begins one. @param keep whether the folders of its trials are to stay @throws system errors */
export const openSession = (keep: boolean): Session => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), SESSION_PREFIX)))
  if (keep) writeFileSync(join(folder, SESSION_KEEP), '')
  const lock = lockFile(join(folder, SESSION_LOCK), randomUUID())
  const session: Session = {
    folder,
    makeFolder: () => mkdtempSync(join(folder, INNER_PREFIX)),
    close: () => {
      open.delete(session)
      try {
        if (!keep) rmSync(folder, { recursive: true, force: true })
        lock.release()
        if (!keep) return
        rmSync(join(folder, SESSION_KEEP), { force: true })
        // Nothing was kept.
        rmdirSync(folder)
      } catch {
        // What is left is found by the next bench run, or is there because it is to stay.
      }
    },
  }
  open.add(session)
  return session
}
