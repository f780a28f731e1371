import { resolve } from 'node:path'
import type { Step } from '@agent-run/types'
import { recordDecision } from './approval-events.ts'
import { snapshot } from './arguments.ts'
import { toolKey } from './begin-run.ts'
import type { Context } from './context.ts'
import { type ApprovalTerms, CallRefused, type ProposedCall } from './decisions.ts'
import { inferEffects } from './effects-of-call.ts'
import { readError } from './errors-of-calls.ts'
import { isRevoked } from './grants.ts'
import { beginStep, type DrivenStep, type LiveStep } from './live-step.ts'
import { type Permission, seekPermission } from './permission.ts'
import { actionOf, type Proposal, type Refusal } from './proposal.ts'
import { newSalt } from './protect.ts'
import type { StepMembers } from './run-start.ts'
import { unrecordedStep } from './unrecorded.ts'

/** A call of a tool, before it runs. */
export interface ToolCall<A>
  extends Omit<StepMembers, 'status' | 'approval' | 'output' | 'error' | 'error_type' | 'cost'> {
  readonly tool_name: string
  /** What the tool is called with: hashed as it is, shown cut and without secrets. */
  readonly arguments?: A
  /** Asks a person for this call, whatever the policy says. */
  readonly approval?: ApprovalTerms
  /** What came out, for the preview; the result itself unless given. */
  readonly show?: (result: unknown) => unknown
}

/** A call that is ready to be asked about. */
interface Prepared<A> {
  readonly step: DrivenStep
  readonly proposal: Proposal
  readonly call: ToolCall<A>
  /** Whether the arguments can be told from all others, so that a change would be seen. */
  readonly isExact: boolean
}

/**
 * Records one call of a tool: asks policy and person where there are any, makes sure that what runs is what was allowed,
 * runs it, and records how it ended.
 *
 * @param execute gets the arguments, which policy or person may have changed. What it throws is thrown on as it is.
 * @throws CallRefused if policy or person kept the call from running
 */
export async function recordToolCall<A, T>(
  context: Context,
  call: ToolCall<A>,
  execute: (args: A, step: LiveStep) => T | Promise<T>,
): Promise<T> {
  const { faults, options } = context
  const isGuarded = options.policy !== undefined || call.approval !== undefined
  const prepared = faults.guard('recorder.step_failed', 'the call cannot be recorded', () => prepare(context, call))
  if (prepared === undefined) {
    // Nobody can be asked about a call that cannot be described.
    if (isGuarded) throw new CallRefused('the call cannot be recorded, so it cannot be allowed', 'cancelled', '', false)
    return execute(call.arguments as A, unrecordedStep)
  }
  const { step } = prepared
  if (!isGuarded) return run(context, prepared, call.arguments as A, execute)

  step.announce()
  if (!prepared.isExact) return refuse(context, prepared, inexact, undefined)
  const permission = await faults
    .guardLater('recorder.permission_failed', 'whether the call may run cannot be found out', () =>
      seekPermission(context, prepared.proposal),
    )
    .catch((error: unknown) => {
      step.finish({ status: 'denied', error_type: 'permission_denied' })
      throw error
    })
  const args = (permission?.changed ? permission.changed.arguments : call.arguments) as A
  const refusal = permission === undefined ? unknown : permission.refusal
  if (permission === undefined || refusal !== undefined)
    return refuse(context, prepared, refusal ?? unknown, permission?.approval)
  const late = check(context, prepared, permission, args)
  if (late !== undefined)
    return refuse(context, prepared, late, blockedByGuard(context, prepared.proposal, late.message))
  step.add({
    ...(permission.approval === undefined ? {} : { approval: permission.approval }),
    ...(permission.changed === undefined ? {} : { input: args, ...effectsOfThis(context, call, args) }),
  })
  return run(context, prepared, args, execute)
}

const isHash = (value: unknown): value is string => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value)

const inexact: Refusal = {
  reason: 'cancelled',
  message: 'the arguments are not JSON, so nobody can say what would be allowed',
}
const unknown: Refusal = { reason: 'cancelled', message: 'whether the call may run cannot be found out' }

function prepare<A>(context: Context, call: ToolCall<A>): Prepared<A> | undefined {
  const { cleaner, ids, random, state } = context
  if (state.ended) {
    context.faults.report('recorder.too_late', 'a call that comes after the end of its run is not recorded')
    return undefined
  }
  const { arguments: args, approval: terms, show: _, ...members } = call
  const id = ids.next('step')
  const salt = newSalt(random)
  const { hash, copy, isExact } = snapshot(args, salt)
  const offered = state.toolHashes.get(toolKey(call.tool_name, call.mcp_server ?? undefined))
  const toolHash = isHash(call.tool_hash) ? call.tool_hash : offered
  const repeated = call.tool_call_id === undefined ? undefined : state.callIds.get(call.tool_call_id)
  if (call.tool_call_id !== undefined) state.callIds.set(call.tool_call_id, id)
  const step = beginStep(
    context,
    'tool_call',
    {
      ...(repeated === undefined ? {} : { retry_of: repeated }),
      ...members,
      ...(toolHash === undefined ? {} : { tool_hash: toolHash }),
      ...effectsOfThis(context, call, args),
      input: call.input ?? call.input_preview ?? args,
    },
    { id, hashed: { hash, salt } },
  )
  const proposed: ProposedCall = {
    run_id: state.run.id,
    step_id: id,
    tool_name: cleaner.text(String(call.tool_name)),
    ...(call.tool_call_id === undefined ? {} : { tool_call_id: call.tool_call_id }),
    ...(typeof call.mcp_server === 'string' ? { mcp_server: cleaner.text(call.mcp_server) } : {}),
    ...(toolHash === undefined ? {} : { tool_hash: toolHash }),
    arguments_hash: hash,
    arguments: copy,
  }
  const proposal = {
    call: proposed,
    nonce: state.run.provenance.nonce ?? '',
    salt,
    terms,
    hashOf: (other: unknown) => snapshot(other, salt).hash,
  }
  return { step, proposal, call, isExact }
}

const effectsOfThis = <A>(
  { options, state }: Context,
  call: ToolCall<A>,
  args: unknown,
): Pick<StepMembers, 'side_effects'> => {
  if (call.side_effects !== undefined || options.inferEffects === false) return {}
  const folder = state.run.scope?.root ?? options.cwd ?? resolve('')
  const found = inferEffects(call, args, { root: folder, cwd: folder })
  return found === undefined ? {} : { side_effects: found }
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
  const events = state.approvals.filter(({ approval_id, event }) => approval_id === approvalId && event === 'approved')
  const [approved] = permission.approval?.state === 'approved' ? events : []
  const hash = proposal.hashOf(args)
  const allowed =
    approved?.modified_action_hash ??
    approved?.action_hash ??
    actionOf(proposal, permission.changed ? hash : proposal.call.arguments_hash)
  if (actionOf(proposal, hash) === allowed) {
    step.rehash(hash)
    return undefined
  }
  return { reason: 'changed', message: 'the arguments are no longer those that were allowed' }
}

async function refuse<A>(
  context: Context,
  { step, proposal }: Prepared<A>,
  { reason, message, stops_run }: Refusal,
  approval: Step['approval'],
): Promise<never> {
  step.finish({
    status: 'denied',
    error: message,
    error_type: 'permission_denied',
    ...(approval === undefined ? {} : { approval }),
  })
  await context.log.acknowledged()
  throw new CallRefused(message, reason, proposal.call.step_id, stops_run === true)
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
    result = await execute(args, step)
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

/** Ends a step and waits until that is acknowledged. */
export async function settle(context: Context, step: DrivenStep, members: () => StepMembers): Promise<void> {
  const said = context.faults.guard('recorder.step_failed', 'how the step ended cannot be read', members)
  step.finish(said ?? {})
  await context.log.acknowledged()
}

/** A result of the Model Context Protocol that says that the tool failed. */
const isToolError = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && (result as { isError?: unknown }).isError === true
