import { artifactsOf, factValue } from '@agent-run/core'
import type { ArtifactEntry } from '@agent-run/types'
import type { FastifyRequest } from 'fastify'
import { sendJson } from '../app/answer.ts'
import type { AppContext, RouteModule } from '../app/context.ts'
import { knownParameters, limitOf, runIdOf } from '../app/parameters.ts'
import { parameterProblem } from '../app/problem.ts'
import { diffRun } from '../live/diff-run.ts'
import { entryPage } from '../live/entry-page.ts'
import { positionOf } from '../live/list-page.ts'
import { givenRunId, givenText, pageParameters, requiredRunId } from '../live/parameters.ts'
import { fixedRuns, runsOfTurn, runsWith } from '../live/run-sources.ts'

/** The operator's questions from the other side: differences, artifacts, servers, scores (AR-HTTP-121 to AR-HTTP-123, AR-HTTP-058). */
export const queryRoutes: RouteModule = (app, context) => {
  const { store, limits } = context

  app.get('/api/v1/runs/:id/diff', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const id = runIdOf(request)
    const against = requiredRunId(knownParameters(request, ['against']), 'against')
    return sendJson(reply, await diffRun(store, request.tenant, id, against))
  })

  app.get('/api/v1/artifacts', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const { items, next } = await artifactPage(context, request)
    return sendJson(reply, { artifacts: items, ...(next === undefined ? {} : { next }) })
  })

  app.get('/api/v1/mcp-servers', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const { tenant } = request
    const { limit, cursor } = pageParameters(knownParameters(request, ['limit', 'cursor']), limits.page)
    const after = positionOf(context, tenant, MCP_SERVERS, cursor)
    const page = await store.listFactValues(tenant, 'mcp_server', after === undefined ? { limit } : { limit, after })
    return sendJson(reply, {
      servers: page.items.map(({ value, lastRunId, lastAt }) => ({
        name: value,
        last_run_id: lastRunId,
        last_at: lastAt,
      })),
      ...(page.next === undefined ? {} : { next: context.tokens.seal(tenant, MCP_SERVERS, page.next) }),
    })
  })

  app.get('/api/v1/evals/leaderboard', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const given = knownParameters(request, ['by', 'benchmark_id', 'limit'])
    const benchmarkId = givenText(given, 'benchmark_id')
    const by = groupingOf(givenText(given, 'by'))
    const groups = await store.listScores(request.tenant, {
      groupBy: by,
      limit: limitOf(given.limit, limits.page),
      ...(benchmarkId === undefined ? {} : { benchmarkId }),
    })
    return sendJson(reply, {
      by,
      groups: groups.map((group) => ({
        benchmark_id: group.benchmarkId,
        group: group.group,
        runs: group.runs,
        passed: group.passed,
        mean_score: group.meanScore,
        cost_usd_total: group.costUsdTotal,
        cost_known: group.costKnown,
        mean_duration_ms: group.meanDurationMs,
        duration_known: group.durationKnown,
      })),
    })
  })
}

const MCP_SERVERS = 'mcp-servers'
const GROUPINGS = ['agent_id', 'model', 'runtime'] as const

const groupingOf = (text = 'agent_id'): (typeof GROUPINGS)[number] => {
  const found = GROUPINGS.find((each) => each === text)
  if (found === undefined)
    throw parameterProblem(400, 'query.invalid_value', 'by', `expected one of ${GROUPINGS.join(', ')}`)
  return found
}

const artifactPage = async (context: AppContext, request: FastifyRequest) => {
  const { store, limits } = context
  const { tenant } = request
  const given = knownParameters(request, ['turn_id', 'run_id', 'digest', 'limit', 'cursor'])
  const page = pageParameters(given, limits.page)
  const turnId = givenText(given, 'turn_id')
  const runId = givenRunId(given, 'run_id')
  const digest = givenText(given, 'digest')
  const named = turnId ?? runId ?? digest
  if (named === undefined)
    throw parameterProblem(400, 'query.missing_parameter', 'turn_id', 'expected turn_id, run_id or digest')
  const turn = turnId === undefined ? undefined : await runsOfTurn(store, tenant, turnId)
  const source =
    turn !== undefined
      ? fixedRuns(runId === undefined ? turn.ids : turn.ids.filter((id) => id === runId))
      : runId !== undefined
        ? fixedRuns([runId])
        : runsWith(store, tenant, { kind: 'artifact', value: factValue(named) })
  const purpose = JSON.stringify(['artifacts', turnId ?? null, runId ?? null, digest ?? null])
  return entryPage<ArtifactEntry>(
    context,
    tenant,
    purpose,
    source,
    (record) =>
      artifactsOf(record, {
        ...(digest === undefined ? {} : { digest }),
        // A child run that names no turn belongs to that of its parent.
        ...(turnId === undefined || turn?.isNamed(record.id) === false ? {} : { turnId }),
      }),
    page,
  )
}
