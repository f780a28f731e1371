import { readFileSync } from 'node:fs'
import { isatty } from 'node:tty'

/**
 * Whether a terminal that we were given sends its signals (Ctrl-C, Ctrl-\) to this process, and so to all of its process
 * group: whether that stands in the foreground. Where the system does not say (it does in `/proc`) a terminal is enough.
 */
export function isInForeground(): boolean {
  // Not process.stdin: looking at that would open, and perhaps read, what belongs to the command.
  if (!isatty(0) && !isatty(1) && !isatty(2)) return false
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1')
    // The name of the program stands in brackets and may hold anything.
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return group === foreground
  } catch {
    return true
  }
}
