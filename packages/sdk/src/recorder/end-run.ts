import { sealRun, validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { addCosts } from '../conversion/cost.ts'
import type { Context } from './context.ts'
import { readError } from './errors-of-calls.ts'
import type { RunEnd } from './run-start.ts'
import { updateRun } from './update-run.ts'
import { keepValid } from './valid.ts'

const terminal: ReadonlySet<unknown> = new Set([
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
  const { clock, log, options, state } = context
  for (const entry of [...state.open.values()]) entry.close()
  updateRun(context, lastMembers(context, end), lastProvenance(context))
  state.ended = true
  log.addHead()
  const record = compose(context)
  let sealed: AgentRun | undefined
  if (options.signer !== undefined)
    await log.seal(async (head) => {
      sealed = await context.faults.guardLater('recorder.seal_failed', 'the record cannot be sealed', () =>
        sealRun(record, {
          ...(options.signer === undefined ? {} : { signer: options.signer }),
          at: clock.time(),
          ...(log.isWhole ? { journalHead: head } : {}),
        }),
      )
      return sealed
    })
  reportFindings(context, sealed ?? record)
  return sealed ?? withoutSigner(record)
}

function lastMembers(context: Context, end: RunEnd): Partial<AgentRun> {
  const { clock, cleaner, state } = context
  const { status, output, output_preview, error, cost, ...members } = end
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

/** What the caller knows, else the sum of the model calls; other costs of steps are added in money only. */
const costOf = ({ cleaner, faults, state }: Context, given: AgentRun['cost'] | undefined): AgentRun['cost'] => {
  const known = given && keepValid('cost', cleaner.value(given) as AgentRun['cost'], faults)
  if (known !== undefined) return known
  const calls = state.steps.filter(({ type }) => type === 'model_call')
  const sum = addCosts(calls.map(({ cost }) => cost ?? { input_tokens: null, output_tokens: null }))
  const other = state.steps.filter(({ type, cost }) => type !== 'model_call' && typeof cost?.cost_usd === 'number')
  // A price that one model call leaves open is open for the run.
  if (other.length === 0 || (calls.length > 0 && typeof sum.cost_usd !== 'number')) return sum
  const { by_model: _, ...whole } = sum
  const money = other.reduce((total, { cost }) => total + (cost?.cost_usd ?? 0), sum.cost_usd ?? 0)
  return { ...whole, cost_usd: money }
}

/** How often each fault of the recorder occurred: a record that may miss something says so. */
const lastProvenance = ({ faults, state }: Context): Partial<AgentRun['provenance']> | undefined =>
  faults.counts.size === 0
    ? undefined
    : {
        metadata: {
          ...state.run.provenance.metadata,
          recorder_faults: Object.fromEntries([...faults.counts].sort(([a], [b]) => (a < b ? -1 : 1))),
        },
      }

/** The record as it is now, not sealed. */
export const compose = ({ state }: Context): AgentRun => {
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

/** A record that was not sealed must not look like one whose seal was taken away. */
const withoutSigner = (record: AgentRun): AgentRun => {
  const { signed_by: _, ...provenance } = record.provenance
  return { ...record, provenance }
}

const reportFindings = ({ faults }: Context, record: AgentRun): void => {
  const { findings, omitted } = validate(record)
  for (const { code, path, message } of findings.slice(0, 20))
    faults.report('recorder.finding', `${code} at ${path || 'the root'}: ${message}`)
  if (omitted > 0) faults.report('recorder.finding', `${omitted} more findings`)
}
