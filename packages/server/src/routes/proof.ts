import { AgentRunError, isSealed, proveStep } from '@agent-run/core'
import type { AgentRun, StepProof } from '@agent-run/types'
import { sendJson } from '../app/answer.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { problem } from '../app/problem.ts'
import { currentRun } from '../live/current-run.ts'
import { requiredText } from '../live/parameters.ts'
import { recordValueOf } from '../live/record.ts'

/** Proof that a step belongs to a sealed record (AR-HTTP-110). */
export const proofRoutes: RouteModule = (app, { store }) => {
  app.get('/api/v1/runs/:id/proof', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const id = runIdOf(request)
    const step = requiredText(knownParameters(request, ['step']), 'step')
    const run = await currentRun(store, request.tenant, id)
    return sendJson(reply, proofOf(await recordValueOf(store, request.tenant, run), step))
  })
}

const proofOf = (record: AgentRun, step: string): StepProof => {
  if (!isSealed(record)) throw problem(409, 'run.unsealed')
  const index = record.steps.findIndex(({ id }) => id === step)
  if (index === -1) throw problem(404, 'step.unknown')
  try {
    return proveStep(record, index)
  } catch (error) {
    // A seal that does not fit what is stored proves nothing; `verify` says what is wrong with it.
    if (error instanceof AgentRunError && error.code.startsWith('prove.'))
      throw problem(409, 'run.unsealed', { detail: 'found a seal that does not fit the record' })
    throw error
  }
}
