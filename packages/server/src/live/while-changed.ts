import { setTimeout as sleep } from 'node:timers/promises'
import { problem } from '../app/problem.ts'

/** Milliseconds after which somebody else may have the run. */
const LONGEST = 5000
/** Milliseconds between attempts, at most, at first and at last. */
const [FIRST_PAUSE, LAST_PAUSE] = [4, 250]

/**
 * Does something again for as long as others change the same run in between. Pauses are drawn by lot, so that those who
 * met once don't meet again.
 * @param attempt reads the run anew; 'changed' if another one came first
 * @throws Problem 503 store.unavailable where that goes on for seconds
 */
export const whileChanged = async <T>(attempt: () => Promise<T | 'changed'>): Promise<T> => {
  const end = performance.now() + LONGEST
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LAST_PAUSE)) {
    const done = await attempt()
    if (done !== 'changed') return done
    if (performance.now() >= end) throw problem(503, 'store.unavailable', { headers: { 'retry-after': '1' } })
    await sleep(Math.random() * pause)
  }
}
