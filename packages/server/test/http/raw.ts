import { connect } from 'node:net'

/** An answer as it stood on the wire. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends octets on a bare socket and collects what comes back until the other side closes or so many `answers` are whole.
 * Where neither may happen, `wait` says after how many milliseconds of silence it is over, or `until` what is waited for.
 * @param parts sent one after the other, with a short pause between them
 */
export const sendRaw = (
  port: number,
  parts: readonly (string | Uint8Array)[],
  {
    end = false,
    wait = 0,
    answers = 1,
    until,
  }: {
    readonly end?: boolean
    readonly wait?: number
    readonly answers?: number
    readonly until?: (text: string) => boolean
  } = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const received: Buffer[] = []
    const done = (): void => {
      socket.destroy()
      resolve(Buffer.concat(received).toString('latin1'))
    }
    socket.setTimeout(wait, done)
    socket.on('data', (chunk) => {
      received.push(chunk)
      const text = Buffer.concat(received).toString('latin1')
      if (until?.(text) || (countAnswers(text) >= answers && isWhole(text))) done()
    })
    socket.on('close', done).on('error', (error) => (received.length > 0 ? done() : reject(error)))
    socket.on('connect', async () => {
      for (const part of parts) {
        if (socket.destroyed) return
        if (!socket.write(part)) await new Promise((next) => socket.once('drain', next).once('close', next))
        await new Promise((next) => setTimeout(next, 5))
      }
      if (end) socket.end()
    })
  })

/** The (last) answer in what came back. */
export const parseAnswer = (text: string): RawAnswer => {
  const start = text.lastIndexOf('HTTP/1.1 ')
  const [head = '', ...rest] = text.slice(start).split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  )
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') }
}

const countAnswers = (text: string): number => text.match(/HTTP\/1\.1 [2-5]/g)?.length ?? 0

const isWhole = (text: string): boolean => {
  const { status, headers, body } = parseAnswer(text)
  const length = headers['content-length']
  return status >= 200 && length !== undefined && body.length >= Number(length)
}
