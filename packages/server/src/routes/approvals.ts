import { concernsTool } from '@agent-run/core'
import type { ApprovalEntry } from '@agent-run/types'
import { sendJson } from '../app/answer.ts'
import { jsonBody, octetsOf } from '../app/body.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { parameterProblem } from '../app/problem.ts'
import { approvalEntries } from '../live/approval-entries.ts'
import { decideApproval } from '../live/decide-approval.ts'
import { entryPage } from '../live/entry-page.ts'
import { givenRunId, givenText, pageParameters } from '../live/parameters.ts'
import { fixedRuns, runsWith } from '../live/run-sources.ts'

const STATES = ['requested', 'approved', 'denied', 'expired', 'cancelled', 'escalated', 'revoked']

/** Approvals: decisions are taken, requests and decisions listed (AR-HTTP-090 to AR-HTTP-092). */
export const approvalRoutes: RouteModule = (app, context) => {
  app.post(
    '/api/v1/runs/:id/approvals/:approval_id',
    { config: { scope: 'approvals:decide', body: jsonBody } },
    async (request, reply) => {
      const id = runIdOf(request)
      knownParameters(request, [])
      const { approval_id } = request.params as { readonly approval_id: string }
      const octets = await octetsOf(request, context.limits)
      const { isNew, entry } = await decideApproval(context, request.tenant, id, approval_id, octets)
      return sendJson(reply, entry, isNew ? 201 : 200)
    },
  )

  app.get('/api/v1/approvals', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const { tenant } = request
    const given = knownParameters(request, ['run_id', 'state', 'tool', 'limit', 'cursor'])
    const page = pageParameters(given, context.limits.page)
    const runId = givenRunId(given, 'run_id')
    const state = givenText(given, 'state')
    const tool = givenText(given, 'tool')
    if (state !== undefined && !STATES.includes(state))
      throw parameterProblem(400, 'query.invalid_value', 'state', `expected one of ${STATES.join(', ')}`)
    const { items, next } = await entryPage<ApprovalEntry>(
      context,
      tenant,
      JSON.stringify(['approvals', runId ?? null, state ?? null, tool ?? null]),
      runId === undefined ? runsWith(context.store, tenant, { kind: 'approval', value: 'event' }) : fixedRuns([runId]),
      async (record) =>
        (await approvalEntries(context.store, tenant, record))
          .filter((entry) => state === undefined || entry.state === state)
          .filter((entry) => tool === undefined || concernsTool(entry, tool, record))
          .reverse(),
      page,
    )
    return sendJson(reply, { approvals: items, ...(next === undefined ? {} : { next }) })
  })
}
