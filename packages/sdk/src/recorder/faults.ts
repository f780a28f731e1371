import { AgentRunError } from '@agent-run/core'

/** Something that went wrong inside the recorder, or that it was given and cannot record. */
export interface RecorderFault {
  /** Dotted and stable, see spec/errors.md. */
  readonly code: string
  /** What was found and what was expected; no payload. */
  readonly message: string
  /** How often this code has occurred in this run. */
  readonly count: number
  readonly cause?: unknown
}

/** Faults of one run. */
export interface Faults {
  /**
   * Counts a fault and tells the caller.
   * @throws AgentRunError in strict mode
   */
  report(code: string, message: string, cause?: unknown): void
  /** Does some of the recorder's work; what it throws is a fault and the result is `undefined`. */
  guard<T>(code: string, message: string, work: () => T): T | undefined
  /** The same for work that takes time. */
  guardLater<T>(code: string, message: string, work: () => Promise<T>): Promise<T | undefined>
  /** How often each code has occurred. */
  readonly counts: ReadonlyMap<string, number>
  /** Counts on from what an earlier recorder of the run had counted, as its record says it. */
  goOnFrom(counted: unknown): void
  /** Tells how often a code has occurred, whenever one has. */
  watch(listener: (count: number) => void): void
}

/**
 * Faults of one run: counted and told to the caller, and never thrown into the agent's path unless it asked for that.
 * @param strict whether a fault is thrown
 */
export function createFaults(strict: boolean, onFault: (fault: RecorderFault) => void = () => undefined): Faults {
  const counts = new Map<string, number>()
  let watching: (count: number) => void = () => undefined
  const report = (code: string, message: string, cause?: unknown): void => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    try {
      const told: unknown = onFault({ code, message, count, ...(cause === undefined ? {} : { cause }) })
      Promise.resolve(told).catch(() => undefined)
    } catch {
      // Whoever listens to faults must not cause any in the agent.
    }
    watching(count)
    if (strict) throw new AgentRunError(code, message, cause)
  }
  const caught = (code: string, message: string, error: unknown): undefined => {
    if (error instanceof AgentRunError && counts.has(error.code) && strict) throw error
    report(code, error instanceof AgentRunError ? error.message : message, error)
  }
  return {
    report,
    counts,
    goOnFrom(counted) {
      if (typeof counted !== 'object' || counted === null) return
      for (const [code, count] of Object.entries(counted))
        if (Number.isSafeInteger(count) && count > 0) counts.set(code, (counts.get(code) ?? 0) + count)
    },
    watch(listener) {
      watching = listener
    },
    guard(code, message, work) {
      try {
        return work()
      } catch (error) {
        return caught(code, message, error)
      }
    },
    async guardLater(code, message, work) {
      try {
        return await work()
      } catch (error) {
        return caught(code, message, error)
      }
    },
  }
}
