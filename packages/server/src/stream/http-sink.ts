import type { ServerResponse } from 'node:http'
import type { StreamSink } from './subscription.ts'

/** Milliseconds that a reader may take nothing before it is cut off: it goes on from its last event when it comes back. */
const PATIENCE = 30_000

/**
 * A response as the sink of a stream. What the other side does not take stays in its buffer, one event at most beyond the
 * high-water mark.
 */
export const createHttpSink = (response: ServerResponse, patience: number = PATIENCE): StreamSink => ({
  write: (text) => !response.destroyed && response.write(text),
  drained: () =>
    new Promise((resolve, reject) => {
      if (response.destroyed) {
        reject(new Error('the reader is gone'))
        return
      }
      const done = (error?: Error): void => {
        clearTimeout(timer)
        response.off('drain', done)
        response.off('close', gone)
        if (error === undefined) resolve()
        else reject(error)
      }
      const gone = (): void => done(new Error('the reader is gone'))
      const timer = setTimeout(() => {
        response.destroy()
        done(new Error('the reader takes nothing'))
      }, patience)
      response.once('drain', done)
      response.once('close', gone)
    }),
})
