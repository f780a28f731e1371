import { asArray, asObject, asString, type Json } from './json.ts'
import { unwrap } from './json-text.ts'

/** A call that a model asked for. */
export interface Ask {
  readonly id: string | undefined
  readonly name: string
  readonly arguments: unknown
}

/** What a message of a conversation says, whatever framework wrote it. */
export interface Said {
  readonly role: 'user' | 'assistant' | 'system' | 'tool' | undefined
  readonly text: string | undefined
  readonly reasoning: string | undefined
  readonly hasReasoning: boolean
  readonly asks: readonly Ask[]
  /** Of a result: the call that it answers. */
  readonly answers: string | undefined
}

const roles: Readonly<Record<string, Said['role']>> = {
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  system: 'system',
  developer: 'system',
  tool: 'tool',
  function: 'tool',
}

const roleOf = (json: Json): Said['role'] => {
  for (const name of [json.role, json.type]) {
    const key = asString(name)?.toLowerCase()
    if (key !== undefined && Object.hasOwn(roles, key)) return roles[key]
  }
  return undefined
}

/** Reads a message. */
export function readMessage(value: unknown): Said {
  const json = asObject(value)
  if (!json) return { ...nothing, text: asString(value) }
  const type = asString(json.type)
  if (type === 'function_call')
    return { ...nothing, role: 'assistant', asks: [askOf({ ...json, id: json.call_id ?? json.id })] }
  if (type === 'function_call_output')
    return { ...nothing, role: 'tool', text: textOf(json.output), answers: asString(json.call_id) }
  const parts = readParts(json.content)
  const kwargs = asObject(json.additional_kwargs)
  const given = asArray(json.tool_calls) ?? asArray(kwargs?.tool_calls) ?? []
  return {
    ...parts,
    role: roleOf(json),
    asks: [
      ...parts.asks,
      ...given
        .map(asObject)
        .filter((call) => call !== undefined)
        .map(askOf),
    ],
    answers: asString(json.tool_call_id),
  }
}

const nothing: Said = {
  role: undefined,
  text: undefined,
  reasoning: undefined,
  hasReasoning: false,
  asks: [],
  answers: undefined,
}

/** The call of a list of calls, as OpenAI, LangChain or Anthropic write it. */
function askOf(call: Json): Ask {
  const definition = asObject(call.function)
  return {
    id: asString(call.id) ?? asString(call.tool_call_id),
    name: asString(definition?.name) ?? asString(call.name) ?? 'unknown',
    arguments: unwrap(definition?.arguments ?? call.arguments ?? call.args ?? call.input),
  }
}

function readParts(content: unknown): Said {
  const parts = asArray(content)
  if (!parts) return { ...nothing, text: textOf(content) }
  const texts: string[] = []
  const thoughts: string[] = []
  const asks: Ask[] = []
  let hasReasoning = false
  for (const part of parts) {
    const json = asObject(part)
    const type = asString(json?.type)
    if (json && (type === 'tool_use' || type === 'tool-call')) asks.push(askOf(json))
    else if (json && (type === 'thinking' || type === 'reasoning')) {
      hasReasoning = true
      const thought = asString(json.thinking) ?? asString(json.reasoning) ?? asString(json.text)
      if (thought) thoughts.push(thought)
    } else {
      const text = asString(json ? json.text : part)
      if (text) texts.push(text)
    }
  }
  return {
    ...nothing,
    text: texts.length > 0 ? texts.join('\n') : undefined,
    reasoning: thoughts.length > 0 ? thoughts.join('\n') : undefined,
    hasReasoning,
    asks,
  }
}

/** The text of a content; an object that is none is shown as JSON. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return asString(content)
  if (content === undefined || content === null) return undefined
  try {
    return JSON.stringify(content)?.slice(0, 16_384)
  } catch {
    return undefined
  }
}

/** The conversation that an input holds: a list of messages, an object with one, or a single message. */
export function conversationOf(input: unknown): readonly unknown[] {
  const value = unwrap(input)
  const list = asArray(value)
  if (list) return list
  const json = asObject(value)
  if (!json) return typeof value === 'string' && value !== '' ? [{ role: 'user', content: value }] : []
  const inner = asArray(unwrap(json.messages)) ?? asArray(unwrap(json.input))
  if (inner) return inner
  const question = asString(json.prompt) ?? asString(json.input) ?? asString(json.query) ?? asString(json.question)
  if (question !== undefined && json.role === undefined) return [{ role: 'user', content: question }]
  // Some instrumentations lose the role; whose words they are, nobody can say.
  return json.content === undefined || roleOf(json) === undefined ? [] : [json]
}

/** The answer that an output holds: the last message of the model, and all calls it asked for. */
export function answerOf(output: unknown): Said {
  const value = unwrap(output)
  const json = asObject(value)
  const items =
    asArray(value) ??
    asArray(json?.output) ??
    asArray(json?.messages) ??
    asArray(json?.choices)?.map((choice) => asObject(choice)?.message)
  if (!items) return readMessage(value)
  const said = items.map((item) => readMessage(unwrap(item)))
  // What stands before the last words of anybody else is history.
  const from = said.findLastIndex(({ role }) => role === 'user' || role === 'tool') + 1
  const own = said.slice(from)
  const texts = own.flatMap(({ text }) => text ?? [])
  return {
    role: 'assistant',
    text: texts.length > 0 ? texts.join('\n') : undefined,
    reasoning: own.flatMap(({ reasoning }) => reasoning ?? []).join('\n') || undefined,
    hasReasoning:
      own.some(({ hasReasoning }) => hasReasoning) || items.some((item) => asObject(item)?.type === 'reasoning'),
    asks: own.flatMap(({ asks }) => asks),
    answers: undefined,
  }
}
