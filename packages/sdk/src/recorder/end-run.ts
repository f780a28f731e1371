import { sealRun, validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { addCosts } from '../conversion/cost.ts'
import type { Context } from './context.ts'
import { readError } from './errors-of-calls.ts'
import { mendCost } from './mend-cost.ts'
import { noteFaults } from './recorded-faults.ts'
import type { RunEnd } from './run-start.ts'
import { errorsOf } from './sound.ts'
import { updateRun } from './update-run.ts'
import { keepValid } from './valid.ts'

/** Statuses of a run that is over. */
export const terminal: ReadonlySet<unknown> = new Set([
  'completed',
  'failed',
  'cancelled',
  'timeout',
  'interrupted',
  'unknown',
])

/**
 * Ends a run: open steps become final, the record is put together and, with a key, sealed. The journal gets the same, in
 * the same order, so that it folds to the record.
 */
export async function endRun(context: Context, end: RunEnd): Promise<AgentRun> {
  const { faults, log, state } = context
  for (const entry of [...state.open.values()]) entry.close()
  const last =
    faults.guard('recorder.end_failed', 'how the run ended cannot be read', () => lastMembers(context, end)) ??
    lastMembers(context, { status: 'unknown' })
  updateRun(context, last)
  state.ended = true
  await log.acknowledged()
  reportFindings(context)
  noteFaults(context)
  await log.addLastHead()
  // What failed at the very end stands in the record too: after the last head, or, if the seal itself failed, unsealed.
  noteFaults(context)
  const sealed = await seal(context)
  if (sealed !== undefined) return sealed
  noteFaults(context)
  return unsealed(context)
}

async function seal(context: Context): Promise<AgentRun | undefined> {
  const { clock, faults, log } = context
  const { signer } = log
  if (signer === undefined) return undefined
  if (signer.isSilent) {
    faults.report('recorder.seal_failed', 'the record is not sealed, since the signer does not answer')
    return undefined
  }
  const sealed = await faults.guardLater('recorder.seal_failed', 'the record cannot be sealed', () =>
    sealRun(compose(context), { signer, at: clock.time(), ...(log.isWhole ? { journalHead: log.head } : {}) }),
  )
  if (sealed !== undefined) log.seal(sealed)
  return sealed
}

function lastMembers(context: Context, end: RunEnd): Partial<AgentRun> {
  const { clock, cleaner, state } = context
  const { status, output, output_preview, error, cost, ...members } = end ?? {}
  const ended = clock.milliseconds()
  const started = Date.parse(state.run.started_at ?? '')
  const preview = cleaner.preview(output_preview ?? output)
  const failure = error === undefined || error === null ? undefined : readError(error, 'internal')
  const natural = failure === undefined ? 'completed' : failure.status
  return {
    ...(failure === undefined || typeof error === 'string' ? {} : { error_type: failure.error_type }),
    ...members,
    status: status !== undefined && terminal.has(status) ? status : natural,
    ended_at: new Date(ended).toISOString(),
    ...(Number.isNaN(started) ? {} : { duration_ms: Math.max(0, ended - started) }),
    ...(preview === undefined ? {} : { output_preview: preview }),
    ...(failure === undefined ? {} : { error: cleaner.short(failure.error) }),
    cost: costOf(context, cost),
  }
}

const isNotExceeded = ({ code }: { readonly code: string }): boolean => code !== 'cost.steps_exceed'

/** What the caller knows, else the sum of the model calls; other costs of steps are added in money only. */
const costOf = ({ cleaner, faults, state }: Context, given: AgentRun['cost'] | undefined): AgentRun['cost'] => {
  const valid = given && keepValid('cost', cleaner.value(given) as AgentRun['cost'], faults)
  const known = valid && mendCost(valid, faults)
  if (known !== undefined && errorsOf({ cost: known, steps: state.steps }).every(isNotExceeded)) return known
  if (known !== undefined)
    faults.report('recorder.member_refused', 'cost: it is less than the steps add up to, and their sum is taken')
  const calls = state.steps.filter(({ type }) => type === 'model_call')
  const sum = addCosts(calls.map(({ cost }) => cost ?? { input_tokens: null, output_tokens: null }))
  const other = state.steps.filter(({ type, cost }) => type !== 'model_call' && typeof cost?.cost_usd === 'number')
  // A price that one model call leaves open is open for the run.
  if (other.length === 0 || (calls.length > 0 && typeof sum.cost_usd !== 'number')) return sum
  const { by_model: _, ...whole } = sum
  const money = other.reduce((total, { cost }) => total + (cost?.cost_usd ?? 0), sum.cost_usd ?? 0)
  return { ...whole, cost_usd: money }
}

/** The record as it is now, before it is sealed. */
const compose = ({ state }: Context): AgentRun => {
  const { provenance, salt, private_hash, ...run } = state.run
  const lists = {
    approvals: state.approvals,
    policy_decisions: state.policyDecisions,
    artifacts: state.artifacts,
    evidence: state.evidence,
  }
  const given = Object.entries(lists).filter(([, list]) => list.length > 0)
  return {
    ...run,
    steps: [...state.steps],
    ...Object.fromEntries(given.map(([name, list]) => [name, [...list]])),
    provenance,
    ...(salt === undefined ? {} : { salt }),
    ...(private_hash === undefined ? {} : { private_hash }),
  } as AgentRun
}

/** The record as it is now. One that is not sealed must not look like one whose seal was taken away. */
export const unsealed = (context: Context): AgentRun => {
  const record = compose(context)
  const { signed_by: _, ...provenance } = record.provenance
  return { ...record, provenance }
}

const reportFindings = (context: Context): void => {
  const { findings, omitted } = validate(unsealed(context))
  for (const { code, path, message } of findings.slice(0, 20))
    context.faults.report('recorder.finding', `${code} at ${path || 'the root'}: ${message}`)
  if (omitted > 0) context.faults.report('recorder.finding', `${omitted} more findings`)
}
