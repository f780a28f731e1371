import type { Store, StoredEvent } from '../store/store.ts'
import type { EventHub } from './event-hub.ts'

/** Where the octets of a stream go. */
export interface StreamSink {
  /** False: no more until {@link StreamSink.drained}. */
  write(text: string): boolean
  /** Resolves when more can be written; rejects after a bound, or when the other side is gone. */
  drained(): Promise<void>
}

/** What a subscription needs. */
export interface SubscriptionParts {
  readonly store: Pick<Store, 'readEvents'>
  readonly hub: EventHub
  readonly tenant: string
  /** Position of the last event that the subscriber has. */
  readonly after: number
  /** Id of an event on the wire. */
  readonly idOf: (position: number) => string
  readonly sink: StreamSink
  /** Ends it. */
  readonly signal: AbortSignal
  /** Milliseconds between two heartbeats. */
  readonly heartbeat: number
  /** Whether the subscriber may still listen. */
  readonly isAllowed: () => Promise<boolean>
  /** Milliseconds between two such questions. */
  readonly check: number
}

/** Events that are read at once: with their summaries a few hundred kilobytes at most. */
const BATCH = 100

/**
 * Sends the events of a tenant after a position, in their order, each once, as server-sent events; then those that come.
 * All of them are read from the store, so that a slow reader costs no memory: it goes on where it is.
 * Resolves when it has ended; rejects with what the store or the sink rejects with.
 */
export const subscribe = async ({
  store,
  hub,
  tenant,
  after,
  idOf,
  sink,
  signal,
  heartbeat,
  isAllowed,
  check,
}: SubscriptionParts): Promise<void> => {
  const bell = createBell(signal)
  const stop = hub.listen(tenant, bell.ring)
  let position = after
  const send = async (text: string): Promise<void> => {
    if (!sink.write(text)) await sink.drained()
  }
  try {
    // An id without data is no event; whoever is cut off before the first one knows where to go on.
    await send(`: agent-run\nid: ${idOf(position)}\n\n`)
    let beat = performance.now()
    let checked = beat
    while (!signal.aborted) {
      const events = await store.readEvents(tenant, position, BATCH)
      for (const event of events) {
        // Events that were forgotten meanwhile cannot be sent: who comes back for them is told so.
        if (event.position !== position + 1) return
        const text = textOf(event, idOf(event.position))
        if (text !== undefined) await send(text)
        position = event.position
        if (signal.aborted) return
      }
      const now = performance.now()
      if (now - checked >= check) {
        if (!(await isAllowed())) return
        checked = now
      }
      if (now - beat >= heartbeat) {
        await send(':\n\n')
        beat = now
      }
      const due = Math.min(beat + heartbeat, checked + check)
      if (events.length === 0) await bell.wait(Math.max(0, due - performance.now()))
    }
  } finally {
    stop()
    bell.end()
  }
}

const decoder = new TextDecoder()

/**
 * An event as it stands on the wire; undefined for one whose run was erased, of which only its position is left.
 * Canonical JSON has no line feed, and that of a RunEvent begins with its run.
 */
const textOf = ({ type, data }: StoredEvent, id: string): string | undefined => {
  const text = decoder.decode(data)
  return text.startsWith('{"run":') ? `id: ${id}\nevent: ${type}\ndata: ${text}\n\n` : undefined
}

/** Waits until it is rung, time is up or all is over; a ring while nobody waits is kept. */
const createBell = (signal: AbortSignal) => {
  let isRung = false
  let wake: (() => void) | undefined
  const ring = (): void => {
    isRung = true
    wake?.()
  }
  signal.addEventListener('abort', ring)
  return {
    ring,
    async wait(ms: number): Promise<void> {
      if (!isRung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      wake = undefined
      isRung = false
    },
    end: () => signal.removeEventListener('abort', ring),
  }
}
