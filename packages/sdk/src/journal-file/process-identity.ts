import type { FileSystem } from './file-system.ts'

/** Which process holds a lock. A number of a process alone is soon used again, and is 1 in every container. */
export interface ProcessIdentity {
  readonly pid: number
  /** When the process started, in the kernel's ticks, and which start of the machine that was. Linux only. */
  readonly started?: string
  readonly boot?: string
}

const text = (files: FileSystem, path: string): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(files.read(path))
  } catch {
    return undefined
  }
}

/** Field 22 of /proc/<pid>/stat; the name of the program, field 2, may hold spaces and brackets. */
const startOf = (files: FileSystem, pid: number): string | undefined =>
  text(files, `/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19]

const bootOf = (files: FileSystem): string | undefined => text(files, '/proc/sys/kernel/random/boot_id')?.trim()

/** This process. */
export function ownIdentity(files: FileSystem): ProcessIdentity {
  const started = startOf(files, process.pid)
  const boot = bootOf(files)
  return {
    pid: process.pid,
    ...(started === undefined ? {} : { started }),
    ...(boot === undefined ? {} : { boot }),
  }
}

/** Whether a process is still there: not one that got its number later, and none from before the machine started. */
export function isAlive(files: FileSystem, { pid, started, boot }: ProcessIdentity): boolean {
  if (boot !== undefined && boot !== bootOf(files)) return false
  if (started !== undefined) return startOf(files, pid) === started
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}
