import { type Members, membersAt, own, textAt } from './json-rpc.ts'

/** Requests that the proxy itself makes to one of the two sides. */
export interface OwnRequests {
  /**
   * Makes a request.
   * @param waits how long the answer is waited for, in milliseconds; and what ends the waiting
   * @returns the result
   * @throws Error if there is an error instead, or no answer in time
   */
  request(method: string, params: Members, waits: { within?: number; signal?: AbortSignal }): Promise<Members>
  /** Takes an answer to one of these requests; false if it is none. A late one is taken, too: it is nobody else's. */
  take(id: unknown, answer: Members): boolean
  /** Whether an identifier is one of these requests', open or not. */
  owns(id: unknown): boolean
  /** Ends all waiting: the other side is gone. */
  close(): void
}

/**
 * @param token begins the identifiers, so that they are nobody else's; nobody but the side that is asked can know it: who
 * knows the identifier of a question can make an answer to something else count as the answer to it
 * @param send sends a message
 */
export function createOwnRequests(token: string, send: (text: string) => void): OwnRequests {
  const waiting = new Map<string, (answer: Members | Error) => void>()
  let count = 0
  const owns = (id: unknown): id is string => typeof id === 'string' && id.startsWith(`${token}-`)

  return {
    async request(method, params, { within, signal }) {
      const id = `${token}-${++count}`
      let timer: unknown
      const stop = (): void => waiting.get(id)?.(new Error('it is no longer waited for'))
      const answer = new Promise<Members | Error>((resolve) => {
        waiting.set(id, resolve)
        if (within !== undefined) timer = setTimeout(() => resolve(new Error(`no answer within ${within} ms`)), within)
        signal?.addEventListener('abort', stop)
      })
      try {
        send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
        const given = await answer
        if (given instanceof Error) {
          send(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } }))
          throw given
        }
        const result = membersAt(given, 'result')
        if (result !== undefined) return result
        throw new Error(textAt(membersAt(given, 'error'), 'message') ?? 'the answer is neither a result nor an error')
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
        waiting.delete(id)
      }
    },
    take(id, answer) {
      if (!owns(id) || own(answer, 'method') !== undefined) return false
      waiting.get(id)?.(answer)
      return true
    },
    owns,
    close() {
      for (const end of waiting.values()) end(new Error('the other side is gone'))
    },
  }
}
