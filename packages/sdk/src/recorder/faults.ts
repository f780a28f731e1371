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
}

/**
 * Faults of one run: counted and told to the caller, and never thrown into the agent's path unless it asked for that.
 * @param strict whether a fault is thrown
 */
export function createFaults(strict: boolean, onFault: (fault: RecorderFault) => void = () => undefined): Faults {
  const counts = new Map<string, number>()
  const report = (code: string, message: string, cause?: unknown): void => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    try {
      onFault({ code, message, count, ...(cause === undefined ? {} : { cause }) })
    } catch {
      // Whoever listens to faults must not cause any in the agent.
    }
    if (strict) throw new AgentRunError(code, message, cause)
  }
  const caught = (code: string, message: string, error: unknown): undefined => {
    if (error instanceof AgentRunError && counts.has(error.code) && strict) throw error
    report(code, error instanceof AgentRunError ? error.message : message, error)
  }
  return {
    report,
    counts,
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
