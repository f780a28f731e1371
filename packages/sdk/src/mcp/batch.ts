import { keyOfId, type RequestId } from './json-rpc.ts'

/** A message as it goes over the wire, without line end: bytes where it is passed on as it came. */
export type Payload = string | Uint8Array

/** Where the answer to a request goes. */
export interface Reply {
  /** @param answer one JSON object */
  answer(answer: Payload): void
  /** No answer will come: the request was withdrawn. */
  drop(): void
}

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })

/** A message as text. */
export const textOf = (payload: Payload): string => (typeof payload === 'string' ? payload : decoder.decode(payload))

/** Gathers the answers to the requests of a batch, and sends them together when the last one is there. */
export function createBatch(ids: readonly RequestId[], send: (text: string) => void): Map<string, Reply> {
  const answers: string[] = []
  const open = new Set(ids.map(keyOfId))
  const close = (key: string): void => {
    if (open.delete(key) && open.size === 0 && answers.length > 0) send(`[${answers.join(',')}]`)
  }
  return new Map(
    [...open].map((key) => [
      key,
      {
        answer(answer) {
          if (open.has(key)) answers.push(textOf(answer))
          close(key)
        },
        drop: () => close(key),
      },
    ]),
  )
}
