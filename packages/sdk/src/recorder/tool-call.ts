import { resolve } from 'node:path'
import type { Step } from '@agent-run/types'
import { inferEffects } from '../effects/index.ts'
import { recordDecision } from './approval-events.ts'
import { type Snapshot, snapshot } from './arguments.ts'
import { toolKey } from './begin-run.ts'
import type { Context } from './context.ts'
import { type ApprovalTerms, type Ask, CallRefused, type ProposedCall } from './decisions.ts'
import { readError } from './errors-of-calls.ts'
import { argumentsOf, needsPermission, readCall, termsOf } from './given-call.ts'
import { isRevoked } from './grants.ts'
import { beginStep, type DrivenStep, type LiveStep } from './live-step.ts'
import { type Permission, seekPermission } from './permission.ts'
import { actionOf, type Proposal, type Refusal, snapshotFor } from './proposal.ts'
import { newSalt } from './protect.ts'
import type { StepMembers } from './run-start.ts'
import { unrecordedStep } from './unrecorded.ts'

/** A call of a tool, before it runs. */
export interface ToolCall<A>
  extends Omit<StepMembers, 'status' | 'approval' | 'output' | 'error' | 'error_type' | 'cost'> {
  readonly tool_name: string
  /** What the tool is called with: hashed as it is, shown cut and without secrets. */
  readonly arguments?: A
  /** Asks a person for this call, whatever the policy says and whatever was granted. */
  readonly approval?: ApprovalTerms
  /** Asks about this call, instead of the recorder's `ask`: for an `approval` that somebody else's code asks for. */
  readonly ask?: Ask
  /** What an allowed call waits for before it starts: a framework that comes back to it. Whether it may still run is looked at then. */
  readonly until?: PromiseLike<unknown>
  /** What came out, for the preview; the result itself unless given. */
  readonly show?: (result: unknown) => unknown
}

/** A call that is ready to be asked about. */
interface Prepared<A> {
  readonly step: DrivenStep
  readonly proposal: Proposal
  readonly call: ToolCall<A>
  /** The arguments as they were when the call came. */
  readonly taken: Snapshot
}

/**
 * Records one call of a tool: asks policy and person where there are any, makes sure that what runs is what was allowed,
 * runs it, and records how it ended.
 *
 * @param execute gets the arguments, which policy or person may have changed; where anybody was asked, the very copy that
 * was allowed, frozen. What it throws is thrown on as it is.
 * @throws CallRefused if policy or person kept the call from running
 */
export async function recordToolCall<A, T>(
  context: Context,
  given: ToolCall<A>,
  execute: (args: A, step: LiveStep) => T | Promise<T>,
): Promise<T> {
  const { faults } = context
  const call = faults.guard('recorder.step_failed', 'the call cannot be read', () => readCall(given))
  const isGuarded = needsPermission(context, call ?? given)
  const prepared =
    call && faults.guard('recorder.step_failed', 'the call cannot be recorded', () => prepare(context, call))
  if (prepared === undefined) {
    // Nobody can be asked about a call that cannot be described.
    if (isGuarded) throw new CallRefused('the call cannot be recorded, so it cannot be allowed', 'cancelled', '', false)
    return execute(argumentsOf(call ?? given), unrecordedStep)
  }
  if (!isGuarded) return run(context, prepared, prepared.call.arguments as A, execute)
  return run(context, prepared, (await allow(context, prepared)) as A, execute)
}

/**
 * Asks everybody who has to be asked.
 * @returns the arguments to run with: plain JSON, frozen, and exactly what was allowed
 * @throws CallRefused
 */
async function allow<A>(context: Context, prepared: Prepared<A>): Promise<unknown> {
  const { step, call, taken } = prepared
  step.announce()
  if (!taken.isExact)
    return refuse(context, prepared, {
      reason: 'cancelled',
      message: `found ${taken.found} in the arguments; expected plain JSON, so that what is allowed is what runs`,
    })
  const terms = termsOf(call)
  if (terms instanceof Error) return refuse(context, prepared, { reason: 'cancelled', message: terms.message })
  const proposal: Proposal = { ...prepared.proposal, terms, ask: call.ask }
  const permission = await context.faults
    .guardLater('recorder.permission_failed', 'whether the call may run cannot be found out', () =>
      seekPermission(context, proposal),
    )
    .catch((error: unknown) => {
      step.finish({ status: 'denied', error_type: 'permission_denied' })
      throw error
    })
  const refusal = permission === undefined ? unknown : permission.refusal
  if (permission === undefined || refusal !== undefined)
    return refuse(context, prepared, refusal ?? unknown, permission?.approval)
  const args = permission.changed ? permission.changed.arguments : taken.copy
  if (call.until !== undefined) await Promise.resolve(call.until).catch(() => undefined)
  // Whoever ended the run meanwhile ended this call, too: it would run without a record.
  if (context.state.ended) return refuse(context, prepared, tooLate)
  const late = check(context, prepared, permission, args)
  if (late !== undefined) return refuse(context, prepared, late, blockedByGuard(context, proposal, late.message))
  step.decide(permission.approval)
  if (permission.changed !== undefined) step.add({ input: args, ...effectsOfThis(context, call, args) })
  return args
}

const isHash = (value: unknown): value is string => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value)

const tooLate: Refusal = { reason: 'cancelled', message: 'the run ended before the call was allowed' }
const unknown: Refusal = { reason: 'cancelled', message: 'whether the call may run cannot be found out' }

function prepare<A>(context: Context, call: ToolCall<A>): Prepared<A> | undefined {
  const { cleaner, ids, random, state } = context
  if (state.ended) {
    context.faults.report('recorder.too_late', 'a call that comes after the end of its run is not recorded')
    return undefined
  }
  const { arguments: args, approval: _, show: __, ask: ___, until: ____, ...members } = call
  const id = ids.next('step')
  const salt = newSalt(random)
  const taken = snapshot(args, salt)
  const server = nameOf(cleaner, call.mcp_server)
  const name = nameOf(cleaner, call.tool_name) ?? 'unknown'
  const toolHash = toolHashOf(context, call.tool_hash, toolKey(name, server))
  const step = beginStep(
    context,
    'tool_call',
    {
      ...members,
      ...(toolHash === undefined ? {} : { tool_hash: toolHash }),
      ...effectsOfThis(context, call, taken.isExact ? taken.copy : args),
      input: call.input ?? call.input_preview ?? (taken.isExact ? taken.copy : args),
    },
    { id, hashed: { hash: taken.isExact ? taken.hash : undefined, salt } },
  )
  const proposed: ProposedCall = {
    run_id: state.run.id,
    step_id: id,
    tool_name: name,
    ...(typeof call.tool_call_id === 'string' ? { tool_call_id: cleaner.text(call.tool_call_id) } : {}),
    ...(server === undefined ? {} : { mcp_server: server }),
    ...(toolHash === undefined ? {} : { tool_hash: toolHash }),
    arguments_hash: taken.isExact ? taken.hash : '',
    arguments: taken.isExact ? taken.copy : undefined,
  }
  const proposal = { call: proposed, nonce: state.run.provenance.nonce ?? '', salt, terms: undefined }
  return { step, proposal, call, taken }
}

/** A name as the step has it, if it is one. */
const nameOf = (cleaner: Context['cleaner'], name: unknown): string | undefined =>
  typeof name === 'string' && name !== '' ? cleaner.text(name) : undefined

/** Hash of the tool's definition: as the caller says, unless the inventory has another one; else as it was offered. */
const toolHashOf = ({ state }: Context, said: unknown, key: string): string | undefined => {
  const offered = state.toolHashes.get(key)
  if (!isHash(said)) return offered
  const isListed = (state.run.inventory?.tools?.length ?? 0) > 0
  return isListed && offered !== said ? undefined : said
}

/** What the call promises to do; whatever cannot be concluded is not recorded, and keeps no call from running. */
const effectsOfThis = <A>(
  { faults, options, state }: Context,
  call: ToolCall<A>,
  args: unknown,
): Pick<StepMembers, 'side_effects'> => {
  if (call.side_effects !== undefined || options.inferEffects === false) return {}
  return (
    faults.guard('recorder.step_failed', 'the side effects of a call cannot be concluded', () => {
      const folder = state.run.scope?.root ?? options.cwd ?? resolve('')
      const found = inferEffects(call, args, { root: folder, cwd: folder })
      return found === undefined ? {} : { side_effects: found }
    }) ?? {}
  )
}

/**
 * The last look before the call runs: the arguments as they are now must be those that were allowed, and the approval
 * must still stand (standard section 7).
 */
function check<A>(
  { state }: Context,
  { step, proposal }: Prepared<A>,
  permission: Permission,
  args: unknown,
): Refusal | undefined {
  const approvalId = permission.approval?.approval_id
  if (approvalId !== undefined && isRevoked(state.approvals, approvalId))
    return { reason: 'cancelled', message: 'the approval was taken back before the call ran' }
  const approved = state.approvals.findLast(
    ({ approval_id, event }) => approval_id === approvalId && event === 'approved',
  )
  const taken = snapshotFor(proposal, args)
  if (!taken.isExact) return unknown
  const decided = permission.approval?.state === 'approved' ? approved : undefined
  const allowed =
    decided?.modified_action_hash ??
    decided?.action_hash ??
    actionOf(proposal, permission.changed ? taken.hash : proposal.call.arguments_hash)
  if (actionOf(proposal, taken.hash) === allowed) {
    step.rehash(taken.hash)
    return undefined
  }
  return { reason: 'changed', message: 'the arguments are no longer those that were allowed' }
}

async function refuse<A>(
  context: Context,
  { step, proposal }: Prepared<A>,
  { reason, message, stops_run, explanation, by }: Refusal,
  approval?: Step['approval'],
): Promise<never> {
  step.decide(approval)
  step.finish({ status: 'denied', error: message, error_type: 'permission_denied' })
  await context.log.acknowledged()
  throw new CallRefused(message, reason, proposal.call.step_id, stops_run === true, { explanation, by })
}

/** The recorder itself refused: that is a decision of a machine, and stands in the record as one. */
function blockedByGuard(context: Context, { call }: Proposal, reason: string): Step['approval'] {
  const decision = recordDecision(context, {
    step_id: call.step_id,
    ...(call.tool_call_id === undefined ? {} : { tool_call_id: call.tool_call_id }),
    boundary: 'tool_call',
    decider: { kind: 'guard', id: 'agent-run:action-hash' },
    verdict: 'block',
    matched: 'rule',
    enforcement: 'blocked',
    reasons: [reason],
  })
  return decision && { state: 'denied', decision_id: decision.id, basis: 'observed' }
}

async function run<A, T>(
  context: Context,
  { step, call }: Prepared<A>,
  args: A,
  execute: (args: A, step: LiveStep) => T | Promise<T>,
): Promise<T> {
  step.start()
  let result: T
  try {
    const given = execute(args, step)
    // What is there at once is recorded at once: its caller may end the run before anything else happens.
    result = isThenable(given) ? await given : given
  } catch (error) {
    await settle(context, step, () => readError(error, 'tool_failed')).catch(() => undefined)
    throw error
  }
  await settle(context, step, () => ({
    output: call.show ? call.show(result) : result,
    ...(isToolError(result) ? { status: 'failed', error_type: 'tool_failed' } : {}),
  }))
  return result
}

const isThenable = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'

/** Ends a step and waits until that is acknowledged. */
export async function settle(context: Context, step: DrivenStep, members: () => StepMembers): Promise<void> {
  const said = context.faults.guard('recorder.step_failed', 'how the step ended cannot be read', members)
  step.finish(said ?? {})
  await context.log.acknowledged()
}

/** A result of the Model Context Protocol that says that the tool failed. */
const isToolError = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && (result as { isError?: unknown }).isError === true
