import { chmodSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Tries, 50 ms apart: a process that is ending can still write. */
const TRIES = 20

/**
 * Removes a folder, also what a runtime has made unreadable in it. Links are removed, not followed. What cannot be removed
 * stays: every trial has folders of its own.
 */
export const removeTree = async (path: string): Promise<void> => {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      rmSync(path, { recursive: true, force: true })
      return
    } catch {
      allowAll(path)
      await wait(50)
    }
  }
}

const allowAll = (path: string): void => {
  try {
    if (!lstatSync(path).isDirectory()) return
    chmodSync(path, 0o700)
    for (const name of readdirSync(path)) allowAll(join(path, name))
  } catch {
    // Gone, or not ours.
  }
}
