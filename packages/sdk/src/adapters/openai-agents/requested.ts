import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { objectMember, objectsIn, textMember, textOf } from './members.ts'
import { type RawCall, readCall } from './raw-items.ts'
import { agentAbove, type Span } from './spans.ts'

/** A call that a model asked for, and the span that executed it, if one did. */
export interface Requested {
  readonly call: RawCall
  /** The span of the request. */
  readonly by: Span
  readonly executed: Span | undefined
  /** What a model was told later as its result, in the input of a generation. */
  readonly told: string | undefined
  /** Spans of the same call that ended without a result because somebody had to be asked first. */
  readonly waited: readonly Span[]
}

/** What a span of a request to a model holds: a generation its input and output, a response only what a processor adds. */
export function requestOf({ data }: Span): {
  readonly input: unknown
  readonly output: unknown
  readonly response: Json | undefined
} {
  const response = asObject(data._response) ?? asObject(data.response)
  return { input: data.input ?? data._input, output: data.output ?? response?.output, response }
}

/** Finds, for every call that a model asked for, the span that executed it: the same name and arguments, after the request. */
export function matchCalls(spans: readonly Span[]): Requested[] {
  const executions = new Executions(spans)
  const told = resultsTold(spans)
  return spans.flatMap((by, at) => {
    if (!isRequest(by)) return []
    const agent = asString(agentAbove(by)?.data.name)
    return callsIn(requestOf(by).output).map((call): Requested => {
      const executed = executions.take(at, agent, call)
      const again = executed && executions.takeAgain(agent, executed, call)
      return {
        call,
        by,
        executed: again ?? executed,
        waited: executed && again ? [executed] : [],
        told: call.callId === undefined ? undefined : told.get(call.callId),
      }
    })
  })
}

const isRequest = ({ type }: Span): boolean => type === 'generation' || type === 'response'

/** A span and its place in the order of beginning. */
interface Placed {
  readonly span: Span
  readonly at: number
}

/** Spans that executed calls; each is taken once, in the order in which they began. */
class Executions {
  /** By agent, name and arguments; those whose arguments are not traced under no arguments. */
  readonly #queues = new Map<string, Placed[]>()
  readonly #heads = new Map<string, number>()
  readonly #rejected = new Map<string, Placed>()
  /** The first request of each agent: calls that it took up again stand before. */
  readonly #firstRequest = new Map<Span, number>()

  constructor(spans: readonly Span[]) {
    for (const [at, span] of spans.entries()) {
      const agent = agentAbove(span)
      if (isRequest(span) && agent && !this.#firstRequest.has(agent)) this.#firstRequest.set(agent, at)
      const name = executedName(span)
      if (name === undefined) continue
      const rejected = rejectedCall(span)
      if (rejected !== undefined && !this.#rejected.has(rejected)) {
        this.#rejected.set(rejected, { span, at })
        continue
      }
      const key = keyOf(asString(agent?.data.name), name, span.type === 'handoff' ? undefined : span.data.input)
      const queue = this.#queues.get(key)
      if (queue) queue.push({ span, at })
      else this.#queues.set(key, [{ span, at }])
    }
  }

  /** Takes the first span that executed a call which was asked for at this place. */
  take(after: number, agent: string | undefined, call: RawCall): Span | undefined {
    const rejected = call.callId === undefined ? undefined : this.#rejected.get(call.callId)
    if (rejected && call.callId !== undefined) {
      this.#rejected.delete(call.callId)
      return rejected.span
    }
    for (const key of keysOf(agent, call)) {
      const queue = this.#queues.get(key) ?? []
      let head = this.#heads.get(key) ?? 0
      // Requests come in order: what began before this one belongs to none that follows.
      while (head < queue.length && (queue[head]?.at ?? 0) <= after) head++
      const found = queue[head]
      this.#heads.set(key, found ? head + 1 : head)
      if (found) return found.span
    }
    return undefined
  }

  /**
   * Takes the span in which a call ran that had to be approved: Python traces it as it waits, without a result, and
   * again in the agent that takes it up, before that asks its model.
   */
  takeAgain(agent: string | undefined, waited: Span, call: RawCall): Span | undefined {
    if (waited.type !== 'function' || hasResult(waited)) return undefined
    const key = keyOf(agent, `function ${call.name}`, waited.data.input)
    const head = this.#heads.get(key) ?? 0
    const next = this.#queues.get(key)?.[head]
    const owner = next && agentAbove(next.span)
    if (!next || !owner || owner === agentAbove(waited) || next.at > (this.#firstRequest.get(owner) ?? next.at))
      return undefined
    this.#heads.set(key, head + 1)
    return next.span
  }
}

const keysOf = (agent: string | undefined, { name, arguments: given }: RawCall): string[] => [
  keyOf(agent, `function ${name}`, given),
  // A trace may leave arguments out, since they are sensitive.
  keyOf(agent, `function ${name}`, undefined),
  keyOf(agent, `handoff ${plain(name)}`, undefined),
]

const keyOf = (agent: string | undefined, name: string, given: unknown): string =>
  JSON.stringify([agent ?? null, name, typeof given === 'string' ? given : ''])

/** Results of calls in the input of later requests, by the id of the call; the last input of each agent holds all of them. */
function resultsTold(spans: readonly Span[]): Map<string, string> {
  const told = new Map<string, string>()
  const last = new Map<string | undefined, Span>()
  for (const span of spans) if (span.type === 'generation') last.set(agentAbove(span)?.id, span)
  for (const span of last.values())
    for (const entry of asArray(requestOf(span).input) ?? []) {
      const item = asObject(entry)
      const isResult = item?.type === 'function_call_output' || item?.role === 'tool'
      const id = isResult ? (textMember(item, 'call_id') ?? textMember(item, 'tool_call_id')) : undefined
      const text = textOf(item?.output ?? item?.content)
      if (id !== undefined && text !== undefined) told.set(id, text)
    }
  return told
}

/** Whether a call came to an end: what returned nothing, and what still waits, are traced alike, as null or empty. */
export const hasResult = ({ data, error }: Span): boolean =>
  ((data.output ?? undefined) !== undefined && data.output !== '') || error !== undefined

/** The call that the SDK says was rejected, in a fixed sentence of its error. */
export function rejectedCall({ error }: Span): string | undefined {
  const detail = asString(asObject(error?.data)?.error)
  return /^Tool execution for (.{1,256}) was manually rejected by user\.$/.exec(detail ?? '')?.[1]
}

function executedName({ type, data }: Span): string | undefined {
  const name = asString(type === 'handoff' ? data.to_agent : data.name)
  if (name === undefined) return undefined
  return type === 'handoff' ? `handoff ${plain(name)}` : type === 'function' ? `function ${name}` : undefined
}

/** The name of an agent as the name of a tool that hands over to it is made of. */
const plain = (name: string): string =>
  name
    .replace(/^transfer_to_/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '_')

/** Calls in what a model put out: items of the Responses API, or messages with `tool_calls`. */
function callsIn(output: unknown): RawCall[] {
  return (asArray(output) ?? []).flatMap((entry) => {
    const item = asObject(entry)
    if (!item) return []
    if (item.type === 'function_call') return [readCall(item)]
    return objectsIn(item, 'tool_calls').flatMap((call) => {
      const of = objectMember(call, 'function')
      const name = textMember(of, 'name')
      return name ? [{ name, callId: asString(call.id), arguments: of?.arguments, server: undefined }] : []
    })
  })
}
