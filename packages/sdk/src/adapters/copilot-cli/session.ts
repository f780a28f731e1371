import { addMessage, addModelCall, finishStep } from '../../conversion/draft-steps.ts'
import { takeId } from '../../conversion/identity.ts'
import { asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import type { Previewer } from '../../preview/index.ts'
import { costOf, readAnswer, readThought, readUsage } from './answers.ts'
import { beginCall, decidePermission, endCall, requestPermission } from './calls.ts'
import { beginDelegation, endDelegation } from './delegations.ts'
import { type LogEvent, readEvent } from './event.ts'
import { type Session, Turn } from './turn.ts'

/** Reads the events of one log into turns. */
export class LogReader {
  readonly turns: Turn[] = []
  readonly #previewer: Previewer
  readonly #sessionIds: Set<string>
  readonly #ids = new Set<string>()
  #session: Session = {
    id: 'session',
    version: undefined,
    cwd: undefined,
    repository: undefined,
    branch: undefined,
    commit: undefined,
    model: undefined,
    effort: undefined,
    mode: undefined,
  }
  #turn: Turn | undefined

  constructor(previewer: Previewer, sessionIds: Set<string>) {
    this.#previewer = previewer
    this.#sessionIds = sessionIds
  }

  visit(json: Json, line: number): LineFate {
    const event = readEvent(json, line)
    return typeof event === 'string' ? { malformed: event } : this.#read(event)
  }

  #read(event: LogEvent): LineFate {
    switch (event.type) {
      case 'session.start':
      case 'session.resume':
        return this.#begin(event)
      case 'session.shutdown':
        this.#close()
        return 'mapped'
      case 'session.model_change':
      case 'session.mode_changed':
        return this.#change(event)
      case 'user.message':
        return this.#prompt(event)
      case 'session.task_complete':
        if (this.#turn) this.#turn.answered = true
        return { skipped: 'state of the session' }
      case 'session.error':
      case 'model.call_failure':
        return this.#fail(event)
      case 'abort':
        return this.#abort(event)
      case 'system.notification':
        return this.#notify(event)
      case 'session.compaction_start':
      case 'session.compaction_complete':
      case 'session.truncation':
        return this.#compact(event)
      case 'assistant.turn_start':
        return this.#ask(event)
      case 'assistant.message':
        return readAnswer(this.#current(event), event)
      case 'assistant.reasoning':
        return readThought(this.#current(event), event)
      case 'assistant.usage':
        return this.#turn ? readUsage(this.#turn, event) : { skipped: 'usage that belongs to no answer' }
      case 'tool.execution_start':
        return beginCall(this.#current(event), event)
      case 'tool.execution_complete':
        return endCall(this.#current(event), event)
      case 'permission.requested':
        return requestPermission(this.#current(event), event)
      case 'permission.completed':
        return decidePermission(this.#current(event), event)
      case 'subagent.started':
        return beginDelegation(this.#current(event), event)
      case 'subagent.completed':
      case 'subagent.failed':
        return this.#endDelegation(event)
      case 'system.message':
        return { skipped: 'context given to the model' }
      default:
        return { skipped: /^hook\./.test(event.type) ? 'hook' : 'state of the session' }
    }
  }

  #begin({ data, time }: LogEvent): LineFate {
    this.#close()
    const context = asObject(data.context)
    const id = asString(data.sessionId)
    if (id) this.#sessionIds.add(id)
    this.#session = {
      ...this.#session,
      ...definedOf({
        id,
        version: asString(data.copilotVersion),
        cwd: asString(context?.cwd),
        repository: asString(context?.repository),
        branch: asString(context?.branch),
        commit: asString(context?.headCommit),
        model: asString(data.selectedModel),
        effort: asString(data.reasoningEffort),
      }),
    }
    if (id === undefined && this.#session.id === 'session' && time) this.#session.id = `session-${time.ms}`
    return 'mapped'
  }

  #close(): void {
    if (this.#turn) this.#turn.superseded = true
    this.#turn = undefined
  }

  #start(event: LogEvent): Turn {
    this.#close()
    const given = event.id ?? `line-${event.line}`
    const isUnique = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given)
    const id = takeId(isUnique ? given : `${this.#session.id}.${given}`, this.#ids)
    this.#turn = new Turn(id, this.#session, event, this.#previewer)
    this.turns.push(this.#turn)
    return this.#turn
  }

  /** The turn that an event is part of; one without a prompt begins if there is none. */
  #current(event: LogEvent): Turn {
    return this.#turn?.phase === 'open' ? this.#turn : this.#start(event)
  }

  #prompt(event: LogEvent): LineFate {
    const text = asString(event.data.content)
    const goesOn = this.#turn?.isWorking === true
    if (goesOn && this.#turn && (event.data.delivery === 'steering' || event.agent !== undefined)) {
      const { run } = this.#turn
      run.book(event.line)
      const words = { id: `message-${event.line}`, text, at: event.time, agentId: event.agent }
      addMessage(run, event.agent === undefined ? 'user' : 'system', words, { line: event.line })
      return 'mapped'
    }
    const turn = this.#start(event)
    turn.run.book(event.line)
    const source = asString(event.data.source)
    turn.run.members.trigger =
      source === undefined || source === 'user' ? 'manual' : source.startsWith('schedule') ? 'cron' : 'event'
    if (text?.trim()) turn.run.members.input_preview = this.#previewer.text(text.trim())
    return 'mapped'
  }

  #ask(event: LogEvent): LineFate {
    const turn = this.#current(event)
    turn.run.book(event.line)
    turn.asked = event.time
    turn.answered = false
    return 'mapped'
  }

  #change(event: LogEvent): LineFate {
    const { data } = event
    const model = asString(data.newModel)
    const mode = asString(data.newMode) ?? asString(data.mode)
    const effort = asString(data.reasoningEffort)
    this.#session = { ...this.#session, ...definedOf({ model, mode, effort }) }
    const turn = this.#turn
    if (!turn?.isWorking) return 'mapped'
    turn.run.book(event.line)
    turn.session.model = model ?? turn.session.model
    const what = model !== undefined ? `model: ${model}` : `mode: ${mode ?? 'unknown'}`
    turn.run.addMoment(
      {
        id: `line-${event.line}`,
        type: 'config_change',
        status: 'succeeded',
        started_at: event.time?.text ?? null,
        output_preview: this.#previewer.text(what, 500),
        source_ref: `line ${event.line}`,
      },
      event.line,
      event.time,
    )
    return 'mapped'
  }

  #fail(event: LogEvent): LineFate {
    const turn = this.#turn
    if (turn?.phase !== 'open') return { skipped: 'error outside of a turn' }
    const message = asString(event.data.message) ?? 'error'
    turn.run.book(event.line)
    turn.error = message
    turn.run.addMoment(
      {
        id: `line-${event.line}`,
        type: 'error',
        status: 'failed',
        started_at: event.time?.text ?? null,
        error: this.#previewer.text(message, 1000),
        error_type: event.data.errorType === 'rate_limit' ? 'rate_limited' : 'provider_error',
        source_ref: `line ${event.line}`,
      },
      event.line,
      event.time,
    )
    return 'mapped'
  }

  #abort(event: LogEvent): LineFate {
    const turn = this.#turn
    if (turn?.phase !== 'open') return { skipped: 'state of the session' }
    turn.run.book(event.line)
    turn.phase = 'cancelled'
    turn.run.end = event.time
    return 'mapped'
  }

  #notify(event: LogEvent): LineFate {
    const turn = this.#turn
    const words = { id: `message-${event.line}`, text: asString(event.data.content), at: event.time }
    if (!turn?.isWorking) return { skipped: 'notice outside of a turn' }
    turn.run.book(event.line)
    addMessage(turn.run, 'system', words, { line: event.line })
    return 'mapped'
  }

  #endDelegation(event: LogEvent): LineFate {
    const turn = this.#turn
    const id = asString(event.data.toolCallId) ?? event.agent
    if (!turn || id === undefined) return { skipped: 'state of the session' }
    turn.run.book(event.line)
    // The result of the call says more than the event, unless there is none.
    const call = turn.calls.get(id)
    if (!call?.open || event.type === 'subagent.failed')
      endDelegation(turn, id, event, { failed: event.type === 'subagent.failed', error: asString(event.data.error) })
    return 'mapped'
  }

  /** A summary took the place of the conversation, or its oldest part was cut off. */
  #compact(event: LogEvent): LineFate {
    const { data } = event
    const inside = this.#turn?.isWorking === true || this.#turn?.compaction !== undefined
    const turn = inside && this.#turn ? this.#turn : this.#start(event)
    const { run } = turn
    run.book(event.line)
    const place = { line: event.line }
    const before = asCount(data.preCompactionTokens) ?? asCount(data.preTruncationTokensInMessages)
    const after = asCount(data.postTruncationTokensInMessages)
    const draft =
      turn.compaction ??
      run.add(
        {
          id: `line-${event.line}`,
          type: 'compaction',
          started_at: event.time?.text ?? null,
          source_ref: `line ${event.line}`,
          ...(before || after
            ? { metadata: { ...(before ? { tokens_before: before } : {}), ...(after ? { tokens_after: after } : {}) } }
            : {}),
        },
        event.line,
        event.time,
      )
    if (event.type === 'session.compaction_start') {
      turn.compaction = draft
      return 'mapped'
    }
    turn.compaction = undefined
    const used = asObject(data.compactionTokensUsed)
    const cost = costOf(used)
    if (cost) {
      const call = addModelCall(
        run,
        { id: `compaction-${event.line}`, model: asString(used?.model) ?? turn.session.model, cost },
        place,
      )
      finishStep(run, call, { status: 'succeeded', at: event.time }, place)
    }
    finishStep(
      run,
      draft,
      {
        status: data.success === false ? 'failed' : 'succeeded',
        output: asString(data.summaryContent),
        at: event.time,
      },
      place,
    )
    if (!inside) {
      turn.phase = 'completed'
      run.end = event.time
    }
    return 'mapped'
  }
}

const definedOf = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
