import { hash } from '../../bytes/digest.ts'
import { isObject, type Json, type JsonObject } from '../../bytes/json.ts'
import { publicForm } from '../../bytes/seal.ts'
import { seedOf, sign } from '../../bytes/sign.ts'
import type { Schemas } from '../../http/schemas.ts'
import { jsonReply, problemReply, type Reply } from './reply.ts'
import { parseBody } from './request.ts'
import { invalid } from './runs.ts'
import type { Shelf, Shelved } from './shelf.ts'

/** What a person of a scenario says to a call of this tool. */
export interface Decision {
  readonly tool: string
  readonly decision: 'approved' | 'denied'
  readonly person: string
  readonly reason?: string
  readonly grant?: JsonObject
}

const DECISIONS = new Set(['approved', 'denied'])

/** Lets the people of a scenario answer the requests that a journal has brought, each with the signature of his key. */
export const decide = (run: Shelved, decisions: readonly Decision[]): void => {
  for (const request of run.approvals.filter(({ event }) => event === 'requested')) {
    const { approval_id, run_id, step_id, action_hash } = request
    if (run.approvals.some((other) => other.approval_id === approval_id && DECISIONS.has(String(other.event)))) continue
    const said = decisions.find(({ tool }) => tool === run.tools.get(String(step_id)))
    if (said === undefined || ![approval_id, run_id, step_id, action_hash].every(isText)) continue
    const event = {
      approval_id: approval_id!,
      event: said.decision,
      run_id: run_id!,
      step_id: step_id!,
      action_hash: action_hash!,
      request_hash: hash('approval', publicForm('approval', request)),
      at: new Date().toISOString(),
      actor: { kind: 'human', id: said.person },
      ...(request.required_role === undefined ? {} : { required_role: request.required_role }),
      ...(said.reason === undefined ? {} : { reason: said.reason }),
      ...(said.grant === undefined ? {} : { grant: said.grant }),
    }
    run.approvals.push(sign('approval', seedOf(said.person), event))
  }
}

const isText = (value: Json | undefined): boolean => typeof value === 'string'

/** Takes a decision from outside (AR-HTTP-090, AR-HTTP-091). */
export const postDecision = (schemas: Schemas, run: Shelved, approvalId: string, body: Uint8Array): Reply => {
  const given = parseBody(body)
  if (given === undefined) return problemReply(400, 'body.malformed')
  const faults = schemas.faults('approval.json', given)
  if (faults.length > 0 || !isObject(given)) return invalid('approval.invalid', faults)
  if (given.approval_id !== approvalId || given.run_id !== run.id || !DECISIONS.has(String(given.event)))
    return problemReply(422, 'approval.invalid')
  if (!isText(given.signature)) return problemReply(422, 'approval.signature')
  const earlier = run.approvals.find((each) => each.approval_id === approvalId && DECISIONS.has(String(each.event)))
  if (earlier !== undefined && earlier.signature !== given.signature) return problemReply(409, 'approval.decided')
  if (earlier === undefined) run.approvals.push(given)
  return jsonReply(earlier === undefined ? 201 : 200, entry(run, approvalId))
}

/** Lists requests with what was decided, all of them on one page. */
export const listApprovals = (shelf: Shelf, query: URLSearchParams): Reply => {
  const [runId, state] = [query.get('run_id'), query.get('state')]
  const entries = [...shelf.runs.values()]
    .filter(({ id }) => runId === null || id === runId)
    .flatMap((run) => [...new Set(run.approvals.map((each) => String(each.approval_id)))].map((id) => entry(run, id)))
    .filter((each) => state === null || each.state === state)
  return jsonReply(200, { approvals: entries.slice(-200).reverse() })
}

const entry = (run: Shelved, approvalId: string): JsonObject => {
  const events = run.approvals.filter((each) => each.approval_id === approvalId)
  const request = events.find(({ event }) => event === 'requested')
  return {
    run_id: run.id,
    approval_id: approvalId,
    state: events.at(-1)?.event ?? 'requested',
    ...(request === undefined ? {} : { request }),
    decisions: events.filter((each) => each !== request),
  }
}
