import type { RunEvent } from '@agent-run/types'
import { attempt } from './attempt.ts'
import { readObject } from './body.ts'
import { pause } from './exchange.ts'
import type { CallOptions, Settings } from './options.ts'
import { RequestError } from './request-error.ts'
import { isWorthRepeating, waitBefore } from './retry.ts'
import { readEventStream } from './server-sent-events.ts'

/** Where a stream begins, and when it ends. */
export interface StreamOptions extends CallOptions {
  /** Id of the last event that is known: the stream goes on after it. Without it the stream begins now. */
  readonly after?: string
  /** Called whenever the stream stands: what happens from then on is heard. */
  readonly onOpen?: () => void
}

/** An event, and where to go on after it. */
export interface Streamed extends RunEvent {
  /** For `after`, also in another process. */
  readonly event_id: string
}

/** Silence after which a connection counts as lost: three heartbeats of the protocol, in milliseconds. */
const silence = 45_000

/**
 * Events as they happen. When the connection breaks, it is made again and goes on after the last event: none is lost, none
 * comes twice. Ends when the caller stops iterating or its signal says so.
 * @throws RequestError when the server refuses, for example an id that it has not given
 */
export async function* subscribe(
  settings: Settings,
  { after, onOpen, signal }: StreamOptions = {},
): AsyncGenerator<Streamed, void> {
  let last = after ?? ''
  let failures = 0
  let asked: number | undefined
  const stopped = (): boolean => signal?.aborted === true || settings.signal?.aborted === true
  while (!stopped()) {
    try {
      const answer = await attempt(settings, {
        method: 'GET',
        url: `${settings.api}/runs/stream`,
        headers: last === '' ? {} : { 'last-event-id': last },
        accept: 'text/event-stream',
        repeatable: true,
        signal,
        timeout: Math.max(silence, settings.timeout),
      })
      try {
        if (answer.header('content-type')?.startsWith('text/event-stream') !== true)
          throw new RequestError('client.answer', 'the answer is no stream of events', { status: answer.status })
        onOpen?.()
        for await (const part of readEventStream(answer.chunks, last, settings.answerOctets)) {
          failures = 0
          if ('retry' in part) asked = part.retry
          else if ('id' in part) last = part.id
          else {
            last = part.event.id
            const told = readObject<RunEvent>(new TextEncoder().encode(part.event.data), answer.status)
            yield { ...told, event_id: last }
          }
        }
      } finally {
        answer.close()
      }
    } catch (error) {
      if (stopped()) return
      if (!isWorthRepeating(error, true)) throw error
      if (error.retryAfter !== undefined) asked = error.retryAfter
    }
    failures++
    const wait = waitBefore(Math.min(failures, 8), {}, settings) ?? 0
    try {
      await pause(Math.max(wait, Math.min(asked ?? 0, settings.longestWait)), { signal }, settings)
    } catch {
      return
    }
  }
}
