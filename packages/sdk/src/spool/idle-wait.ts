import type { Wait } from '../client/index.ts'

/** Waits without keeping a process alive: what waits for its turn is on the disk, and the next process finds it there. */
export const idleWait: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    ;(timer as { unref?: () => void }).unref?.()
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
