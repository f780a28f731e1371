import { killGroups } from '../process/processes.ts'
import { closeSessions } from '../session/session.ts'
import { startStandby } from '../session/standby.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Works so that a signal ends the runtimes that are going on and lets the rest finish, and a second one ends the program
 * at once. Whatever happens, `kill -9` included, no process and no folder of a trial is left behind, as far as they are seen.
 * @param work is told by its signal that nothing more is to be begun
 * @param onFirst called at the first signal
 */
export const guardProcesses = async <T>(
  work: (stopped: AbortSignal) => Promise<T>,
  onFirst: () => void,
): Promise<T> => {
  const controller = new AbortController()
  const stop = (): void => {
    killGroups()
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
    onFirst()
  }
  const clear = (): void => {
    killGroups()
    closeSessions()
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  process.on('exit', clear)
  const standby = startStandby()
  try {
    return await work(controller.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
    process.off('exit', clear)
    clear()
    standby.dismiss()
  }
}
