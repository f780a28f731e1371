import type { CallRefused } from '../recorder/index.ts'
import type { ClientFacts } from './client-facts.ts'
import type { Flight } from './flights.ts'
import { type Members, membersAt, own, type RequestId, resultAnswer, textAt } from './json-rpc.ts'
import type { ClientMessage } from './message.ts'
import { resultShape } from './result-words.ts'

/**
 * A refused call is answered with a result that says so, not with a JSON-RPC error: clients show the text of a failed result
 * to the model, which can then do something else; an error many of them raise as a failure of the session.
 */
export const refusal = (id: RequestId, error: CallRefused, client: ClientFacts): string =>
  resultAnswer(id, {
    ...(client.isStateless ? { resultType: 'complete' } : {}),
    content: [{ type: 'text', text: `This call was refused and did not reach the server: ${error.message}` }],
    isError: true,
  })

/** The message as it was written, if it is what was allowed; else one with the arguments that were. */
export const wireOf = (message: ClientMessage, allowed: unknown, state: string): string => {
  const params = membersAt(message.members, 'params') ?? {}
  const isOurs = textAt(params, 'requestState')?.startsWith(`${state}-`) === true
  if (!isOurs && JSON.stringify(allowed) === JSON.stringify(own(params, 'arguments'))) return message.text
  const { requestState: _, inputResponses: __, ...rest } = params
  const kept = isOurs ? rest : params
  return JSON.stringify({ ...message.members, params: allowed === undefined ? kept : { ...kept, arguments: allowed } })
}

/** Arguments of a call as text, for comparison. */
export const textOfArguments = (params: Members): string => JSON.stringify(own(params, 'arguments')) ?? ''

/** What a record keeps of a call besides its result. */
export const factsOf = (
  { progress, taskId }: Flight,
  result: Members,
  batch: number | undefined,
): Record<string, unknown> => ({
  ...resultShape(result),
  ...(progress === 0 ? {} : { progress_notifications: progress }),
  ...(taskId === undefined ? {} : { task_id: taskId }),
  ...(batch === undefined ? {} : { batch_of: batch }),
})

/** A JSON-RPC error as an error of the call. */
export const failureOf = (answer: Members): Error => {
  const error = membersAt(answer, 'error')
  const code = own(error, 'code')
  return new Error(
    `MCP error${typeof code === 'number' ? ` ${code}` : ''}: ${textAt(error, 'message') ?? 'no message'}`,
  )
}

/** Why a call did not come to its end, as the recorder reads it: a client that ran out of patience says so. */
export const withdrawal = (reason: string | undefined): Error => {
  const isLate = /time(?:d)?[\s-]?out/i.test(reason ?? '')
  const error = new Error(
    reason === undefined || reason === '' ? 'the client withdrew the call' : `the client withdrew the call: ${reason}`,
  )
  error.name = isLate ? 'TimeoutError' : 'AbortError'
  return error
}
