import { RequestError } from './request-error.ts'

/** One event of a stream of server-sent events. */
export interface SentEvent {
  readonly type: string
  readonly data: string
  /** The last id that the stream has given: where to go on after this event. */
  readonly id: string
}

/** What the stream said: an event, where it is without one, or how many milliseconds to wait before coming back. */
export type StreamPart = { readonly event: SentEvent } | { readonly id: string } | { readonly retry: number }

/**
 * Reads server-sent events (WHATWG HTML, section 9.2).
 * @param lastId id that the caller has already
 * @param most longest event in characters
 * @throws RequestError `client.answer` for a longer one
 */
export async function* readEventStream(
  chunks: AsyncIterable<Uint8Array>,
  lastId: string,
  most: number,
): AsyncGenerator<StreamPart> {
  let type = ''
  let data: string[] = []
  let size = 0
  let id = lastId
  let told = lastId
  for await (const line of textLines(chunks, most)) {
    size += line.length
    if (size > most) throw tooLong(most)
    if (line === '') {
      if (data.length > 0) yield { event: { type: type || 'message', data: data.join('\n'), id } }
      else if (id !== told) yield { id }
      told = id
      type = ''
      data = []
      size = 0
      continue
    }
    const colon = line.indexOf(':')
    if (colon === 0) {
      size -= line.length
      continue
    }
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') type = value
    else if (name === 'data') data.push(value)
    else if (name === 'id' && !value.includes('\0')) id = value
    else if (name === 'retry' && /^\d{1,9}$/.test(value)) yield { retry: Number(value) }
  }
  // What has no empty line behind it was cut off.
}

const tooLong = (most: number): RequestError =>
  new RequestError('client.answer', `an event of the stream is longer than ${most} characters`)

/** Lines that end with LF, CR or CR LF. */
async function* textLines(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false })
  let rest = ''
  let endsWithReturn = false
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true })
    if (endsWithReturn && text.startsWith('\n')) text = text.slice(1)
    if (text === '') continue
    endsWithReturn = text.endsWith('\r')
    const lines = (rest + text).split(/\r\n|\n|\r/)
    rest = lines.pop() ?? ''
    if (rest.length > most) throw tooLong(most)
    yield* lines
  }
}
