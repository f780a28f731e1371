import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** Requests whose client waits for a word before it sends the body (Expect: 100-continue). */
const waiting = new WeakMap<IncomingMessage, ServerResponse>()

/**
 * Lets routes look at the headers before a waiting client is told to go on: a key that is refused or a body that is too
 * large never has to be sent.
 */
export const deferContinue = (
  server: Server,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): void => {
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.set(request, response)
    handle(request, response)
  })
}

/** Tells a waiting client to send its body. */
export const continueBody = (request: IncomingMessage): void => {
  const response = waiting.get(request)
  if (response === undefined) return
  waiting.delete(request)
  response.writeContinue()
}
