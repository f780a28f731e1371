import { endCommands } from './command.ts'

/** Resolves after so many seconds, never without any, or when the user ends the program (Ctrl-C, SIGTERM). */
export const untilStopped = (seconds: number | undefined): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer)
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    // Without a time a timer keeps the process alive all the same.
    const timer = setTimeout(stop, seconds === undefined ? 2 ** 31 - 1 : seconds * 1000)
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })

/**
 * Works so that Ctrl-C ends the commands that were started, and with a second one the program at once.
 * @param work is told by the signal that nothing more is to be started
 */
export const guardCommands = async <T>(work: (stopped: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  const stop = (): void => {
    endCommands()
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    endCommands()
  }
}
