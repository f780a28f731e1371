import { locate, readJson } from '@agent-run/core'
import { foldName } from '../policy/index.ts'
import { isMembers, isRequestId, type Members, own, type RequestId, rpcErrors } from './json-rpc.ts'

/** One message of a client, read so strictly that every server reads the same in it, or refuses it. */
export interface ClientMessage {
  readonly kind: 'request' | 'notification' | 'response'
  /** Of a request and a response. */
  readonly id?: RequestId
  readonly method?: string
  readonly members: Members
  /** The message as it was written, without the line end. */
  readonly text: string
}

/** A message that is not passed on, and what its sender is told. */
export interface RefusedMessage {
  /** Its identifier, as far as one can be made out; `null` where none can. */
  readonly id: RequestId | null
  readonly code: number
  /** What was found and what was expected; nothing of the message is quoted. */
  readonly reason: string
  /** Whether its sender waits for an answer: something without a method was an answer itself. */
  readonly wantsAnswer: boolean
}

/** What a line of a client is. */
export type ClientLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'refused'; readonly refused: RefusedMessage }
  | { readonly kind: 'single'; readonly message: ClientMessage }
  | { readonly kind: 'batch'; readonly messages: readonly ClientMessage[] }

/** Members of a message that decide what it does, and what a tool call is made of. */
const deciding = ['jsonrpc', 'id', 'method', 'params', 'result', 'error']
const decidingParams = ['name', 'arguments', '_meta', 'task', 'inputResponses', 'requestState']

/** Most messages in a batch. */
const mostInBatch = 1000

const carriageReturn = 0x0d

/**
 * Reads one line of a client. Whatever two programs could read differently is refused, because a call that is judged must be
 * the call that is run: bytes that are not UTF-8, a byte order mark, two members of one name, half a surrogate pair, numbers
 * that not every program holds exactly, a second value behind the first, a carriage return inside the line (some readers end
 * a line there), deep nesting, names that some readers take for `method` or `params` though they are written otherwise, an
 * answer that is a request too.
 *
 * @param line without its line feed
 */
export function readClientLine(line: Uint8Array): ClientLine {
  if (isBlank(line)) return { kind: 'blank' }
  const end = line.at(-1) === carriageReturn ? line.length - 1 : line.length
  if (line.subarray(0, end).includes(carriageReturn))
    return refuse(line, rpcErrors.parse, 'found a carriage return inside a message; expected one message on one line')
  const read = readJson(line)
  if (!read.ok) return refuse(line, rpcErrors.parse, `${read.finding.message} (${read.finding.code})`)
  const { value, text } = read
  if (!Array.isArray(value)) {
    const message = messageOf(value, text)
    return 'reason' in message ? { kind: 'refused', refused: message } : { kind: 'single', message }
  }
  if (value.length === 0 || value.length > mostInBatch)
    return refuse(line, rpcErrors.request, `found a batch of ${value.length} messages; expected 1 to ${mostInBatch}`)
  const places = locate(
    text,
    value.map((_, index) => `/${index}`),
  )
  const messages: ClientMessage[] = []
  for (const [index, each] of value.entries()) {
    const place = places.get(`/${index}`)?.value
    const message = messageOf(each, place === undefined ? '' : text.slice(place.start, place.end))
    // A batch is one request to be met or not: none of it is passed on.
    if ('reason' in message)
      return {
        kind: 'refused',
        refused: { ...message, reason: `message ${index + 1} of the batch: ${message.reason}` },
      }
    messages.push(message)
  }
  return { kind: 'batch', messages }
}

const isBlank = (line: Uint8Array): boolean =>
  line.every((byte) => byte === 0x20 || byte === 0x09 || byte === carriageReturn)

function messageOf(value: unknown, text: string): ClientMessage | RefusedMessage {
  const wrong = (reason: string, code: number = rpcErrors.request): RefusedMessage => ({
    ...about(value),
    code,
    reason,
  })
  if (!isMembers(value)) return wrong('found no object; expected a JSON-RPC message')
  const double = lookalike(value, deciding)
  if (double !== undefined)
    return wrong(`found a member that some readers take for "${double}"; expected the exact name`)
  if (own(value, 'jsonrpc') !== '2.0') return wrong('found no "jsonrpc": "2.0"')
  const [id, method] = [own(value, 'id'), own(value, 'method')]
  const isAnswer = Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error')
  if (!Object.hasOwn(value, 'method')) {
    if (!isAnswer) return wrong('found neither a method nor a result nor an error')
    if (Object.hasOwn(value, 'params')) return wrong('found params in an answer')
    if (!isRequestId(id)) return wrong('found an answer without the id of a request')
    return { kind: 'response', id, members: value, text }
  }
  if (isAnswer) return wrong('found a message that is a request and an answer at once')
  if (typeof method !== 'string') return wrong('found a method that is no text')
  const odd = oddMethod(method)
  if (odd !== undefined) return wrong(odd, rpcErrors.method)
  const isCall = method === 'tools/call'
  if (!Object.hasOwn(value, 'id')) {
    if (isCall) return wrong('found a tool call without id, which nobody could answer; expected a request')
    return { kind: 'notification', method, members: value, text }
  }
  if (!isRequestId(id)) return wrong('found an id that is neither a text nor a whole number')
  if (isCall) {
    const unsound = unsoundCall(own(value, 'params'))
    if (unsound !== undefined) return wrong(unsound, rpcErrors.params)
  }
  return { kind: 'request', id, method, members: value, text }
}

/** What is wrong with a method that could be taken for another one. */
const oddMethod = (method: string): string | undefined => {
  const plain = foldName(method)
    .replace(/[\\/]+/g, '/')
    .replace(/^\/|\/$/g, '')
  if (!plain.startsWith('tools/') || method === 'tools/call' || method === 'tools/list') return undefined
  return 'found a method that is, or could be taken for, another one about tools; expected "tools/list" or "tools/call"'
}

/** What is wrong with the params of a tool call. */
const unsoundCall = (params: unknown): string | undefined => {
  if (!isMembers(params)) return 'found a tool call without an object as params'
  const double = lookalike(params, decidingParams)
  if (double !== undefined)
    return `found a member of params that some readers take for "${double}"; expected the exact name`
  const name = own(params, 'name')
  if (typeof name !== 'string' || name === '' || name.length > 1000)
    return 'found a tool call without the name of a tool as a text of 1 to 1,000 characters'
  if (Object.hasOwn(params, 'arguments') && !isMembers(params['arguments']))
    return 'found arguments of a tool call that are no object'
  return undefined
}

/** The name that a member could be taken for by a reader that ignores case, though it is not written so. */
const lookalike = (members: Members, names: readonly string[]): string | undefined => {
  for (const name of Object.keys(members)) {
    if (names.includes(name)) continue
    const folded = foldName(name)
    const meant = names.find((each) => foldName(each) === folded)
    if (meant !== undefined) return meant
  }
  return undefined
}

/** Whom to answer, where an identifier can be made out. It only ever goes back to its sender. */
const about = (value: unknown): Pick<RefusedMessage, 'id' | 'wantsAnswer'> => {
  const members = isMembers(value) ? value : undefined
  const id = own(members, 'id')
  const isAnswer =
    members !== undefined &&
    !Object.hasOwn(members, 'method') &&
    (Object.hasOwn(members, 'result') || Object.hasOwn(members, 'error'))
  return { id: isRequestId(id) ? id : null, wantsAnswer: !isAnswer }
}

const refuse = (line: Uint8Array, code: number, reason: string): ClientLine => {
  let value: unknown
  try {
    // Longer ones are not looked at twice.
    if (line.length <= 1_048_576)
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(line))
  } catch {
    // Then nobody can be named.
  }
  return { kind: 'refused', refused: { ...about(value), code, reason } }
}
