import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'

/** A member by its Python name (`call_id`), or by the name that the JavaScript SDK gives it (`callId`). */
export function member(json: Json | undefined, name: string): unknown {
  if (json === undefined) return undefined
  if (Object.hasOwn(json, name)) return json[name]
  const camel = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return Object.hasOwn(json, camel) ? json[camel] : undefined
}

/** The same, if it is a string that is not empty. */
export const textMember = (json: Json | undefined, name: string): string | undefined => asString(member(json, name))

/** The same, if it is an object. */
export const objectMember = (json: Json | undefined, name: string): Json | undefined => asObject(member(json, name))

/** Objects in a list that is a member; none if it is no list. */
export const objectsIn = (json: Json | undefined, name: string): Json[] =>
  (asArray(member(json, name)) ?? []).flatMap((entry): Json[] => {
    const json = asObject(entry)
    return json ? [json] : []
  })

/** What a message says: a string, or its parts that are text. */
export function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return asString(content)
  const texts = (asArray(content) ?? []).flatMap((part) => {
    const json = asObject(part)
    return asString(json ? (json.text ?? json.refusal) : part) ?? []
  })
  return texts.length > 0 ? texts.join('\n') : undefined
}

/** What the user said last, in the input of a run or of a model: a string, or a list of items. */
export function lastUserText(input: unknown): string | undefined {
  if (typeof input === 'string') return asString(input)
  for (const item of [...(asArray(input) ?? [])].reverse()) {
    const json = asObject(item)
    const text = json?.role === 'user' ? textOf(json.content) : undefined
    if (text !== undefined) return text
  }
  return undefined
}

/** What a model said, if it said only words: items of the Responses API, or messages. */
export function answerOf(output: unknown): string | undefined {
  const texts = (asArray(output) ?? []).map((entry) => {
    const item = asObject(entry)
    return item?.role === 'assistant' && !item.tool_calls ? textOf(item.content) : undefined
  })
  return texts.length > 0 && texts.every((text) => text !== undefined) ? texts.join('\n') : undefined
}
