import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { parsed } from '../../conversion/json-text.ts'
import type { Attributes, Span } from './span.ts'
import { unflatten } from './unflatten.ts'

/** A call of a tool that a model asked for. */
export interface RequestedCall {
  readonly id: string | undefined
  readonly name: string
  readonly arguments: unknown
}

/** What a prompt says about the result of an earlier call. */
export interface ReturnedResult {
  readonly id: string
  readonly result: unknown
  /** The AI SDK says so where a person or a rule refused the call. */
  readonly isDenied: boolean
  readonly reason: string | undefined
}

/** A message, reduced to what a record says of it. */
export interface Message {
  readonly role: string | undefined
  /** Words, without reasoning. */
  readonly text: string
  readonly calls: readonly RequestedCall[]
  readonly results: readonly ReturnedResult[]
  /** Whether there is anything but words in it. */
  readonly isMixed: boolean
  readonly source: unknown
}

const inputAttributes = ['gen_ai.input.messages', 'ai.prompt.messages', 'gen_ai.prompt', 'ai.prompt']
const inputPrefixes = ['llm.input_messages', 'gen_ai.prompt', 'llm.prompts']
const outputAttributes = ['gen_ai.output.messages', 'gen_ai.completion']
const outputPrefixes = ['llm.output_messages', 'gen_ai.completion', 'llm.completions']

/** The messages that went in, from attributes or events, whoever wrote them. */
export const inputMessages = (span: Span): Message[] =>
  fromAttributes(span.attributes, inputAttributes, inputPrefixes) ?? fromEvents(span, 'input')

/** The messages that came out. */
export const outputMessages = (span: Span): Message[] =>
  fromAttributes(span.attributes, outputAttributes, outputPrefixes) ??
  aiSdkAnswer(span.attributes) ??
  fromEvents(span, 'output')

function fromAttributes(
  attributes: Attributes,
  whole: readonly string[],
  prefixes: readonly string[],
): Message[] | undefined {
  for (const name of whole) {
    const messages = listOf(parsed(attributes.get(name)))
    if (messages.length > 0) return messages
  }
  for (const prefix of prefixes) {
    const messages = listOf(unflatten(attributes, prefix))
    if (messages.length > 0) return messages
  }
  return undefined
}

/** A list of messages; the AI SDK wraps it in an object or writes one prompt as a text. */
function listOf(value: unknown): Message[] {
  const object = asObject(value)
  const list = asArray(value) ?? asArray(object?.messages) ?? (object?.prompt === undefined ? undefined : [object])
  if (!list) return typeof value === 'string' && value !== '' ? [plain('user', value)] : []
  return list.flatMap((item) => {
    const json = asObject(item)
    if (!json) return typeof item === 'string' && item !== '' ? [plain('user', item)] : []
    const inner = asObject(json.message) ?? json
    return [readMessage(inner)]
  })
}

const plain = (role: string, text: string): Message => ({
  role,
  text: text.toWellFormed(),
  calls: [],
  results: [],
  isMixed: false,
  source: text,
})

function readMessage(json: Json): Message {
  const role = asString(json.role)
  const parts =
    asArray(json.parts) ??
    asArray(json.content) ??
    asArray(json.contents)?.map((part) => asObject(asObject(part)?.message_content) ?? part) ??
    []
  const single =
    typeof json.content === 'string' ? json.content : typeof json.prompt === 'string' ? json.prompt : undefined
  const texts: string[] = single ? [single.toWellFormed()] : []
  const calls: RequestedCall[] = []
  const results: ReturnedResult[] = []
  let isMixed = false
  for (const part of parts) {
    const object = asObject(part)
    const type = asString(object?.type)
    const call = object && callOf(object)
    const result = object && resultOf(object)
    const words = typeof part === 'string' ? part : type === 'text' || type === undefined ? textIn(object) : undefined
    if (words !== undefined) texts.push(words.toWellFormed())
    else isMixed = true
    if (call) calls.push(call)
    if (result) results.push(result)
  }
  for (const entry of asArray(parsed(json.tool_calls)) ?? []) {
    const object = asObject(entry)
    const call = object && callOf(asObject(object.tool_call) ?? object)
    if (call) calls.push(call)
    isMixed = true
  }
  const answered = asString(json.tool_call_id)
  if (answered !== undefined && results.length === 0)
    results.push({ id: answered, result: single ?? json.content, isDenied: false, reason: undefined })
  return { role, text: texts.join('\n'), calls, results, isMixed, source: json }
}

const textIn = (json: Json | undefined): string | undefined => asString(json?.content) ?? asString(json?.text)

const callTypes = new Set(['tool_call', 'tool-call', 'tool_use', 'function', 'server_tool_call', undefined])

function callOf(json: Json): RequestedCall | undefined {
  if (!callTypes.has(asString(json.type))) return undefined
  const described = asObject(json.function) ?? {}
  const name = asString(json.name) ?? asString(json.toolName) ?? asString(described.name)
  if (name === undefined) return undefined
  return {
    id: asString(json.id) ?? asString(json.toolCallId) ?? asString(json.tool_call_id),
    name,
    arguments: json.arguments ?? json.input ?? json.args ?? described.arguments,
  }
}

const resultTypes = new Set(['tool_call_response', 'tool-result', 'tool_result'])

function resultOf(json: Json): ReturnedResult | undefined {
  if (!resultTypes.has(asString(json.type) ?? '')) return undefined
  const id = asString(json.id) ?? asString(json.toolCallId) ?? asString(json.tool_use_id)
  if (id === undefined) return undefined
  const output = asObject(json.output)
  return {
    id,
    result: json.response ?? json.result ?? output?.value ?? json.output ?? json.content,
    isDenied: output?.type === 'execution-denied',
    reason: output?.type === 'execution-denied' ? asString(output.reason) : undefined,
  }
}

/** The answer of a model as the AI SDK writes it: text, reasoning and calls each in an attribute. */
function aiSdkAnswer(attributes: Attributes): Message[] | undefined {
  const of = (...names: readonly string[]): unknown => names.map((name) => attributes.get(name)).find((value) => value)
  const text = of('ai.response.text', 'ai.result.text')
  const object = of('ai.response.object', 'ai.result.object')
  const calls = asArray(parsed(of('ai.response.toolCalls', 'ai.result.toolCalls'))) ?? []
  const reasoning = of('ai.response.reasoning')
  if (text === undefined && object === undefined && calls.length === 0 && reasoning === undefined) return undefined
  return [
    readMessage({
      role: 'assistant',
      parts: [
        ...(reasoning === undefined ? [] : [{ type: 'reasoning', content: reasoning }]),
        ...(text === undefined && object === undefined ? [] : [{ type: 'text', content: text ?? object }]),
        ...calls.flatMap((call) => {
          const json = asObject(call)
          return json ? [{ ...json, type: 'tool_call' }] : []
        }),
      ],
    }),
  ]
}

const roles: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
])

/** Messages in events: one event each, as it was until 2025, or all of them in one event. */
function fromEvents({ events }: Span, side: 'input' | 'output'): Message[] {
  const found: Message[] = []
  for (const { name, attributes } of events) {
    const whole = fromAttributes(attributes, side === 'input' ? inputAttributes : outputAttributes, [])
    if (whole) {
      for (const item of whole) found.push(item)
      continue
    }
    const isOutput = name === 'gen_ai.choice'
    if (isOutput !== (side === 'output') || !(isOutput || roles.has(name))) continue
    const body = asObject(parsed(attributes.get('gen_ai.event.content') ?? attributes.get('body')))
    const json = body ?? Object.fromEntries(attributes)
    const message = asObject(parsed(json.message)) ?? json
    const id = asString(message.id)
    found.push(
      readMessage({
        role: roles.get(name) ?? 'assistant',
        ...message,
        ...(name === 'gen_ai.tool.message' && id !== undefined ? { tool_call_id: id } : {}),
      }),
    )
  }
  return found
}

/** What a text says where every text is JSON: the AI SDK quotes texts, too. */
export function parsedWhole(value: unknown): unknown {
  const text = typeof value === 'string' && value.startsWith('"') ? parsed(`[${value}]`) : undefined
  return Array.isArray(text) && text.length === 1 ? text[0] : parsed(value)
}

/** What messages say as one value for a preview: words alone, or everything where there is more. */
export function contentOf(messages: readonly Message[]): unknown {
  if (messages.length === 0) return undefined
  if (messages.some(({ isMixed }) => isMixed)) return messages.map(({ source }) => source)
  return (
    messages
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('\n') || undefined
  )
}

/** The last words of the user among messages. */
export const lastUserText = (messages: readonly Message[]): string | undefined =>
  messages.filter(({ role, text }) => (role === 'user' || role === undefined) && text !== '').at(-1)?.text
