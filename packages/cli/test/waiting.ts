// Waits for what has to come, as long as a test may take: a slow machine is no fault.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** Waits until something is so; what never comes is said in words of its own, before the test itself is given up. */
export async function until(isSo: () => boolean, missing = (): string => 'it never came to be'): Promise<void> {
  const end = Date.now() + 110_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error(missing())
    await pause(25)
  }
}

/**
 * Whether a process runs. One that has ended and that nobody has asked about yet does not. Not the program's own function,
 * which is among what is tested.
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    // Nothing is known of it: it has ended meanwhile, or there is no /proc.
    return process.platform !== 'linux'
  }
}
