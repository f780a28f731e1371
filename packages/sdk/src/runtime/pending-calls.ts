import type { Answer, LiveStep, Recorder, ToolCall } from '../recorder/index.ts'
import { defer } from './deferred.ts'

/** A call that waits for a person while its framework has stopped its run, and comes back to it later or never. */
interface PendingCall {
  decide(answer: Answer): void
  /** The framework has come back: runs it, if it was allowed, with the arguments that were. @throws CallRefused */
  proceed(work: Work): Promise<unknown>
}

type Work = (args: unknown, step: LiveStep) => unknown

/** Calls that need an approval, of every run, by `tool_call_id`. */
const calls = new WeakMap<Recorder, Map<string, PendingCall>>()

const callsOf = (run: Recorder): Map<string, PendingCall> => {
  const known = calls.get(run) ?? new Map<string, PendingCall>()
  calls.set(run, known)
  return known
}

/** A call whose framework wants a person's approval before it runs. */
export interface AwaitedCall extends Omit<ToolCall<unknown>, 'ask' | 'until'> {
  readonly tool_call_id: string
}

/** Records that a call waits for an approval: its step as pending, the request as an event. Once for every `tool_call_id`. */
export function requestApproval(run: Recorder, call: AwaitedCall): void {
  const known = callsOf(run)
  if (known.has(call.tool_call_id)) return
  const answer = defer<Answer>()
  const back = defer<Work>()
  const ended = run.toolCall(
    { approval: {}, ...call, ask: () => answer.promise, until: back.promise },
    async (args, step) => (await back.promise)(args, step),
  )
  // Who comes back to the call hears of it; if nobody does, the record says so.
  ended.catch(() => undefined)
  known.set(call.tool_call_id, {
    decide: answer.resolve,
    proceed(work) {
      back.resolve(work)
      // Nobody runs what nobody allowed: somebody did, and did not say who.
      answer.resolve({ decision: 'approved', actor: { kind: 'unknown' } })
      return ended
    },
  })
}

/** The call of this id, if it is one that waits for an approval. */
export const pendingCall = (run: Recorder, callId: string | undefined): PendingCall | undefined =>
  callId === undefined ? undefined : calls.get(run)?.get(callId)

/**
 * Records who decided about a call that a framework stopped for, and how: `approved`, `denied` or `cancelled`. The first
 * answer counts. The framework has to be told by its own means.
 * @returns whether such a call waits, or has waited, in this run
 */
export function decideApproval(run: Recorder, callId: string, answer: Answer): boolean {
  const call = pendingCall(run, callId)
  call?.decide(answer)
  return call !== undefined
}
