import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendJson, sendOctets, sendProblem } from '../app/answer.ts'
import { headerOf, jsonBody, octetsOf } from '../app/body.ts'
import type { AppContext, RouteModule } from '../app/context.ts'
import { matchesEtag } from '../app/etag.ts'
import { knownParameters, parametersOf, runIdOf } from '../app/parameters.ts'
import { parameterProblem, problem } from '../app/problem.ts'
import { recordOf } from '../live/record.ts'
import { answerStored, type RunAnswer, refused } from '../receive/answer-run.ts'
import { readListQuery } from '../receive/list-query.ts'
import { receiveRun } from '../receive/receive-run.ts'

/** POST, list and GET of runs. */
export const runRoutes: RouteModule = (app, context) => {
  const { store, metrics } = context

  app.post('/api/v1/runs', { config: { scope: 'runs:write', body: jsonBody } }, async (request, reply) => {
    knownParameters(request, [])
    const key = idempotencyKeyOf(request)
    const answer = await postRun(context, request.tenant, await octetsOf(request, context.limits), key)
    metrics.received(answer.outcome)
    if ('problem' in answer) return sendProblem(reply, answer.problem)
    const { receipt, status } = answer
    reply.header('location', `/api/v1/runs/${encodeURIComponent(receipt.id)}`).header('etag', `"${receipt.etag}"`)
    return sendJson(reply, receipt, status)
  })

  app.get('/api/v1/runs', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const { tenant } = request
    const { filter, limit, purpose, cursor } = readListQuery(parametersOf(request), context.limits.page)
    const after = cursor === undefined ? undefined : context.tokens.open(tenant, purpose, cursor)
    if (cursor !== undefined && after === undefined)
      throw parameterProblem(400, 'query.cursor', 'cursor', 'expected the next of a page of this query')
    const [page, executed] = await Promise.all([
      store.listRuns(tenant, filter, after === undefined ? { limit } : { limit, after }),
      countExecuted(context, tenant, filter),
    ])
    return sendJson(reply, {
      runs: page.items,
      ...(page.next === undefined ? {} : { next: context.tokens.seal(tenant, purpose, page.next) }),
      ...(executed === undefined ? {} : { also_executed: executed }),
    })
  })

  app.get('/api/v1/runs/:id', { config: { scope: 'runs:read' } }, async (request, reply) => {
    knownParameters(request, [])
    return answerRun(context, request, reply, runIdOf(request))
  })
}

/** Takes one record in: the same for POST and, but for the idempotency key, for a line of a batch. */
const postRun = async (
  context: AppContext,
  tenant: string,
  octets: Uint8Array,
  key: string | undefined,
): Promise<RunAnswer> => {
  const received = await receiveRun(octets, context)
  if (!received.ok) return refused('invalid', received.problem)
  const options = key === undefined ? undefined : { idempotency: { key, requestDigest: received.run.etag } }
  const [result] = await context.store.insertRuns(tenant, [received.run], options)
  if (result === undefined) throw new TypeError('the store gave no result')
  return answerStored(context.store, tenant, received, result)
}

/** Answers GET of a run: the record as it was received, the fold of a live one (AR-HTTP-029, AR-HTTP-031, AR-HTTP-085). */
export const answerRun = async (
  { store }: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
): Promise<FastifyReply> => {
  const run = await store.readRun(request.tenant, id)
  if (run === undefined) throw problem(404, 'run.unknown')
  if (run.state === 'erased') throw problem(410, 'run.erased')
  const { body, etag } = await recordOf(store, request.tenant, run)
  reply.header('etag', `"${etag}"`).header('cache-control', 'private, no-cache')
  const known = headerOf(request, 'if-none-match')
  return known !== undefined && matchesEtag(known, etag) ? reply.code(304).send() : sendOctets(reply, body)
}

/** Most runs of both kinds that are looked at to tell how many only executed. */
const BOTH = 10_000
const MOST = 1000

/**
 * Beside runs that wrote files: how many further ones executed commands, which can write as well (AR-HTTP-120).
 * Undefined where nobody asked for what was written.
 */
const countExecuted = async (
  { store }: AppContext,
  tenant: string,
  filter: Parameters<AppContext['store']['countRuns']>[1],
): Promise<number | undefined> => {
  const isWrite = ({ kind, value }: { kind: string; value: string }): boolean =>
    kind === 'side_effect' && value === 'write'
  if (!filter.facts.some(isWrite)) return undefined
  const exec = { kind: 'side_effect', value: 'exec' } as const
  const both = await store.countRuns(tenant, { ...filter, facts: [...filter.facts, exec] }, BOTH)
  const others = { ...filter, facts: [...filter.facts.filter((fact) => !isWrite(fact)), exec] }
  return Math.min(MOST, (await store.countRuns(tenant, others, both + MOST)) - both)
}

const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  const key = headerOf(request, 'idempotency-key')
  if (key !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(key))
    throw parameterProblem(400, 'idempotency.key', 'Idempotency-Key', 'expected 1 to 255 printable ASCII characters')
  return key
}
