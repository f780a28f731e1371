import type { AgentRun, Step } from '@agent-run/types'
import { addApproval, addDecision } from '../../conversion/approvals.ts'
import {
  addLoneResult,
  addMessage,
  addModelCall,
  addReasoning,
  addToolCall,
  finishStep,
  type SourcePlace,
  type StepOutcome,
} from '../../conversion/draft-steps.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { Fate } from '../../conversion/ledger.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { type Moment, readTimeOrUtc } from '../../conversion/time.ts'
import { readToolDefinitions } from '../../conversion/tool-definitions.ts'
import type { Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { effectsOf } from './tools.ts'
import { UsageSums } from './usage-sums.ts'

/** A call that was made. */
interface Call {
  readonly draft: StepDraft
  readonly run: RunDraft
  /** When the conversation began to wait for a confirmation of it. */
  asked: Moment | undefined
}

/** Reads the events of a conversation into runs: one for each turn of the user. */
export class Conversation {
  readonly runs: AgentRun[] = []
  contradictions = 0
  readonly #previewer: Previewer
  readonly #ending: Pick<Ending, 'digest' | 'prices'>
  readonly #sums = new UsageSums()
  readonly #calls = new Map<string, Call>()
  readonly #callIds = new Set<string>()
  readonly #given: { tools: unknown; system: Json | undefined; session: string | undefined }
  #run: RunDraft | undefined
  /** The last words of the user came, and nothing of the agent since. */
  #isFresh = false
  /** The agent has said that it is done. */
  #isDone = false
  #status: string | undefined
  #error: string | undefined
  /** The request whose usage is known and whose answer has not been seen. */
  #unclaimed: StepDraft | undefined
  #response: { id: string; draft: StepDraft } | undefined

  constructor(previewer: Previewer, session: string | undefined, ending: Pick<Ending, 'digest' | 'prices'>) {
    this.#previewer = previewer
    this.#ending = ending
    this.#given = { tools: undefined, system: undefined, session }
  }

  /** Adds an event; says what became of it. */
  add(json: Json, line: number): Fate {
    const place = { line, ref: `event ${line}` }
    const at = readTimeOrUtc(json.timestamp)
    const fate = this.#read(json, place, at)
    if (fate === 'mapped') this.#run?.book(line)
    return fate
  }

  #read(json: Json, place: SourcePlace, at: Moment | undefined): Fate {
    switch (json.kind) {
      case 'SystemPromptEvent':
        this.#given.tools = json.tools
        this.#given.system = asObject(json.system_prompt)
        return { skipped: 'system prompt and tools, which the run says' }
      case 'MessageEvent':
        return this.#readMessage(json, place, at)
      case 'ActionEvent':
        return this.#readAction(json, place, at)
      case 'ObservationEvent':
      case 'AgentErrorEvent':
        return this.#readObservation(json, place, at)
      case 'UserRejectObservation':
        return this.#readRejection(json, place, at)
      case 'ConversationErrorEvent':
        this.#error = asString(json.detail) ?? asString(json.code) ?? 'the conversation failed'
        this.#addStep(json, place, at, { type: 'error', error: this.#error, errorType: 'internal' })
        return 'mapped'
      case 'Condensation':
        this.#addStep(json, place, at, { type: 'compaction', output: asString(json.summary) })
        return 'mapped'
      case 'PauseEvent':
      case 'InterruptEvent':
        this.#status = json.kind === 'PauseEvent' ? 'paused' : 'interrupted'
        return { skipped: 'state of the conversation' }
      case 'ConversationStateUpdateEvent':
        return this.#readState(json, place, at)
      default:
        return { skipped: 'kind of event that this adapter does not know' }
    }
  }

  /** Ends the last run. */
  finish(): void {
    this.#close(undefined)
  }

  #open(json: Json, place: SourcePlace): RunDraft {
    if (this.#run) return this.#run
    const run = new RunDraft(
      asString(json.id) ?? `${this.#given.session ?? 'openhands'}~${place.line}`,
      this.#previewer,
    )
    run.start = readTimeOrUtc(json.timestamp)
    this.#run = run
    this.#isDone = false
    this.#error = undefined
    return run
  }

  #readMessage(json: Json, place: SourcePlace, at: Moment | undefined): Fate {
    const message = asObject(json.llm_message)
    const text = textOf(message?.content)
    const isUser = json.source === 'user'
    if (isUser && this.#run && !this.#isFresh && this.#isDone) this.#close(at)
    const run = this.#open(json, place)
    if (isUser) {
      const draft = addMessage(run, 'user', { id: idOf(json, place), text, at }, place)
      if (draft?.step.input_preview) run.members.input_preview ??= draft.step.input_preview
      this.#isFresh = true
      this.#isDone = false
      return 'mapped'
    }
    const model = this.#claim(json, place, at)
    const words = { id: idOf(json, place), at, modelCallId: model?.step.id }
    this.#think(run, json, message?.reasoning_content, words, place)
    const draft = addMessage(run, json.source === 'agent' ? 'assistant' : 'system', { ...words, text }, place)
    if (draft?.step.output_preview) run.members.output_preview = draft.step.output_preview
    this.#isFresh = false
    this.#isDone = json.source === 'agent' || this.#isDone
    return 'mapped'
  }

  #think(
    run: RunDraft,
    json: Json,
    thought: unknown,
    words: { id: string; at: Moment | undefined; modelCallId: string | undefined },
    place: SourcePlace,
  ): void {
    const blocks = (asArray(json.thinking_blocks) ?? []).flatMap((block) => asString(asObject(block)?.thinking) ?? [])
    const text = asString(thought) ?? (blocks.length > 0 ? blocks.join('\n') : undefined)
    if (text !== undefined) addReasoning(run, { ...words, id: `${words.id}.reasoning`, text }, place)
  }

  /** The request to the model that an answer belongs to. Calls of one answer share its id. */
  #claim(json: Json, place: SourcePlace, at: Moment | undefined): StepDraft | undefined {
    const run = this.#open(json, place)
    const id = asString(json.llm_response_id)
    if (id !== undefined && this.#response?.id === id) return this.#response.draft
    const unclaimed = this.#unclaimed
    this.#unclaimed = undefined
    if (id === undefined && !unclaimed) return undefined
    const draft = unclaimed ?? addModelCall(run, { id: `${idOf(json, place)}.model` }, place)
    if (!unclaimed) finishStep(run, draft, { status: 'succeeded', at }, place)
    if (id !== undefined) {
      draft.step.response_id = this.#previewer.text(id, 256)
      this.#response = { id, draft }
    }
    return draft
  }

  #readAction(json: Json, place: SourcePlace, at: Moment | undefined): Fate {
    const run = this.#open(json, place)
    const model = this.#claim(json, place, at)
    const id = idOf(json, place)
    const words = { id: `${id}.thought`, at, modelCallId: model?.step.id }
    this.#think(run, json, json.reasoning_content, { ...words, id }, place)
    addMessage(run, 'assistant', { ...words, text: textOf(json.thought) }, place)
    const call = asObject(json.tool_call)
    const name = asString(json.tool_name) ?? asString(call?.name) ?? 'unknown'
    const { kind: _, ...action } = asObject(json.action) ?? {}
    const given = Object.keys(action).length > 0 ? action : call?.arguments
    const callId = asString(json.tool_call_id)
    const isFree = callId !== undefined && !this.#callIds.has(callId)
    if (isFree) this.#callIds.add(callId)
    const effects = effectsOf(name, given, run.place)
    const draft = addToolCall(
      run,
      {
        id,
        name,
        arguments: given,
        callId: isFree ? callId : undefined,
        modelCallId: model?.step.id,
        start: at,
        ...(effects ? { effects } : {}),
      },
      place,
    )
    this.#calls.set(id, { draft, run, asked: undefined })
    this.#isFresh = false
    this.#isDone = name === 'finish'
    const last = asString(action.message)
    if (name === 'finish' && last) run.members.output_preview = this.#previewer.text(last)
    if (!asObject(json.action) && json.action !== undefined)
      finishStep(run, draft, { status: 'failed', errorType: 'invalid_arguments' }, place)
    return 'mapped'
  }

  /** The call that an event answers: by the id of its action. */
  #callOf(json: Json): Call | undefined {
    const call = this.#calls.get(asString(json.action_id) ?? '')
    if (call) return call
    const id = asString(json.tool_call_id)
    return id === undefined
      ? undefined
      : [...this.#calls.values()].find(({ draft }) => draft.step.tool_call_id === id && draft.final === undefined)
  }

  #readObservation(json: Json, place: SourcePlace, at: Moment | undefined): Fate {
    const observation = asObject(json.observation) ?? {}
    const error = asString(json.error)
    const outcome = { ...outcomeOf(observation, error), at }
    const call = this.#callOf(json)
    if (call && call.draft.final === undefined && call.run === this.#run) {
      if (call.asked)
        addApproval(call.run, call.draft, {
          event: 'approved',
          at: call.asked,
          actor: { kind: 'unknown' },
          basis: 'inferred',
        })
      finishStep(call.run, call.draft, outcome, place)
      return 'mapped'
    }
    const run = this.#open(json, place)
    const callId = asString(json.tool_call_id)
    const isFree = callId !== undefined && !this.#callIds.has(callId)
    if (isFree) this.#callIds.add(callId)
    const result = { id: idOf(json, place), name: asString(json.tool_name), callId: isFree ? callId : undefined }
    addLoneResult(run, result, outcome, place)
    return 'mapped'
  }

  #readRejection(json: Json, place: SourcePlace, at: Moment | undefined): Fate {
    const call = this.#callOf(json)
    if (!call || call.draft.final !== undefined || call.run !== this.#run)
      return { skipped: 'refusal of a call that is not there' }
    const { run, draft } = call
    const reason = asString(json.rejection_reason)
    finishStep(run, draft, { status: 'denied', errorType: 'permission_denied', at }, place)
    if (json.rejection_source === 'hook')
      addDecision(run, draft, {
        at,
        verdict: 'block',
        enforcement: 'blocked',
        decider: { kind: 'hook' },
        reason,
        basis: 'observed',
      })
    else addApproval(run, draft, { event: 'denied', at, actor: { kind: 'human' }, reason, basis: 'observed' })
    return 'mapped'
  }

  #readState(json: Json, place: SourcePlace, at: Moment | undefined): Fate {
    if (json.key === 'stats') return this.#readStats(json, place, at)
    const value =
      json.key === 'execution_status' ? asString(json.value) : asString(asObject(json.value)?.execution_status)
    if (value === undefined) return { skipped: 'state of the conversation' }
    this.#status = value
    if (value === 'waiting_for_confirmation')
      for (const call of this.#calls.values()) {
        if (call.draft.final !== undefined || call.run !== this.#run || !at) continue
        addApproval(call.run, call.draft, { event: 'requested', at, basis: 'observed' })
        call.asked = at
      }
    if (value === 'running' && at)
      for (const call of this.#calls.values()) if (call.asked && call.draft.final === undefined) call.asked = at
    if (['finished', 'idle', 'error', 'stuck'].includes(value) && !this.#isFresh) this.#isDone = true
    return { skipped: 'state of the conversation' }
  }

  #readStats(json: Json, place: SourcePlace, at: Moment | undefined): Fate {
    const consumed = this.#sums.read(json.value)
    for (const { purpose, model, cost } of consumed) {
      const run = this.#open(json, place)
      const id = `${idOf(json, place)}.${purpose}`
      const draft = addModelCall(run, { id, model, cost }, place)
      finishStep(run, draft, { status: 'succeeded', at }, place)
      if (purpose === 'default') this.#unclaimed = draft
      else draft.step.metadata = { openhands: { purpose: this.#previewer.text(purpose, 100) } }
    }
    return consumed.length > 0 ? 'mapped' : { skipped: 'sums of usage that say nothing new' }
  }

  #addStep(
    json: Json,
    place: SourcePlace,
    at: Moment | undefined,
    added: { type: Step['type']; output?: string | undefined; error?: string; errorType?: Step['error_type'] },
  ): void {
    const run = this.#open(json, place)
    const { type, output, error, errorType } = added
    const step: Step = { id: idOf(json, place), type, started_at: at?.text ?? null, source_ref: place.ref ?? '' }
    const status = type === 'error' ? 'failed' : 'succeeded'
    finishStep(run, run.add(step, place.line, at), { status, output, error, errorType, at }, place)
  }

  #close(next: Moment | undefined): void {
    const run = this.#run
    this.#run = undefined
    this.#unclaimed = undefined
    if (!run || run.drafts.length === 0) return
    const { tools, session } = this.#given
    const definitions = readToolDefinitions(tools, this.#previewer)
    Object.assign(run.members, {
      turn_id: run.id,
      ...(session ? { session_id: this.#previewer.text(session, 256) } : {}),
      agent_id: 'openhands',
      runtime: 'openhands',
      ...(definitions.length > 0 ? { tools_available: definitions.map(({ name }) => name) } : {}),
      ...(definitions.some(({ schema_hash }) => schema_hash) ? { inventory: { tools: definitions } } : {}),
    })
    this.runs.push(finishRun(run, { ...this.#endOf(next !== undefined), about, times: 'inferred', ...this.#ending }))
    this.contradictions += run.contradictions
  }

  #endOf(wasFollowed: boolean): Pick<Ending, 'status' | 'error' | 'errorType'> {
    if (this.#error !== undefined) return { status: 'failed', error: this.#error, errorType: 'internal' }
    if (this.#isDone) {
      const isWrong = !wasFollowed && (this.#status === 'error' || this.#status === 'stuck')
      return isWrong
        ? { status: 'failed', error: `the conversation is ${this.#status}`, errorType: 'internal' }
        : { status: 'completed' }
    }
    if (this.#status === 'paused') return { status: 'paused' }
    return { status: this.#status === 'interrupted' || wasFollowed ? 'interrupted' : 'unknown' }
  }
}

const idOf = (json: Json, { line }: SourcePlace): string => asString(json.id) ?? `event-${line}`

/** The text of a content, without the thoughts that some models write into it. */
function textOf(content: unknown): string | undefined {
  const parts = asArray(content)
  const texts = parts ? parts.flatMap((part) => asString(asObject(part)?.text) ?? []) : [asString(content) ?? '']
  const text = texts.join('\n').replace(/^\s*<think>[\s\S]*?<\/think>/, '')
  return text.trim() === '' ? undefined : text
}

function outcomeOf(observation: Json, error: string | undefined): Omit<StepOutcome, 'at'> {
  const output = textOf(observation.content) ?? asString(observation.content)
  if (error !== undefined) return { status: 'failed', error, errorType: 'tool_failed' }
  const exitCode = asCount(observation.exit_code)
  if (observation.timeout === true) return { status: 'timeout', errorType: 'timeout', output, exitCode }
  const isWrong = observation.is_error === true || (exitCode ?? 0) !== 0
  return {
    status: isWrong ? 'failed' : 'succeeded',
    ...(isWrong ? { errorType: 'tool_failed' } : {}),
    output,
    exitCode,
  }
}
