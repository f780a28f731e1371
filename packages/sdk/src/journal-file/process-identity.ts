import type { FileSystem } from './file-system.ts'

/** Which process holds a lock. A number of a process alone is soon used again, and is 1 in every container. */
export interface ProcessIdentity {
  readonly pid: number
  /** When the process started, in the kernel's ticks, and which start of which machine that was. Linux only. */
  readonly started?: string
  readonly boot?: string
  /** Where its number counts: containers have numbers of their own. Linux only. */
  readonly namespace?: string
}

const told = (ask: () => string | undefined): string | undefined => {
  try {
    return ask()
  } catch {
    return undefined
  }
}

const text = (files: FileSystem, path: string): string =>
  new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(files.read(path))

/**
 * Field 22 of /proc/<pid>/stat; the name of the program, field 2, may hold spaces and brackets. Undefined of one that has
 * ended and waits for its parent: where nobody waits for it, such as in many containers, it would hold its lock for ever.
 */
const startOf = (files: FileSystem, pid: number): string | undefined =>
  told(() => {
    const fields = text(files, `/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')
    return /^[ZX]/.test(fields?.[0] ?? '') ? undefined : fields?.[19]
  })

const bootOf = (files: FileSystem): string | undefined =>
  told(() => text(files, '/proc/sys/kernel/random/boot_id').trim())

const namespaceOf = (files: FileSystem): string | undefined => told(() => files.readLink('/proc/self/ns/pid'))

/** This process. */
export function ownIdentity(files: FileSystem): ProcessIdentity {
  const known = { started: startOf(files, process.pid), boot: bootOf(files), namespace: namespaceOf(files) }
  return { pid: process.pid, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) }
}

/**
 * Whether a process is still there, not one that got its number later; `unknown` of one on another machine, before another
 * start of this one, or in another container: nobody here can see it.
 */
export function stateOf(files: FileSystem, holder: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  const { pid, started, boot, namespace } = holder
  if (boot !== undefined && boot !== bootOf(files)) return 'unknown'
  if (namespace !== undefined && namespace !== namespaceOf(files)) return 'unknown'
  if (started !== undefined) return startOf(files, pid) === started ? 'alive' : 'gone'
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM' ? 'alive' : 'gone'
  }
}
