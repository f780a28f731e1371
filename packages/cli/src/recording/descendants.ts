import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * The processes that a process started, and those that they started, the youngest last. Best effort: from `/proc`, else
 * from `ps`; empty where there is neither. A process that was handed to another parent is not found.
 */
export function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const [child, parent] of fromProc() ?? fromPs()) children.set(parent, [...(children.get(parent) ?? []), child])
  const found: number[] = []
  for (let next = [pid]; next.length > 0; ) {
    next = next.flatMap((parent) => children.get(parent) ?? []).filter((child) => !found.includes(child))
    found.push(...next)
  }
  return found
}

/** Whether a process is still there and ours to stop; one that has ended and waits for its parent is not. */
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
    return true
  }
}

/** Process and parent. */
type Pair = readonly [number, number]

const fromProc = (): Pair[] | undefined => {
  let names: string[]
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return undefined
  }
  if (names.length === 0) return undefined
  return names.flatMap((name): Pair[] => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name of the program stands in brackets and may hold anything.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      return Number.isInteger(parent) ? [[Number(name), parent]] : []
    } catch {
      return []
    }
  })
}

const fromPs = (): Pair[] => {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8', timeout: 5000 })
  return (stdout ?? '').split('\n').flatMap((line): Pair[] => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    return Number.isInteger(pid) && Number.isInteger(parent) ? [[pid as number, parent as number]] : []
  })
}
