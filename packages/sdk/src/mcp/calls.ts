import {
  type Answer,
  type ApprovalRequest,
  type Ask,
  CallRefused,
  type LiveStep,
  type Policy,
  type Recorder,
} from '../recorder/index.ts'
import type { Allowance } from './allowance.ts'
import { factsOf, failureOf, refusal, textOfArguments, wireOf, withdrawal } from './answers.ts'
import type { Payload, Reply } from './batch.ts'
import { asksByForm, type ClientFacts, modelCallId } from './client-facts.ts'
import { type CallEffects, effectsOfCall } from './effects.ts'
import { createFlights, type Flight, isOpen } from './flights.ts'
import { beginInput, type OpenInput } from './inputs.ts'
import type { ToolInventory } from './inventory.ts'
import {
  errorAnswer,
  isMembers,
  type Members,
  membersAt,
  own,
  type RequestId,
  resultAnswer,
  rpcErrors,
  textAt,
} from './json-rpc.ts'
import { type Judged, verdictOn } from './judgement.ts'
import type { Listing } from './listing.ts'
import type { ClientMessage } from './message.ts'
import type { OwnRequests } from './own-requests.ts'
import { elicitation, readElicitation } from './question.ts'
import { resultWords } from './result-words.ts'
import type { SessionOptions } from './run.ts'

/** What the calls of a session work with. */
export interface CallsParts {
  readonly options: SessionOptions
  readonly inventory: ToolInventory
  readonly listing: Listing
  /** Requests to the client. */
  readonly requests: OwnRequests
  readonly client: () => ClientFacts
  readonly run: () => Recorder
  /** How many of the server's questions to the client are recorded. */
  readonly questions: Allowance
  /** Begins the states of questions that a call is answered with: only the client knows it. */
  readonly state: string
  readonly toServer: (payload: Payload) => void
}

/** The tool calls of a session. */
export interface Calls {
  readonly policy: Policy
  readonly ask: Ask
  /**
   * Judges a call, and lets it through or answers it. Resolves when messages behind it may go on: it was sent or refused, or
   * it waits for somebody.
   */
  take(message: ClientMessage, id: RequestId, reply: Reply, batch: number | undefined): Promise<void>
  /** Takes the server's answer to a request with a call behind it; false if there is none. */
  answer(id: unknown, answer: Members, payload: Payload): boolean
  /** Whether a call with this id waits for its answer, or to be judged. */
  holds(id: RequestId): boolean
  /** Whether there are calls that nothing but a judgement keeps from the server. */
  readonly areJudged: boolean
  /** Whether the server was sent calls that it has not answered. */
  readonly areOwed: boolean
  /** Whether there are calls without their answer, whomever they wait for. */
  readonly areOpen: boolean
  /** The client withdraws a request. False if the server must not hear of it, as it has never seen the request. */
  withdraw(requestId: unknown, reason: string | undefined): boolean
  /** The client asks for what became of a task that a call was made into. */
  followTask(message: ClientMessage, id: RequestId, reply: Reply): void
  /** A task was cancelled. */
  cancelTask(taskId: string): void
  progress(token: unknown): void
  /** Ends every call that is on its way: the server is gone. */
  close(reason: string): void
}

/** A call that waits for its client to come back with more. */
interface Unfinished {
  readonly flight: Flight
  readonly arguments: string
  readonly state: string | undefined
  readonly inputs: ReadonlyMap<string, OpenInput>
}

/** The tool calls of a session: judged, asked about, let through, recorded. */
export function createCalls(parts: CallsParts): Calls {
  const { options, inventory, listing, requests, client, run, state: token, toServer } = parts
  const flights = createFlights()
  const judged = new Map<string, Judged>()
  const released = new Map<Flight, () => void>()
  const asked = new Map<string, { readonly flight: Flight; readonly answer: (result: Members) => void }>()
  const awaited = new Set<Unfinished>()
  let stopped: string | undefined
  let askedCount = 0

  const policy: Policy = ({ tool_call_id, arguments: args }) => {
    const flight = flights.byCallId(tool_call_id)
    const found = flight && judged.get(flight.callId)
    if (flight === undefined || found === undefined) throw new Error('the call is not known')
    if (stopped !== undefined)
      return {
        verdict: 'block',
        matched: 'rule',
        decider: { kind: 'guard', id: 'agent-run:stopped' },
        reasons: [`the run was stopped: ${stopped}`],
      }
    return verdictOn(options, flight.tool, args, found)
  }

  const ask: Ask = (request) => {
    const flight = flights.byCallId(request.call.tool_call_id)
    if (flight === undefined) return { decision: 'cancelled', reason: 'the call is not known' }
    released.get(flight)?.()
    const withdrawn = new Promise<Answer>((resolve) => {
      const end = (): void => resolve({ decision: 'cancelled', reason: 'the client withdrew the call' })
      if (flight.withdrawn !== undefined) end()
      flight.onWithdrawn = end
    })
    return Promise.race([askAboutThis(request, flight), withdrawn])
  }

  /** What somebody said yes to is the tool as it was when he was asked. */
  const askAboutThis = async (request: ApprovalRequest, flight: Flight): Promise<Awaited<ReturnType<Ask>>> => {
    const before = judged.get(flight.callId)?.known
    flight.isAsked = true
    const answer = await askSomebody(request, flight)
    flight.isAsked = false
    await listing.ready()
    const now = inventory.find(flight.tool)
    if (now?.server === before?.server && now?.schemaHash === before?.schemaHash) return answer
    return { decision: 'cancelled', reason: "the tool's definition changed while somebody was asked" }
  }

  const askSomebody = async (request: ApprovalRequest, flight: Flight): Promise<Awaited<ReturnType<Ask>>> => {
    if (options.asksClient && asksByForm(client())) {
      const result = client().isStateless ? await askWithAnswer(request, flight) : await askWithRequest(request)
      return readElicitation(result, whoAnswers())
    }
    if (options.ask !== undefined) return options.ask(request)
    const why = options.asksClient ? 'the client shows no forms (it declares no elicitation)' : 'nobody was named'
    return { decision: 'cancelled', reason: `nobody can be asked: ${why}` }
  }

  const whoAnswers = (): NonNullable<Answer['actor']> => {
    if (options.approver !== undefined) return { kind: 'human', id: options.approver }
    const { name } = client()
    return { kind: 'unknown', name: `whoever answered at ${name ?? 'the client'}` }
  }

  const askWithRequest = (request: ApprovalRequest): Promise<Members> =>
    requests.request('elicitation/create', elicitation(request), { signal: request.signal as AbortSignal })

  /** Since 2026-07-28 nobody sends requests to a client: the call is answered with a question, and comes again with the answer. */
  const askWithAnswer = (request: ApprovalRequest, flight: Flight): Promise<Members> =>
    new Promise((resolve) => {
      const state = `${token}-${++askedCount}`
      asked.set(state, { flight, answer: resolve })
      request.signal.addEventListener('abort', () => void asked.delete(state))
      const { request: open } = flight
      flights.suspend(flight)
      open?.reply.answer(
        resultAnswer(open.id, {
          resultType: 'input_required',
          inputRequests: {
            decision: { method: 'elicitation/create', params: { mode: 'form', ...elicitation(request) } },
          },
          requestState: state,
        }),
      )
    })

  /** A request that goes on with a call that is known: true if it is one. */
  const goesOn = (message: ClientMessage, params: Members, id: RequestId, reply: Reply): boolean => {
    const state = textAt(params, 'requestState')
    const args = textOfArguments(params)
    const question = asked.get(state ?? '')
    if (state?.startsWith(`${token}-`)) {
      if (
        question === undefined ||
        question.flight.tool !== own(params, 'name') ||
        textOfArguments(question.flight.params) !== args
      ) {
        reply.answer(
          errorAnswer(id, rpcErrors.params, 'this is not the call that the question was about, or it is decided'),
        )
        return true
      }
      asked.delete(state)
      flights.resume(question.flight, message, id, reply)
      question.answer(membersAt(membersAt(params, 'inputResponses'), 'decision') ?? {})
      return true
    }
    if (!Object.hasOwn(params, 'requestState') && !Object.hasOwn(params, 'inputResponses')) return false
    for (const waiting of awaited) {
      if (waiting.flight.tool !== own(params, 'name') || waiting.arguments !== args || waiting.state !== state) continue
      awaited.delete(waiting)
      flights.resume(waiting.flight, message, id, reply)
      const responses = membersAt(params, 'inputResponses')
      for (const [name, input] of waiting.inputs) {
        const response = membersAt(responses, name)
        input.end(response, 'the client gave no answer')
      }
      toServer(wireOf(message, waiting.flight.allowed, token))
      return true
    }
    return false
  }

  const carryOut = async (flight: Flight, batch: number | undefined): Promise<void> => {
    const waiting = listing.ready()
    if (waiting !== undefined) {
      released.get(flight)?.()
      await waiting
    }
    const known = inventory.find(flight.tool)
    const args = own(flight.params, 'arguments')
    const effects = effectsOfCall(
      { tool: flight.tool, server: options.server, arguments: args, annotations: known?.annotations ?? {} },
      options.place,
    )
    judged.set(flight.callId, { known, effects })
    const { name } = client()
    const recorder = run()
    await recorder.toolCall(
      {
        tool_name: flight.tool,
        tool_call_id: flight.callId,
        mcp_server: known?.server ?? options.server,
        ...(known?.schemaHash === undefined ? {} : { tool_hash: known.schemaHash }),
        ...(args === undefined ? {} : { arguments: args }),
        ...(name === undefined ? {} : { initiated_by: name }),
        side_effects: [...effects.effects],
        ...(batch === undefined ? {} : { metadata: { mcp: { batch_of: batch } } }),
        show: (result) => (isMembers(result) ? resultWords(result) : undefined),
      },
      (allowed, step) => send(flight, allowed, step, { recorder, effects, batch }),
    )
  }

  const send = (
    flight: Flight,
    allowed: unknown,
    step: LiveStep,
    { recorder, effects, batch }: { recorder: Recorder; effects: CallEffects; batch: number | undefined },
  ): Promise<Members> => {
    const { request } = flight
    if (request === undefined || flight.withdrawn !== undefined) throw withdrawal(flight.withdrawn)
    if (effects.contradiction !== undefined)
      recorder.decision({
        step_id: step.id,
        tool_call_id: flight.callId,
        boundary: 'tool_call',
        decider: { kind: 'guard', id: 'agent-run:annotations' },
        verdict: 'warn',
        matched: 'rule',
        enforcement: 'none',
        reasons: [effects.contradiction],
        basis: 'observed',
      })
    flight.step = step
    const answer = new Promise<Members>((resolve, reject) => {
      flight.settle = (outcome) => ('result' in outcome ? resolve(outcome.result) : reject(outcome.failure))
    })
    flight.isSent = true
    flight.allowed = allowed
    toServer(wireOf(request.message, allowed, token))
    released.get(flight)?.()
    return answer.then((result) => {
      step.add({ metadata: { mcp: factsOf(flight, result, batch) } })
      return result
    })
  }

  return {
    policy,
    ask,
    take(message, id, reply, batch) {
      const params = (membersAt(message.members, 'params') ?? {}) as Members
      if (goesOn(message, params, id, reply)) return Promise.resolve()
      const flight = flights.begin(message, params, id, reply, modelCallId(params))
      if (typeof flight === 'string') {
        reply.answer(errorAnswer(id, rpcErrors.request, `not forwarded: ${flight}`))
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        released.set(flight, resolve)
        carryOut(flight, batch)
          .catch((error: unknown) => answerFailure(flight, error))
          .finally(() => {
            released.delete(flight)
            judged.delete(flight.callId)
            flights.end(flight)
            resolve()
          })
      })
    },
    answer(id, answer, payload) {
      const flight = flights.byId(id)
      if (flight === undefined || !flight.isSent) return false
      const { request } = flight
      const result = membersAt(answer, 'result')
      if (result !== undefined && isUnfinished(flight, result)) {
        flights.suspend(flight)
        request?.reply.answer(payload)
        return true
      }
      // First the client, then the record: nobody waits for what is written.
      request?.reply.answer(payload)
      flights.suspend(flight)
      flight.settle?.(result === undefined ? { failure: failureOf(answer) } : { result })
      return true
    },
    get areJudged() {
      return [...flights.all()].some(({ isSent, isAsked, request }) => !isSent && !isAsked && request !== undefined)
    },
    get areOwed() {
      return [...flights.all()].some(({ isSent, request }) => isSent && request !== undefined)
    },
    get areOpen() {
      return awaited.size > 0 || [...flights.all()].some(isOpen)
    },
    holds: (id) => flights.byId(id) !== undefined,
    withdraw(requestId, reason) {
      const flight = flights.byId(requestId)
      if (flight === undefined) return true
      flight.withdrawn = reason ?? ''
      flight.request?.reply.drop()
      flights.suspend(flight)
      flight.onWithdrawn?.()
      if (!flight.isSent) return false
      flight.settle?.({ failure: withdrawal(flight.withdrawn) })
      return true
    },
    followTask(message, id, reply) {
      const flight = flights.byTask(textAt(membersAt(message.members, 'params'), 'taskId'))
      if (flight !== undefined && flight.request === undefined) flights.resume(flight, message, id, reply)
    },
    cancelTask(taskId) {
      flights.byTask(taskId)?.settle?.({ failure: withdrawal('the task was cancelled') })
    },
    progress(token) {
      const flight = flights.byProgressToken(token)
      if (flight !== undefined) flight.progress++
    },
    close(reason) {
      for (const flight of flights.all()) {
        flight.onWithdrawn?.()
        flight.settle?.({ failure: new Error(reason) })
      }
    },
  }

  /** Whether a result is no end: the server wants more from the client, or made a task of the call. */
  function isUnfinished(flight: Flight, result: Members): boolean {
    const taskId = textAt(membersAt(result, 'task'), 'taskId')
    if (taskId !== undefined && isMembers(own(flight.params, 'task'))) {
      flight.taskId = taskId
      return true
    }
    if (own(result, 'resultType') !== 'input_required') return false
    const inputs = Object.entries(membersAt(result, 'inputRequests') ?? {}).slice(0, 100)
    awaited.add({
      flight,
      arguments: textOfArguments(flight.params),
      state: textAt(result, 'requestState'),
      inputs: new Map(
        inputs.flatMap(([name, each]): [string, OpenInput][] => {
          const method = isMembers(each) ? textAt(each, 'method') : undefined
          const input =
            method && isMembers(each)
              ? beginInput(parts, method, membersAt(each, 'params'), flight.step?.id)
              : undefined
          return input === undefined ? [] : [[name, input]]
        }),
      ),
    })
    return true
  }

  function answerFailure(flight: Flight, error: unknown): void {
    const { request } = flight
    if (error instanceof CallRefused && error.stops_run) stopped = error.message
    if (request === undefined || flight.isSent) return
    if (error instanceof CallRefused) request.reply.answer(refusal(request.id, error, client()))
    else {
      options.warn('a call could not be judged and was not forwarded')
      request.reply.answer(
        errorAnswer(request.id, rpcErrors.internal, 'the call could not be judged and was not forwarded'),
      )
    }
  }
}
