import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** How much of the end of a transcript is looked at, in bytes. */
const looked = 262_144

/**
 * Whether the last turn of a transcript is over for good: Claude Code has written so, after all its hooks had answered. An
 * answer that ends with words is no such sign: another hook may send the agent back to work. Older versions write none.
 */
function hasTurnEnded(tail: string): boolean {
  for (const line of tail.split('\n').reverse()) {
    const entry = read(line)
    if (entry === undefined) continue
    const { type, subtype, isSidechain, hookErrors, preventedContinuation } = entry
    if (isSidechain === true) continue
    if (type === 'user' || type === 'assistant') return false
    if (type !== 'system') continue
    if (subtype === 'turn_duration') return true
    // Where a hook was against it, the agent goes on.
    if (subtype === 'stop_hook_summary')
      return !(Array.isArray(hookErrors) && hookErrors.length > 0) || preventedContinuation === true
  }
  return false
}

const read = (line: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    // Cut off: it stands at the beginning of what is looked at, or is being written.
    return undefined
  }
}

/** The end of a file, as text; empty if it cannot be read. */
function tailOf(path: string): { readonly size: number; readonly text: string } {
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      const buffer = Buffer.alloc(Math.min(size, looked))
      const read = readSync(file, buffer, 0, buffer.length, size - buffer.length)
      return { size, text: buffer.toString('utf8', 0, read) }
    } finally {
      closeSync(file)
    }
  } catch {
    return { size: 0, text: '' }
  }
}

/** Waits until the last turn of a transcript is over, at most so many milliseconds. @returns whether it is */
export async function awaitTurnEnd(path: string, within: number): Promise<boolean> {
  for (let left = within; ; left -= 100) {
    if (hasTurnEnded(tailOf(path).text)) return true
    if (left <= 0) return false
    await pause(100)
  }
}

/** Waits until nothing is added to a file any more, at most so many milliseconds. */
export async function awaitQuiet(path: string, within: number, quiet: number): Promise<void> {
  let { size } = tailOf(path)
  for (let waited = 0, unchanged = 0; waited < within && unchanged < quiet; waited += 100) {
    await pause(100)
    const now = tailOf(path).size
    unchanged = now === size ? unchanged + 100 : 0
    size = now
  }
}
