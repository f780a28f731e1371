import { randomUUID } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { lockFile } from '@agent-run/sdk'
import { killProcesses, processesIn } from '../process/processes.ts'
import { removeTree } from './remove-tree.ts'
import { SESSION_KEEP, SESSION_LOCK, SESSION_PREFIX } from './session.ts'

/** What a bench run has left behind that was killed. */
export interface Leftovers {
  /** Where its folders were, or still are if they were to stay. */
  readonly folder: string
  /** Processes that were ended. */
  readonly processes: number
}

/** Looks for processes that will not go away, 20 ms apart. */
const TRIES = 100

/**
 * Ends what dead bench runs of this user have left behind: the processes of their trials, and their folders. Dead is one
 * whose lock can be taken; one that goes on, and one in another container that nobody here can see, is left alone. Of
 * processes those are meant whose home or temporary folder lies in such a folder.
 * @param temp temporary folder of the machine
 */
export const endLeftovers = async (temp: string): Promise<readonly Leftovers[]> => {
  const ended: Leftovers[] = []
  for (const { folder, isKept } of sessionsIn(temp)) {
    let lock: ReturnType<typeof lockFile>
    try {
      lock = lockFile(join(folder, SESSION_LOCK), randomUUID())
    } catch {
      continue
    }
    const processes = await endProcesses(folder)
    if (!isKept) await removeTree(folder)
    lock.release()
    // After the lock: see `sessionsIn`.
    if (isKept) rmSync(join(folder, SESSION_KEEP), { force: true })
    ended.push({ folder, processes })
  }
  return ended
}

/**
 * Folders of bench runs that are going on or were killed. Whether one is to stay is asked before whether it has a lock, and
 * who is done with it takes the lock away first: so one that is to stay never looks as if it were not.
 */
const sessionsIn = (temp: string): readonly { readonly folder: string; readonly isKept: boolean }[] => {
  try {
    return readdirSync(temp)
      .filter((name) => name.startsWith(SESSION_PREFIX))
      .map((name) => join(realpathSync(temp), name))
      .filter(isOwn)
      .map((folder) => ({ folder, isKept: existsSync(join(folder, SESSION_KEEP)) }))
      .filter(({ folder }) => isFile(join(folder, `${SESSION_LOCK}.lock`)))
  } catch {
    return []
  }
}

/** Whether it is a folder of this user that nobody else can write to: as the bench makes them. */
const isOwn = (folder: string): boolean => {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  if (stat?.isDirectory() !== true) return false
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0)
}

/** No pipe that would be waited for, and no link. */
const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true

const endProcesses = async (folder: string): Promise<number> => {
  const ended = new Set<number>()
  for (let tries = 0; tries < TRIES; tries++) {
    const left = processesIn(folder)
    if (left.length === 0) break
    for (const pid of left) ended.add(pid)
    killProcesses(left)
    await wait(20)
  }
  return ended.size
}
