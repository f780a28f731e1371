import type { ContentRef } from '@agent-run/types'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'

/** What a message says. */
export interface Said {
  readonly text: string | undefined
  readonly reasoning: string | undefined
  readonly hasReasoning: boolean
  /** Images, sound and so on; they are part of the log and not kept. */
  readonly refs: ContentRef[]
}

/** Texts that the log keeps apart, by their hash. */
export type Attachments = ReadonlyMap<string, string>

/** The texts that a sample keeps apart: `attachments`, in the oldest logs `transcript.content`. */
export function readAttachments(sample: Json): Attachments {
  const kept = { ...asObject(asObject(sample.transcript)?.content), ...asObject(sample.attachments) }
  return new Map(Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

const reference = /^(?:attachment|tc):\/\/([0-9a-f]{8,128})$/

/** A text, or the one it refers to. */
export function resolveText(value: unknown, attachments: Attachments): string | undefined {
  const text = asString(value)
  const hash = text === undefined ? undefined : reference.exec(text)?.[1]
  return asString((hash === undefined ? undefined : attachments.get(hash)) ?? text)
}

/** A value in which every reference is replaced by its text, as far as it can matter for a preview. */
export function resolveDeep(value: unknown, attachments: Attachments, depth = 0): unknown {
  if (typeof value === 'string') return resolveText(value, attachments) ?? value
  if (depth > 8 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.slice(0, 200).map((item) => resolveDeep(item, attachments, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, resolveDeep(member, attachments, depth + 1)]),
  )
}

const mediaTypes: Readonly<Record<string, string>> = { image: 'image/*', audio: 'audio/*', video: 'video/*' }

/** Reads the content of a message: a text, or a list of parts. */
export function readContent(content: unknown, attachments: Attachments): Said {
  const parts = asArray(content)
  if (!parts) return { text: resolveText(content, attachments), reasoning: undefined, hasReasoning: false, refs: [] }
  const texts: string[] = []
  const thoughts: string[] = []
  const refs: ContentRef[] = []
  let hasReasoning = false
  for (const part of parts) {
    const json = asObject(part)
    const type = asString(json?.type)
    if (type === 'reasoning') {
      hasReasoning = true
      const thought = json?.redacted === true ? undefined : resolveText(json?.reasoning, attachments)
      if (thought) thoughts.push(thought)
    } else if (type !== undefined && Object.hasOwn(mediaTypes, type)) {
      refs.push({ media_type: mediaTypes[type] ?? '' })
    } else {
      const text = resolveText(json ? json.text : part, attachments)
      if (text) texts.push(text)
    }
  }
  return {
    text: texts.length > 0 ? texts.join('\n') : refs.length > 0 ? `[${refs.length} media]` : undefined,
    reasoning: thoughts.length > 0 ? thoughts.join('\n') : undefined,
    hasReasoning,
    refs,
  }
}
