import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onGroups } from '../process/processes.ts'

/** A process that waits for the end of this one. */
export interface Standby {
  /** The work is done: it ends, too. */
  dismiss(): void
}

const program = fileURLToPath(new URL('../../bin/bench-standby.mjs', import.meta.url))

/**
 * Starts a process that ends the runtimes and removes the folders of this bench run if it is killed in a way that leaves it
 * no time, such as `kill -9`. It learns of that by the end of its standard input, which the kernel closes whatever
 * happens. Where it cannot be started, the next bench run does its work.
 */
export const startStandby = (): Standby => {
  const input = start()
  if (input === undefined) return { dismiss: () => undefined }
  const forget = onGroups((group, isHeld) => void input.write(`${isHeld ? '+' : '-'}${group}\n`))
  return {
    dismiss: () => {
      forget()
      input.end('done\n')
    },
  }
}

/** Its standard input; undefined where there is no room for another process. */
const start = (): Writable | undefined => {
  try {
    // In a session of its own: what is sent to all processes of a terminal or job does not reach it.
    const child = spawn(process.execPath, [program, tmpdir()], {
      env: { PATH: process.env['PATH'] ?? '' },
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      windowsHide: true,
    })
    child.on('error', () => undefined)
    // Without room for its pipes it has none, whatever its type says.
    const input: Writable | undefined = child.stdin
    input?.on('error', () => undefined)
    child.unref()
    return input
  } catch {
    return undefined
  }
}
