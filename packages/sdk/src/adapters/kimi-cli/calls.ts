import { addApproval } from '../../conversion/approvals.ts'
import { contentText } from '../../conversion/content-text.ts'
import { addLoneResult, addToolCall, finishStep, type StepOutcome } from '../../conversion/draft-steps.ts'
import { noteFile } from '../../conversion/file-artifacts.ts'
import { asObject, asString } from '../../conversion/json.ts'
import type { Moment } from '../../conversion/time.ts'
import { argumentsOf, readEffects } from '../../conversion/tool-effects.ts'
import { nameFile } from '../../effects/index.ts'
import { asking, delegating, effectTable, writing } from './tools.ts'
import type { Call, Decision, Turn } from './turn.ts'

/** Adds a call of a tool; what was decided about it before is added with it. */
export function beginCall(
  turn: Turn,
  line: number,
  at: Moment | undefined,
  item: { readonly id: string; readonly name: string; readonly input: unknown; readonly byModel?: boolean },
): Call | undefined {
  if (turn.calls.has(item.id)) return undefined
  const { run, request } = turn
  const given = argumentsOf(item.input)
  const delegates = delegating.has(item.name)
  const draft = addToolCall(
    run,
    {
      id: item.id,
      name: item.name,
      arguments: item.input,
      callId: item.id,
      type: delegates ? 'handoff' : asking.has(item.name) ? 'input_request' : 'tool_call',
      modelCallId: item.byModel === false ? undefined : request?.draft.step.id,
      start: at,
      effects: readEffects(effectTable, item.name, given, run.place),
    },
    { line },
  )
  if (request) request.last = at ?? request.last
  const definition = turn.log.definitions.get(item.name)
  if (definition?.schema_hash) {
    draft.step.tool_hash = definition.schema_hash
    turn.run.members.inventory = { tools: [...turn.log.definitions.values()] }
  }
  const call: Call = { draft, name: item.name, input: item.input, open: true }
  turn.calls.set(item.id, call)
  turn.answered = false
  if (delegates) {
    const agent = asString(given.subagent_type) ?? asString(given.subagent_name) ?? asString(given.type)
    if (agent) draft.step.agent_id = run.previewer.text(agent, 256)
    draft.step.delegation_id = `${run.id}.${draft.step.id}`
    turn.delegations.push({
      call,
      at,
      prompt: asString(given.prompt),
      agentId: asString(given.resume),
      ended: undefined,
    })
  }
  const decision = turn.decisions.get(item.id)
  if (decision) applyDecision(turn, call, decision)
  turn.decisions.delete(item.id)
  return call
}

/** Writes down what a person decided about a call. */
export function applyDecision(turn: Turn, { draft, name }: Call, decision: Decision): void {
  const { run } = turn
  if (decision.requestedAt)
    addApproval(run, draft, {
      event: 'requested',
      id: decision.requestId,
      at: decision.requestedAt,
      actor: { kind: 'agent' },
      basis: 'observed',
    })
  addApproval(run, draft, {
    event: decision.outcome,
    id: decision.requestId,
    at: decision.at,
    actor: { kind: 'human' },
    reason: decision.reason,
    ...(decision.session && decision.outcome === 'approved'
      ? { grant: { scope: 'session', tool_name: name, ...(decision.rule ? { rule: decision.rule } : {}) } }
      : {}),
    basis: 'observed',
  })
}

/** What came back from a call. */
export interface CallResult {
  readonly output: string | undefined
  readonly isError: boolean
}

/** Ends a call by its result. */
export function endCall(turn: Turn, line: number, at: Moment | undefined, call: Call, result: CallResult): void {
  if (!call.open) return
  const { run } = turn
  const { draft } = call
  call.open = false
  turn.asked = at
  const outcome = outcomeOf(result)
  if (outcome.status === 'denied')
    addApproval(run, draft, { event: 'denied', at, actor: { kind: 'human' }, basis: 'inferred' })
  const delegation = turn.delegations.find((candidate) => candidate.call === call)
  const state = draft.step.approval?.state
  if (delegation && outcome.status !== 'denied' && state !== 'denied' && state !== 'cancelled') {
    delegation.agentId ??= agentIn(result.output)
    finishStep(run, draft, { status: 'succeeded' }, { line })
    const { step } = draft
    const answer = run.addMoment(
      {
        id: `${step.id}-result`,
        type: 'handoff_result',
        status: result.isError ? 'failed' : 'succeeded',
        started_at: null,
        ...(step.agent_id ? { agent_id: step.agent_id } : {}),
        ...(step.delegation_id ? { delegation_id: step.delegation_id } : {}),
        ...(result.output ? { output_preview: run.previewer.text(result.output) } : {}),
        source_ref: `line ${line}`,
      },
      line,
      at,
    )
    delegation.ended = { failed: result.isError, result: answer }
    return
  }
  finishStep(run, draft, { ...outcome, at }, { line })
  const path = asString(argumentsOf(call.input).path) ?? asString(argumentsOf(call.input).file_path)
  const name = path === undefined ? undefined : nameFile(path, run.place)
  if (writing.has(call.name) && name !== undefined && draft.step.status === 'succeeded')
    noteFile(run, draft, { name, action: 'modified' })
}

/** A result of a call that is not in the log. */
export function addOrphan(
  turn: Turn,
  line: number,
  at: Moment | undefined,
  id: string | undefined,
  result: CallResult,
): void {
  const outcome = { status: outcomeOf(result).status, output: result.output, at }
  addLoneResult(turn.run, { id: `line-${line}`, callId: id, start: at }, outcome, { line })
}

/** Decisions about calls that were never written: the call was refused, or the log ends before it. */
export function closeDecisions(turn: Turn): void {
  for (const [id, decision] of turn.decisions) {
    const call = beginCall(turn, decision.line, undefined, {
      id,
      name: decision.name ?? 'unknown',
      input: undefined,
      byModel: false,
    })
    if (!call || decision.outcome === 'approved') continue
    call.open = false
    finishStep(turn.run, call.draft, { status: 'denied', at: decision.at }, { line: decision.line })
  }
  turn.decisions.clear()
}

function outcomeOf({ output, isError }: CallResult): StepOutcome {
  const head = (output ?? '').slice(0, 400)
  if (/(?:rejected|denied) by (?:the )?user|user (?:has )?rejected/i.test(head) && isError) return { status: 'denied' }
  if (/tool execution was interrupted|interrupted by (?:the )?user/i.test(head) && isError)
    return { status: 'cancelled', output, errorType: 'cancelled' }
  const code = /(?:^|\n)(?:Command failed with )?exit code:? (-?\d{1,10})/i.exec(head)?.[1]
  const exitCode = code === undefined ? undefined : Number(code)
  if (!isError) return { status: 'succeeded', output }
  return {
    status: 'failed',
    output,
    error: exitCode === undefined ? head.split('\n', 1)[0] : `exit code ${exitCode}`,
    errorType: 'tool_failed',
    exitCode,
  }
}

/** The sub-agent that a result says it comes from. */
const agentIn = (output: string | undefined): string | undefined =>
  /\bagent[_ -]?id["']?\s*[:=]\s*["']?([A-Za-z0-9_-]{1,64})/i.exec((output ?? '').slice(0, 2000))?.[1]

/** The text of a result: a string, parts, or an object with either. */
export function textOf(value: unknown): string | undefined {
  const object = asObject(value)
  return object ? (textOf(object.output) ?? textOf(object.content) ?? asString(object.text)) : contentText(value)
}
