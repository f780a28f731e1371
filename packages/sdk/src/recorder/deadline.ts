import { AgentRunError } from '@agent-run/core'

/** Calls back after so many milliseconds, unless what it returns is called before. */
export type Timer = (callback: () => void, milliseconds: number) => () => void

/** The timer of the platform. */
export const platformTimer: Timer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Waits for the answer of somebody else, but not forever.
 * @param who who is asked, for the message
 * @throws AgentRunError `recorder.no_answer` when the time is over; what comes later is dropped
 */
export type Within = <T>(who: string, answer: T | PromiseLike<T>) => Promise<T>

/** Most milliseconds to wait unless said otherwise. */
const usual = 10_000

/** Longest time that timers can count, in milliseconds. */
const longest = 2 ** 31 - 1

/** @param milliseconds most milliseconds to wait for one answer; 10,000 unless it is a positive number */
export function createDeadline(milliseconds: number | undefined, timer: Timer = platformTimer): Within {
  const most = typeof milliseconds === 'number' && milliseconds > 0 ? Math.min(milliseconds, longest) : usual
  return (who, answer) =>
    new Promise((resolve, reject) => {
      const cancel = timer(
        () => reject(new AgentRunError('recorder.no_answer', `${who} did not answer within ${most} ms`)),
        most,
      )
      Promise.resolve(answer).then(resolve, reject).finally(cancel)
    })
}
