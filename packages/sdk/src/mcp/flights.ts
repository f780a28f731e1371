import type { LiveStep } from '../recorder/index.ts'
import type { Reply } from './batch.ts'
import { keyOfId, type Members, own, type RequestId, textAt } from './json-rpc.ts'
import type { ClientMessage } from './message.ts'

/** A tool call on its way: from the client's request to the end of its step. It may take several requests. */
export interface Flight {
  /** `tool_call_id` of its step, unique in the session. */
  readonly callId: string
  readonly tool: string
  readonly params: Members
  /** The request that waits for an answer now; absent while the client is expected to ask again. */
  request: { readonly message: ClientMessage; readonly id: RequestId; readonly reply: Reply } | undefined
  /** The step, once the call may run. */
  step?: LiveStep
  /** Whether somebody is asked about it. */
  isAsked: boolean
  /** Whether the server has it. */
  isSent: boolean
  /** The arguments that it was sent with: those that were allowed. */
  allowed?: unknown
  /** Why its client withdrew it. */
  withdrawn?: string
  progress: number
  /** Told what the server answers; set while it is waited for. */
  settle?: (outcome: { readonly result: Members } | { readonly failure: Error }) => void
  /** Told that the client withdrew the call while somebody was asked about it. */
  onWithdrawn?: () => void
  /** Task that the server made of it, if any. */
  taskId?: string
}

/** Whether a call is without its answer; one that has it may still be on its way to the record. */
export const isOpen = ({ isAsked, request, taskId }: Flight): boolean =>
  isAsked || request !== undefined || taskId !== undefined

/** Most calls that may wait at a time. */
const mostFlights = 10_000

/** The calls that are on their way. */
export interface Flights {
  /** Begins one; a text if that cannot be. */
  begin(
    message: ClientMessage,
    params: Members,
    id: RequestId,
    reply: Reply,
    modelCallId: string | undefined,
  ): Flight | string
  /** Gives one that waits for its client a new request. */
  resume(flight: Flight, message: ClientMessage, id: RequestId, reply: Reply): void
  /** Ends the request that it waits with; the call itself goes on. */
  suspend(flight: Flight): void
  end(flight: Flight): void
  byId(id: unknown): Flight | undefined
  byCallId(callId: string | undefined): Flight | undefined
  byProgressToken(token: unknown): Flight | undefined
  byTask(taskId: string | undefined): Flight | undefined
  all(): Iterable<Flight>
}

/** Keeps the calls that are on their way. */
export function createFlights(): Flights {
  const byRequest = new Map<string, Flight>()
  const byCall = new Map<string, Flight>()
  const used = new Map<string, number>()

  /** Identifiers of requests may come again in a session, those of steps may not (AR-STEP-011). */
  const unusedId = (wished: string): string => {
    const count = (used.get(wished) ?? 0) + 1
    used.set(wished, count)
    return count === 1 ? wished : `${wished}~${count}`
  }

  return {
    begin(message, params, id, reply, modelCallId) {
      if (byCall.size >= mostFlights) return `found more than ${mostFlights} calls at a time`
      const callId = unusedId(modelCallId ?? (/^[\w.:~-]{1,128}$/.test(String(id)) ? String(id) : 'call'))
      const flight: Flight = {
        callId,
        tool: textAt(params, 'name') ?? '',
        params,
        request: { message, id, reply },
        isAsked: false,
        isSent: false,
        progress: 0,
      }
      byRequest.set(keyOfId(id), flight)
      byCall.set(callId, flight)
      return flight
    },
    resume(flight, message, id, reply) {
      flight.request = { message, id, reply }
      byRequest.set(keyOfId(id), flight)
    },
    suspend(flight) {
      if (flight.request !== undefined) byRequest.delete(keyOfId(flight.request.id))
      flight.request = undefined
    },
    end(flight) {
      if (flight.request !== undefined) byRequest.delete(keyOfId(flight.request.id))
      flight.request = undefined
      byCall.delete(flight.callId)
    },
    byId: (id) => (typeof id === 'string' || typeof id === 'number' ? byRequest.get(keyOfId(id)) : undefined),
    byCallId: (callId) => (callId === undefined ? undefined : byCall.get(callId)),
    byProgressToken(token) {
      for (const flight of byCall.values()) {
        const meta = own(flight.request?.message.members['params'] as Members | undefined, '_meta') as
          | Members
          | undefined
        if (token !== undefined && own(meta, 'progressToken') === token) return flight
      }
      return undefined
    },
    byTask(taskId) {
      if (taskId === undefined) return undefined
      for (const flight of byCall.values()) if (flight.taskId === taskId) return flight
      return undefined
    },
    all: () => byCall.values(),
  }
}
