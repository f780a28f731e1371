import { digest } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { Recorder, RunEnd } from '../recorder/index.ts'
import { createAllowance } from './allowance.ts'
import { createBatch, type Payload, type Reply } from './batch.ts'
import { createCalls } from './calls.ts'
import { type ClientFacts, readClientFacts, readServerFacts, unknownClient } from './client-facts.ts'
import { beginInput, type OpenInput } from './inputs.ts'
import { createInventory, type ToolChange } from './inventory.ts'
import {
  errorAnswer,
  isMembers,
  isRequestId,
  keyOfId,
  type Members,
  membersAt,
  own,
  type RequestId,
  rpcErrors,
  textAt,
} from './json-rpc.ts'
import { createListing } from './listing.ts'
import { type ClientMessage, type RefusedMessage, readClientLine } from './message.ts'
import { createOwnRequests } from './own-requests.ts'
import { createReads } from './reads.ts'
import { beginSession, type SessionOptions } from './run.ts'

/** The two sides of a session: each takes one message, without line end. */
export interface SessionWires {
  readonly toServer: (payload: Payload) => void
  readonly toClient: (payload: Payload) => void
}

/** One session of a client with a server, as it passes through. */
export interface Session {
  /**
   * Takes a line of the client. Resolves when the next one may be taken; `undefined` where that is at once.
   * @param line without its line feed
   */
  fromClient(line: Uint8Array): Promise<void> | undefined
  /** Takes a line of the server. */
  fromServer(line: Uint8Array): void
  /** Whether there are calls that will be sent or refused without anybody's doing. */
  readonly isJudging: boolean
  /** Whether the server owes an answer. */
  readonly isOwed: boolean
  /** Whether nothing that was asked for is unfinished: who ends the session now cuts nothing off. */
  readonly isIdle: boolean
  /** Notes what is wrong with input that could not even be cut into lines. */
  refuse(side: 'client' | 'server', reason: string): void
  /** Ends the session and its record; `undefined` if there was nothing to record. */
  end(end: RunEnd): Promise<{ readonly record: AgentRun; readonly recorder: Recorder } | undefined>
}

const sameId = 'found the id of a request that still waits for its answer'

const idsIn = (messages: readonly ClientMessage[]): RequestId[] =>
  messages.flatMap(({ kind, id }) => (kind === 'request' && id !== undefined ? [id] : []))

/** Most messages that were not passed on, and most changes of the tools, that get a step of their own and are told. */
const mostNoted = 100

/** Most questions of the server, and most reads of the client, that get a step of their own. */
const mostAsked = 1000

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })

/**
 * Stands between a client and a server, whatever carries their messages: passes everything on as it is, except tool calls,
 * which are judged first, and what cannot be read without doubt, which is refused; records what happens. It never lets a fault
 * of its own into the session.
 */
export function createSession(options: SessionOptions, { toServer, toClient }: SessionWires): Session {
  let client: ClientFacts = unknownClient
  let recorder: Recorder | undefined
  /** Whether there was more than a look whether somebody is there. */
  let hasWork = false
  let isOver = false
  const clock = options.recorder.clock ?? Date.now
  const allow = (most: number, what: string) =>
    createAllowance(most, () => options.warn(`more than ${most} ${what}; further ones are counted, not recorded`))
  const allowances = {
    changes: allow(mostNoted, 'changes of the tools'),
    refused: allow(mostNoted, 'messages that were not passed on'),
    questions: allow(mostAsked, 'questions of the server'),
    reads: allow(mostAsked, 'reads of resources and prompts'),
  }
  const inventory = createInventory(options.server)
  inventory.describe({
    transport: options.transport,
    ...(options.command === undefined ? {} : { command: options.command }),
    ...(options.url === undefined ? {} : { url: options.url }),
  })
  // Of its own for each use: the server, which sees the one, must not be able to guess the other.
  const tokenFor = (use: string): string => `agent-run-${digest(`${options.token} ${use}`).slice(7, 31)}`
  const toTheServer = createOwnRequests(tokenFor('server'), toServer)
  const toTheClient = createOwnRequests(tokenFor('client'), toClient)
  const listing = createListing({
    inventory,
    requests: toTheServer,
    meta: () => client.meta,
    onChange: noteChanges,
    warn: options.warn,
    prepare: getToKnowServer,
  })
  const run = (): Recorder => {
    recorder ??= beginSession(options, client, inventory, {
      policy: calls.policy,
      ask: calls.ask,
    })
    return recorder
  }
  const calls = createCalls({
    options,
    inventory,
    listing,
    requests: toTheClient,
    client: () => client,
    run,
    questions: allowances.questions,
    state: tokenFor('state'),
    toServer,
  })
  const reads = createReads(run, allowances.reads, options)
  /** Requests whose answer says something about the session. */
  const telling = new Map<string, string>()
  /** Answers that belong into the answer to a batch. */
  const gathered = new Map<string, Reply>()
  const questions = new Map<string, OpenInput>()
  /** Requests that the server has not answered, calls aside. */
  const open = new Set<string>()

  let isKnown = false

  /** Who the server is, where its client knows already: since 2026-07-28 nobody has to say it in every session. */
  function getToKnowServer(): Promise<void> | undefined {
    if (isKnown || !client.isStateless) return undefined
    isKnown = true
    const { meta, protocolVersion } = client
    if (protocolVersion !== undefined) inventory.describe({ protocol_version: protocolVersion })
    return toTheServer.request('server/discover', { _meta: meta }, { within: 2000 }).then(
      (result) => inventory.describe(readServerFacts(result)),
      () => options.warn('the server did not say who it is'),
    )
  }

  function noteChanges(changes: readonly ToolChange[]): void {
    // A server may replace its tools for ever; the record must not grow with it. What a step ran with, it says itself.
    if (!allowances.changes.take()) return
    const isBegun = recorder !== undefined
    const started = run()
    // A recorder that has just begun knows the list already.
    if (isBegun) started.update({ inventory: inventory.list(new Date(clock()).toISOString()) })
    const words = changes
      .slice(0, 20)
      .map(({ tool, change, members }) => `${tool}: ${change}${members ? ` (${members.join(', ')})` : ''}`)
    started.note('config_change', {
      input: `tools of ${options.server} changed: ${words.join('; ')}${changes.length > 20 ? ` and ${changes.length - 20} more` : ''}`,
      mcp_server: options.server,
      metadata: { mcp: { changes: changes.slice(0, 200) } },
    })
    if (changes.some(({ change }) => change === 'redefined'))
      options.warn('definitions of tools were replaced during the session; the record has both')
  }

  /** Something that is not passed on, whoever sent it. */
  const noteRefused = (side: 'client' | 'server', reason: string): void => {
    if (!allowances.refused.take()) return
    options.warn(`a message of the ${side} was not passed on: ${reason}`)
    run().note('error', {
      error: `a message of the ${side} was not passed on: ${reason}`,
      error_type: 'invalid_request',
    })
  }

  /** The record says what it lacks. */
  const noteLeft = (recorder: Recorder): void => {
    const left = Object.entries(allowances).flatMap(([what, { left: count }]) => (count > 0 ? [[what, count]] : []))
    if (left.length === 0) return
    const words = left.map(([what, count]) => `${what} ${count}`).join(', ')
    recorder.note('other', {
      input: `not recorded, beyond what a session may make: ${words}`,
      mcp_server: options.server,
      metadata: { mcp: { not_recorded: Object.fromEntries(left) } },
    })
  }

  const refuse = ({ id, code, reason, wantsAnswer }: RefusedMessage): void => {
    noteRefused('client', reason)
    if (wantsAnswer) toClient(errorAnswer(id, code, `not forwarded: ${reason}`))
  }

  const direct: Reply = { answer: toClient, drop: () => undefined }

  /** @param forward passes the message on as it is; a call goes its own way */
  const takeMessage = (
    message: ClientMessage,
    forward: () => void,
    reply: Reply,
    batch?: number,
  ): Promise<void> | undefined => {
    const { kind, id, method, members } = message
    const params = membersAt(members, 'params')
    hasWork ||= method !== 'server/discover' && method !== 'ping'
    if (kind === 'response') {
      if (toTheClient.take(id, members)) return undefined
      endQuestion(id, members)
      forward()
      return undefined
    }
    if (method === undefined) return undefined
    client = readClientFacts(method, params, client)
    if (kind === 'notification') {
      if (method !== 'notifications/cancelled' || withdraw(own(params, 'requestId'), textAt(params, 'reason')))
        forward()
      if (method === 'notifications/initialized') listing.refresh()
      return undefined
    }
    if (id === undefined) return undefined
    if (isOpen(id)) {
      reply.answer(errorAnswer(id, rpcErrors.request, `not forwarded: ${sameId}`))
      return undefined
    }
    if (method === 'tools/call') return calls.take(message, id, reply, batch)
    open.add(keyOfId(id))
    if (method === 'initialize' || method === 'server/discover' || method === 'tasks/cancel')
      telling.set(keyOfId(id), method === 'tasks/cancel' ? `task ${textAt(params, 'taskId') ?? ''}` : method)
    if (method === 'tools/list') listing.watch(id, params)
    if (method === 'tasks/result') calls.followTask(message, id, reply)
    reads.begin(id, method, params)
    forward()
    return undefined
  }

  /** Two requests of one id: whose answer an answer is, nobody could tell. */
  const isOpen = (id: RequestId): boolean => open.has(keyOfId(id)) || calls.holds(id)

  /** False if the server must not hear of it. */
  const withdraw = (id: unknown, reason: string | undefined): boolean => {
    if (isRequestId(id) && open.delete(keyOfId(id))) {
      // The server need not answer it any more; the rest of its batch must not wait.
      gathered.get(keyOfId(id))?.drop()
      gathered.delete(keyOfId(id))
    }
    return calls.withdraw(id, reason)
  }

  const takeBatch = async (messages: readonly ClientMessage[]): Promise<void> => {
    const ids = idsIn(messages)
    const replies = createBatch(ids, toClient)
    for (const message of messages) {
      const reply = message.id === undefined ? undefined : replies.get(keyOfId(message.id))
      if (
        reply !== undefined &&
        message.kind === 'request' &&
        message.method !== 'tools/call' &&
        message.id !== undefined
      )
        gathered.set(keyOfId(message.id), reply)
      // One by one, each as it was written: what is refused is then simply not among them.
      await takeMessage(message, () => toServer(message.text), reply ?? direct, messages.length)
    }
  }

  const endQuestion = (id: unknown, answer: Members): void => {
    if (!isRequestId(id)) return
    const error = membersAt(answer, 'error')
    questions.get(keyOfId(id))?.end(membersAt(answer, 'result'), textAt(error, 'message'))
    questions.delete(keyOfId(id))
  }

  /** Takes what the server says in answer to a client's request. */
  const takeAnswer = (id: unknown, answer: Members, payload: Payload, pass: () => void): void => {
    if (!isRequestId(id)) {
      pass()
      return
    }
    if (calls.answer(id, answer, payload)) return
    const key = keyOfId(id)
    open.delete(key)
    if (calls.holds(id)) {
      noteRefused('server', 'it answers a call that the server was not sent')
      return
    }
    const told = telling.get(key)
    const result = membersAt(answer, 'result')
    telling.delete(key)
    if (result !== undefined && told?.startsWith('task ')) calls.cancelTask(told.slice(5))
    else if (result !== undefined && told !== undefined) {
      isKnown = true
      inventory.describe(readServerFacts(result))
    }
    if (result !== undefined) listing.take(id, result)
    reads.end(id, answer)
    const reply = gathered.get(key)
    gathered.delete(key)
    if (reply === undefined) pass()
    else reply.answer(payload)
  }

  /** @param pass gives the message to the client as it is */
  const takeFromServer = (members: Members, payload: Payload, pass: () => void): void => {
    const [id, method] = [own(members, 'id'), textAt(members, 'method')]
    if (method === undefined) {
      if (!toTheServer.take(id, members)) takeAnswer(id, members, payload, pass)
      return
    }
    const params = membersAt(members, 'params')
    if (isRequestId(id)) {
      const question = beginInput({ run, questions: allowances.questions }, method, params)
      if (question !== undefined) questions.set(keyOfId(id), question)
    } else if (method === 'notifications/tools/list_changed') listing.refresh()
    else if (method === 'notifications/progress') calls.progress(own(params, 'progressToken'))
    pass()
  }

  /** A batch of the server is passed on whole, unless something in it is not for the client, or not for it like that. */
  const takeBatchFromServer = (messages: readonly Members[], line: Uint8Array): void => {
    const isMixed = messages.some((each) => {
      const id = own(each, 'id')
      return (
        own(each, 'method') === undefined &&
        (toTheServer.owns(id) || (isRequestId(id) && calls.holds(id)) || (isRequestId(id) && gathered.has(keyOfId(id))))
      )
    })
    for (const each of messages) {
      const text = JSON.stringify(each)
      takeFromServer(each, text, isMixed ? () => toClient(text) : () => undefined)
    }
    if (!isMixed) toClient(line)
  }

  return {
    fromClient(line) {
      if (isOver) return undefined
      const read = readClientLine(line)
      if (read.kind === 'blank') return undefined
      if (read.kind === 'refused') {
        refuse(read.refused)
        return undefined
      }
      if (read.kind === 'single') return takeMessage(read.message, () => toServer(line), direct)
      const ids = idsIn(read.messages)
      if (new Set(ids.map(keyOfId)).size < ids.length || ids.some(isOpen)) {
        refuse({ id: null, code: rpcErrors.request, reason: `message of a batch: ${sameId}`, wantsAnswer: true })
        return undefined
      }
      const hasCall = read.messages.some(({ method }) => method === 'tools/call')
      if (hasCall) return takeBatch(read.messages)
      // Nothing in it is judged: it is passed on whole, and so is its answer.
      for (const message of read.messages) takeMessage(message, () => undefined, direct)
      toServer(line)
      return undefined
    },
    fromServer(line) {
      if (isOver) return
      const text = decoder.decode(line)
      if (text.trim() === '') return
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        return noteRefused('server', 'it is no JSON')
      }
      if (isMembers(value)) return takeFromServer(value, line, () => toClient(line))
      if (!Array.isArray(value) || value.length === 0 || !value.every(isMembers))
        return noteRefused('server', 'it is no message')
      takeBatchFromServer(value, line)
    },
    get isJudging() {
      return calls.areJudged
    },
    get isOwed() {
      return open.size > 0 || calls.areOwed
    },
    get isIdle() {
      return open.size === 0 && !calls.areOpen
    },
    refuse(side, reason) {
      noteRefused(side, reason)
      if (side === 'client') toClient(errorAnswer(null, -32700, `not forwarded: ${reason}`))
    },
    async end(end) {
      isOver = true
      calls.close('the session ended before the server had answered')
      toTheServer.close()
      toTheClient.close()
      if (recorder === undefined && !hasWork) return undefined
      const started = run()
      noteLeft(started)
      // What just ended is recorded before the run is.
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
      return { record: await started.end(end), recorder: started }
    },
  }
}
