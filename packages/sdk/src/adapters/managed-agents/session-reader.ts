import type { Cost, McpServer } from '@agent-run/types'
import { unknownCost } from '../../conversion/cost.ts'
import { addMessage, addModelCall, addReasoning, finishStep } from '../../conversion/draft-steps.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { tokenCostBeside } from '../../conversion/usage.ts'
import { nameAddress } from '../../effects/index.ts'
import type { Previewer } from '../../preview/index.ts'
import { askAbout, beginCall, decide, endCall } from './calls.ts'
import { placed, readEntry, type SessionEvent, textOf } from './events.ts'
import { type Session, Turn } from './turn.ts'

const progress: LineFate = { skipped: 'progress of the session' }

/** Reads the lines of one log into turns. */
export class SessionReader {
  readonly turns: Turn[] = []
  readonly #previewer: Previewer
  readonly #sessionIds: Set<string>
  readonly #seen = new Set<string>()
  #session: Session = {
    id: undefined,
    agentId: undefined,
    agentName: undefined,
    agentVersion: undefined,
    model: undefined,
    servers: [],
    policies: new Map(),
  }
  #turn: Turn | undefined

  constructor(previewer: Previewer, sessionIds: Set<string>) {
    this.#previewer = previewer
    this.#sessionIds = sessionIds
  }

  visit(value: unknown, line: number): LineFate {
    const entry = readEntry(value)
    if (!entry) return { malformed: 'neither an event nor a session' }
    if (entry.sent) return { skipped: 'sent by the client; the stream repeats it' }
    if (entry.session) {
      this.#readSession(entry.session)
      return 'mapped'
    }
    let fate: LineFate = progress
    for (const json of entry.events) {
      const event = placed(json, line)
      if (event.id !== undefined && this.#seen.has(event.id)) {
        if (entry.events.length === 1) fate = { skipped: 'event that was written before' }
        continue
      }
      if (event.id !== undefined) this.#seen.add(event.id)
      const own = this.#read(event)
      if (own === 'mapped') this.#turn?.run.book(line)
      if (fate !== 'mapped') fate = own
    }
    return fate
  }

  #readSession(json: Json): void {
    const agent = asObject(json.agent)
    const id = asString(json.id)
    if (id) this.#sessionIds.add(id)
    const version = agent?.version
    this.#session = {
      id: id ?? this.#session.id,
      agentId: asString(agent?.id),
      agentName: asString(agent?.name),
      agentVersion: typeof version === 'number' ? String(version) : asString(version),
      model: asString(asObject(agent?.model)?.id) ?? asString(agent?.model),
      servers: serversIn(agent, this.#previewer),
      policies: policiesIn(agent),
    }
  }

  #read(event: SessionEvent): LineFate {
    const { type, json, time, line } = event
    switch (type) {
      case 'user.message':
      case 'user.define_outcome':
        return this.#prompt(event)
      case 'user.interrupt':
        if (this.#turn) this.#turn.interrupted = true
        return this.#turn ? 'mapped' : progress
      case 'user.tool_confirmation':
        return decide(this.#current(event), event)
      case 'agent.tool_use':
      case 'agent.mcp_tool_use':
      case 'agent.custom_tool_use':
        return beginCall(this.#current(event), event)
      case 'agent.tool_result':
      case 'agent.mcp_tool_result':
      case 'user.tool_result':
      case 'user.custom_tool_result':
        return endCall(this.#current(event), event)
      case 'agent.message': {
        const turn = this.#current(event)
        const text = textOf(json.content)
        turn.lastText = text ?? turn.lastText
        addMessage(turn.run, 'assistant', { ...this.#words(turn, event), text }, { line })
        return 'mapped'
      }
      case 'agent.thinking': {
        const turn = this.#current(event)
        addReasoning(turn.run, this.#words(turn, event), { line })
        return 'mapped'
      }
      case 'system.message':
        addMessage(
          this.#current(event).run,
          'system',
          { id: event.id ?? `line-${line}`, text: textOf(json.content), at: time },
          { line },
        )
        return 'mapped'
      case 'span.model_request_start': {
        const turn = this.#current(event)
        const id = event.id ?? `line-${line}`
        turn.requests.set(id, addModelCall(turn.run, { id, model: turn.session.model, start: time }, { line }))
        return 'mapped'
      }
      case 'span.model_request_end':
        return this.#endRequest(event)
      case 'span.outcome_evaluation_end':
        return this.#judge(event)
      case 'agent.thread_context_compacted':
        this.#current(event).run.addMoment(
          {
            id: event.id ?? `line-${line}`,
            type: 'compaction',
            status: 'succeeded',
            started_at: null,
            source_ref: `line ${line}`,
          },
          line,
          time,
        )
        return 'mapped'
      case 'session.thread_created':
        return this.#handOver(event)
      case 'agent.thread_message_received':
        return this.#answer(event)
      case 'session.status_idle':
        return this.#rest(event)
      case 'session.status_running':
        if (this.#turn?.phase === 'waiting') this.#turn.phase = 'open'
        return progress
      case 'session.status_terminated':
      case 'session.deleted':
        return this.#terminate(event)
      case 'session.error':
        return this.#fail(event)
      default:
        return progress
    }
  }

  #words(
    turn: Turn,
    { id, line, time }: SessionEvent,
  ): { id: string; at: SessionEvent['time']; modelCallId: string | undefined } {
    return { id: id ?? `line-${line}`, at: time, modelCallId: turn.request?.step.id }
  }

  /** The turn that an event is part of; one without a prompt begins if there is none. */
  #current(event: SessionEvent): Turn {
    return this.#turn?.phase === 'open' || this.#turn?.phase === 'waiting' ? this.#turn : this.#begin(event)
  }

  #begin(event: SessionEvent): Turn {
    if (this.#turn) this.#turn.superseded = true
    const turn = new Turn(this.#session, event, event.time, this.#previewer)
    this.#turn = turn
    this.turns.push(turn)
    return turn
  }

  #prompt(event: SessionEvent): LineFate {
    const text = textOf(event.json.content) ?? asString(event.json.description)
    if (this.#turn?.phase === 'open' || this.#turn?.phase === 'waiting') {
      addMessage(
        this.#turn.run,
        'user',
        { id: event.id ?? `line-${event.line}`, text, at: event.time },
        { line: event.line },
      )
      return 'mapped'
    }
    const turn = this.#begin(event)
    if (text?.trim()) turn.run.members.input_preview = this.#previewer.text(text.trim())
    return 'mapped'
  }

  #endRequest(event: SessionEvent): LineFate {
    const turn = this.#current(event)
    const { json, time, line } = event
    const startId = asString(json.model_request_start_id) ?? ''
    const draft =
      turn.requests.get(startId) ??
      addModelCall(turn.run, { id: event.id ?? `line-${line}`, model: turn.session.model }, { line })
    turn.requests.delete(startId)
    const cost = readUsage(asObject(json.model_usage))
    draft.step.cost = {
      ...(cost ?? unknownCost),
      ...(cost && turn.session.model ? { model: this.#previewer.text(turn.session.model, 256) } : {}),
    }
    const failed = json.is_error === true
    finishStep(
      turn.run,
      draft,
      { status: failed ? 'failed' : 'succeeded', errorType: failed ? 'provider_error' : undefined, at: time },
      { line },
    )
    return 'mapped'
  }

  /** A grader judged the work: its request counts, its verdict is shown. */
  #judge(event: SessionEvent): LineFate {
    const turn = this.#current(event)
    const { json, time, line } = event
    const result = asString(json.result) ?? 'unknown'
    const draft = addModelCall(
      turn.run,
      {
        id: event.id ?? `line-${line}`,
        output: `${result}: ${asString(json.explanation) ?? ''}`,
        cost: readUsage(asObject(json.usage)) ?? { ...unknownCost },
      },
      { line },
    )
    draft.step.agent_id = 'outcome-grader'
    finishStep(turn.run, draft, { status: 'succeeded', at: time }, { line })
    return 'mapped'
  }

  #handOver(event: SessionEvent): LineFate {
    const thread = asString(event.json.session_thread_id)
    const turn = this.#current(event)
    const name = asString(event.json.agent_name)
    if (thread === undefined || turn.threads.has(thread)) return progress
    const draft = turn.run.addMoment(
      {
        id: event.id ?? `line-${event.line}`,
        type: 'handoff',
        status: 'succeeded',
        started_at: event.time?.text ?? null,
        delegation_id: this.#previewer.text(thread, 256),
        ...(name ? { agent_id: this.#previewer.text(name, 256) } : {}),
        source_ref: `line ${event.line}`,
      },
      event.line,
      event.time,
    )
    turn.threads.set(thread, draft)
    return 'mapped'
  }

  #answer(event: SessionEvent): LineFate {
    const thread = asString(event.json.from_session_thread_id)
    const turn = this.#current(event)
    const handoff = thread === undefined ? undefined : turn.threads.get(thread)
    const text = textOf(event.json.content)
    const name = asString(event.json.from_agent_name)
    turn.run.addMoment(
      {
        id: event.id ?? `line-${event.line}`,
        type: 'handoff_result',
        status: 'succeeded',
        started_at: null,
        agent_id: handoff?.step.agent_id ?? this.#previewer.text(name ?? 'unknown', 256),
        ...(handoff?.step.delegation_id ? { delegation_id: handoff.step.delegation_id } : {}),
        ...(text ? { output_preview: this.#previewer.text(text) } : {}),
        source_ref: `line ${event.line}`,
      },
      event.line,
      event.time,
    )
    return 'mapped'
  }

  /** The session rests: the turn ended, or waits for the user. */
  #rest(event: SessionEvent): LineFate {
    const turn = this.#turn
    if (turn?.phase !== 'open' && turn?.phase !== 'waiting') return progress
    const reason = asString(asObject(event.json.stop_reason)?.type)
    if (reason === 'requires_action') {
      turn.phase = 'waiting'
      askAbout(turn, event)
      return 'mapped'
    }
    turn.outOfBudget = reason === 'budget_reached'
    turn.phase = turn.interrupted
      ? 'cancelled'
      : reason === 'end_turn'
        ? 'completed'
        : reason === 'retries_exhausted' || turn.outOfBudget
          ? 'failed'
          : 'completed'
    turn.run.end = event.time
    return 'mapped'
  }

  #terminate(event: SessionEvent): LineFate {
    const turn = this.#turn
    if (turn?.phase !== 'open' && turn?.phase !== 'waiting') return progress
    turn.phase = turn.interrupted ? 'cancelled' : 'failed'
    turn.error ??= 'the session was terminated'
    turn.run.end = event.time
    return 'mapped'
  }

  #fail(event: SessionEvent): LineFate {
    const turn = this.#current(event)
    const error = asObject(event.json.error)
    const message = asString(error?.message) ?? 'error'
    const kind = asString(error?.type)
    if (asString(asObject(error?.retry_status)?.type) !== 'retrying') turn.error = message
    turn.run.addMoment(
      {
        id: event.id ?? `line-${event.line}`,
        type: 'error',
        status: 'failed',
        started_at: event.time?.text ?? null,
        error: this.#previewer.text(message, 1000),
        error_type:
          kind === 'model_rate_limited_error'
            ? 'rate_limited'
            : kind?.startsWith('mcp_')
              ? 'tool_failed'
              : 'provider_error',
        source_ref: `line ${event.line}`,
      },
      event.line,
      event.time,
    )
    return 'mapped'
  }
}

const readUsage = (usage: Json | undefined): Cost | undefined =>
  tokenCostBeside({
    input: asCount(usage?.input_tokens),
    output: asCount(usage?.output_tokens),
    cacheRead: asCount(usage?.cache_read_input_tokens),
    cacheWrite: asCount(usage?.cache_creation_input_tokens),
  })

function serversIn(agent: Json | undefined, previewer: Previewer): McpServer[] {
  const servers = new Map<string, McpServer>()
  for (const entry of asArray(agent?.mcp_servers) ?? []) {
    const json = asObject(entry)
    const name = asString(json?.name)
    const url = asString(json?.url)
    const address = url === undefined ? undefined : nameAddress(url)
    if (name !== undefined)
      servers.set(name, { name: previewer.text(name, 256), ...(address ? { url: previewer.text(address, 500) } : {}) })
  }
  return [...servers.values()]
}

function policiesIn(agent: Json | undefined): Map<string | undefined, string> {
  const policies = new Map<string | undefined, string>()
  for (const entry of asArray(agent?.tools) ?? []) {
    const json = asObject(entry)
    const policy = asString(asObject(asObject(json?.default_config)?.permission_policy)?.type)
    if (policy !== undefined) policies.set(asString(json?.mcp_server_name), policy)
  }
  return policies
}
