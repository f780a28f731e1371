import { AgentRunError } from '@agent-run/core'

/** So much shares a transaction at most: those behind it should not wait for ever. */
const MOST_UNITS = 1_000
const MOST_OCTETS = 16 * 1024 * 1024
/** So much may wait in a lane before more is refused. */
const MOST_WAITING_OCTETS = 256 * 1024 * 1024

/** What waits to be written. */
export interface Queued {
  /** About how much is written. */
  readonly octets: number
  readonly reject: (error: unknown) => void
}

/** A queue that is written group by group, one at a time. */
export interface Lane<Unit extends Queued> {
  add(unit: Unit): void
  /** Waits until nothing is waiting. */
  idle(): Promise<void>
}

/**
 * What arrives in one turn of the event loop is a group, and so is what arrives while the group before is being written.
 * @param commit settles every unit, and never rejects
 */
export const createLane = <Unit extends Queued>(commit: (units: readonly Unit[]) => Promise<void>): Lane<Unit> => {
  let queue: Unit[] = []
  let waiting = 0
  let work: Promise<void> | undefined

  const take = (): readonly Unit[] => {
    let octets = 0
    let count = 0
    while (count < queue.length && count < MOST_UNITS && (count === 0 || octets < MOST_OCTETS)) {
      octets += queue[count++]!.octets
    }
    const taken = queue.slice(0, count)
    queue = queue.slice(count)
    for (const unit of taken) waiting -= unit.octets
    return taken
  }
  const drain = async (): Promise<void> => {
    await new Promise(setImmediate)
    while (queue.length > 0) await commit(take())
    work = undefined
  }
  return {
    add: (unit) => {
      if (queue.length > 0 && waiting + unit.octets > MOST_WAITING_OCTETS) {
        unit.reject(new AgentRunError('store.busy', 'The store could not do this: too much is waiting to be written.'))
        return
      }
      queue.push(unit)
      waiting += unit.octets
      work ??= drain()
    },
    idle: async () => work,
  }
}
