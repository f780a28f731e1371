import type { Writable } from 'node:stream'

/** Writes messages to a stream, one a line. */
export interface MessageWriter {
  write(message: string | Uint8Array): void
  /** Resolves when the stream takes more; `undefined` if it does. Never rejects. */
  ready(): Promise<void> | undefined
  /** Resolves when the other side has taken everything, or is gone. Never rejects. */
  flushed(): Promise<void>
}

const lineFeed = Buffer.from('\n')

/** @param stream its errors are nobody's business here: a side that is gone ends the session by itself */
export function createWriter(stream: Writable): MessageWriter {
  // One promise and one listener each, however often it is waited.
  let waiting: Promise<void> | undefined
  let release = (): void => undefined
  for (const event of ['drain', 'close', 'error'])
    stream.on(event, () => {
      release()
      waiting = undefined
    })
  return {
    write(message) {
      if (!stream.writable) return
      // In one piece: two writes would be two system calls.
      stream.write(typeof message === 'string' ? `${message}\n` : Buffer.concat([message, lineFeed]))
    },
    ready() {
      if (stream.writableNeedDrain) waiting ??= new Promise((resolve) => (release = resolve))
      return waiting
    },
    flushed: () =>
      new Promise((resolve) => {
        if (!stream.writable || stream.writableLength === 0) return resolve()
        stream.once('close', resolve)
        stream.write('', () => resolve())
      }),
  }
}
