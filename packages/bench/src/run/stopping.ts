import { killGroups } from '../process/processes.ts'
import { dropFolders } from './trial-folder.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Works so that a signal ends the runtimes that are going on and lets the rest finish, and a second one ends the program
 * at once. Whatever happens, no process group of a trial is left behind.
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
    dropFolders()
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  process.on('exit', clear)
  try {
    return await work(controller.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
    process.off('exit', clear)
    clear()
  }
}
