import type { Logger } from 'pino'
import type { App } from '../app/create-app.ts'
import { describeFault } from '../app/observe.ts'
import type { Store } from '../store/store.ts'

/**
 * Stops a server: accepts nothing more, ends the streams, finishes the requests that are being answered, closes the
 * store. Requests that have not ended in time are cut off; what was acknowledged is on the disk in any case.
 * @returns exit code: 0, or 1 if something could not be finished
 */
export const stopGracefully = async ({
  app,
  store,
  log,
  stopRetention,
  seconds,
}: {
  readonly app: App
  readonly store: Store
  readonly log: Logger
  readonly stopRetention: () => Promise<void>
  readonly seconds: number
}): Promise<0 | 1> => {
  // A connection that has just become idle is of no more use.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  const late = setTimeout(() => {
    log.warn('requests did not end in time')
    app.server.closeAllConnections()
  }, seconds * 1000)
  try {
    await stopRetention()
    await app.close()
    await store.close()
    log.info('stopped')
    return 0
  } catch (error) {
    log.error({ fault: describeFault(error) }, 'did not stop well')
    return 1
  } finally {
    clearInterval(idle)
    clearTimeout(late)
  }
}
