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
  for (const folder of sessionsIn(temp)) {
    let lock: ReturnType<typeof lockFile>
    try {
      lock = lockFile(join(folder, SESSION_LOCK), randomUUID())
    } catch {
      continue
    }
    const processes = await endProcesses(folder)
    if (existsSync(join(folder, SESSION_KEEP))) rmSync(join(folder, SESSION_KEEP), { force: true })
    else await removeTree(folder)
    lock.release()
    ended.push({ folder, processes })
  }
  return ended
}

/** Folders of bench runs that are going on or were killed. */
const sessionsIn = (temp: string): readonly string[] => {
  try {
    return readdirSync(temp)
      .filter((name) => name.startsWith(SESSION_PREFIX))
      .map((name) => join(realpathSync(temp), name))
      .filter((folder) => isOwn(folder) && existsSync(join(folder, `${SESSION_LOCK}.lock`)))
  } catch {
    return []
  }
}

const isOwn = (folder: string): boolean => {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && (process.getuid === undefined || stat.uid === process.getuid())
}

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
