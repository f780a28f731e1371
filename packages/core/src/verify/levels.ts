import type { Check, Shortfall } from '@agent-run/types'
import { isGiven, isObject, type JsonObject, listOf, placesOf, textOf } from '../semantics/object.ts'
import { hasRun } from './approvals/gather.ts'
import type { VerifyContext } from './context.ts'
import type { Level } from './options.ts'
import type { CheckName } from './outcome.ts'

/** The level that a record reaches, and what keeps it from those above. */
export interface Reached {
  readonly level: Level
  readonly missing: readonly Shortfall[]
}

/** Of reasons with the same code only so many are listed. */
const LISTED = 20

/**
 * The level of a record (AR-LEVEL-001 to AR-LEVEL-003).
 * @param checks all twelve
 * @param context of a record whose schema is in order; else undefined
 */
export const levelOf = (checks: readonly Check[], context: VerifyContext | undefined): Reached => {
  const recorded = shortOf(checks, 'recorded', ['schema', 'semantics'], () => false)
  if (recorded.length > 0 || context === undefined) return { level: 'none', missing: recorded }
  const sealed = shortOf(checks, 'sealed', ['steps', 'record', 'signature'], ({ result }) => result === 'fail')
  const accountable = [...unaccountable(context)]
  if (sealed.length > 0) return { level: 'recorded', missing: [...sealed, ...accountable] }
  return { level: accountable.length > 0 ? 'sealed' : 'accountable', missing: accountable }
}

const shortOf = (
  checks: readonly Check[],
  level: 'recorded' | 'sealed',
  needed: readonly CheckName[],
  isObstacle: (check: Check) => boolean,
): Shortfall[] =>
  checks
    .filter((check) => (needed.includes(check.check) ? check.result !== 'pass' : isObstacle(check)))
    .map(({ check, result, path, detail }) => ({
      level,
      code: result === 'fail' ? 'level.failed' : 'level.not_sealed',
      ...(path === undefined ? {} : { path }),
      reason: `${check} ${result === 'fail' ? 'failed' : `is ${result}`}: ${detail}`,
    }))

/** What `accountable` asks of a sealed record beyond its seal (AR-LEVEL-003). */
function* unaccountable(context: VerifyContext): Generator<Shortfall> {
  const { run, previous, edges } = context
  const reason = (code: string, reason: string, path?: string): Shortfall => ({
    level: 'accountable',
    code,
    ...(path === undefined ? {} : { path }),
    reason,
  })
  if (isGiven(run, 'source')) yield reason('level.converted', 'the record was converted from another format', '/source')
  if (previous.get('signer')?.result !== 'pass')
    yield reason('level.signer', 'no trusted party answers for the record', '/provenance/signed_by')
  const counts = new Map<string, number>()
  for (const [code, path, text] of stepGaps(run)) {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    if (count <= LISTED) yield reason(code, text, path)
  }
  for (const [code, count] of counts) if (count > LISTED) yield reason(code, `the same of ${count - LISTED} more`)
  const approvals = previous.get('approvals')
  if (approvals?.result === 'unknown') yield reason('level.approval_claimed', approvals.detail, approvals.path)
  for (const { state, path } of edges)
    if (state === 'child_only' || state === 'unresolved' || state === 'conflict')
      yield reason('level.lineage', `an edge of the lineage is ${state}`, path)
}

type Gap = readonly [code: string, path: string, reason: string]

function* stepGaps(run: JsonObject): Generator<Gap> {
  const grants = new Set(
    placesOf(run, 'approvals', '').flatMap(({ value }) => (isObject(value.grant) ? [value.approval_id] : [])),
  )
  const tools = new Map<string, number>()
  const inventory = isObject(run.inventory) ? run.inventory : {}
  for (const { value } of placesOf(inventory, 'tools', '')) {
    const name = toolKey(value.name, value.mcp_server)
    tools.set(name, (tools.get(name) ?? 0) + 1)
  }
  const steps = listOf(run, 'steps')
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]
    if (!isObject(step)) continue
    const path = `/steps/${index}`
    if (isGiven(step, 'tool_name') && tools.get(toolKey(step.tool_name, step.mcp_server)) !== 1)
      yield ['level.tool_unresolved', `${path}/tool_name`, 'the tool is not exactly one entry of the inventory']
    const effects = listOf(step, 'side_effects')
    if (step.type !== 'tool_call' && step.type !== 'handoff' && effects.length === 0) continue
    if (effects.length === 0)
      yield ['level.effects_missing', path, 'nothing says what the step touched, not even that it touched nothing']
    const approval = isObject(step.approval) ? step.approval : {}
    const state = textOf(approval, 'state')
    if (state === undefined) yield ['level.approval_missing', path, 'nothing says whether the step was allowed']
    if (state === 'requested' && hasRun(step))
      yield ['level.approval_missing', `${path}/approval`, 'the step may have run, and nobody had answered the request']
    if ((state === 'auto_approved' || state === 'not_required') && !hasBasis(approval, grants))
      yield ['level.basis_missing', `${path}/approval`, `${state} rests on no grant, decision or policy that is named`]
  }
}

const toolKey = (name: unknown, server: unknown): string => JSON.stringify([name ?? null, server ?? null])

const hasBasis = (approval: JsonObject, grants: ReadonlySet<unknown>): boolean =>
  isGiven(approval, 'decision_id') ||
  isGiven(approval, 'policy_id') ||
  (isGiven(approval, 'approval_id') && grants.has(approval.approval_id))
