import type { Cost } from '@agent-run/types'
import { usageOf } from './usage-shapes.ts'

/** What the answer of a model says about itself. */
export interface ModelAnswer {
  readonly cost?: Cost
  readonly model?: string
  readonly response_id?: string
  readonly stop_reason?: string
  /** What the model said, for the preview. */
  readonly output?: unknown
}

type Json = Readonly<Record<string, unknown>>

const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isPromise(value)
    ? (value as Json)
    : undefined
const asText = (value: unknown): string | undefined => {
  if (typeof value === 'object' && value !== null) isPromise(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Whether a value is still to come. Whoever asked for it by a getter has to hear if it fails, too. */
const isPromise = (value: object): boolean => {
  const { then } = value as { then?: unknown }
  if (typeof then !== 'function') return false
  Promise.resolve(value).catch(() => undefined)
  return true
}

/** Marks of an answer that comes in pieces: looking into it would use it up. */
const streams = ['consumeStream', 'textStream', 'fullStream', 'getReader', Symbol.asyncIterator] as const

/**
 * Reads an answer of a model: its usage, which model it was, its id, why it stopped. Understands the answers of the
 * Anthropic, OpenAI, Gemini, Bedrock and Ollama interfaces and of the AI SDK; of any other, and of a stream, nothing is
 * known.
 */
export function readAnswer(response: unknown): ModelAnswer {
  const answer = asObject(response)
  if (!answer) return typeof response === 'string' ? { output: response } : {}
  if (streams.some((mark) => mark in answer)) return {}
  const inner = asObject(answer.response)
  const cost = usageOf(
    asObject(answer.totalUsage) ??
      asObject(answer.usage) ??
      asObject(answer.usageMetadata) ??
      asObject(inner?.usageMetadata) ??
      answer,
  )
  const choice = asObject(firstOf(answer.choices))
  const candidate = asObject(firstOf(answer.candidates))
  const model = asText(answer.model) ?? asText(answer.modelVersion) ?? asText(inner?.modelId)
  const id = asText(answer.id) ?? asText(answer.responseId) ?? asText(inner?.id)
  const stop =
    asText(answer.stop_reason) ??
    asText(answer.stopReason) ??
    asText(answer.finishReason) ??
    asText(choice?.finish_reason) ??
    asText(candidate?.finishReason) ??
    asText(asObject(answer.incomplete_details)?.reason) ??
    asText(answer.done_reason)
  const output =
    asText(answer.output_text) ??
    asText(answer.text) ??
    textOf(answer.content) ??
    textOf(asObject(choice?.message)?.content) ??
    textOf(asObject(candidate?.content)?.parts) ??
    textOf(asObject(asObject(answer.output)?.message)?.content) ??
    textOf(asObject(answer.message)?.content)
  return {
    ...(cost === undefined ? {} : { cost: model === undefined ? cost : { ...cost, model } }),
    ...(model === undefined ? {} : { model }),
    ...(id === undefined ? {} : { response_id: id }),
    ...(stop === undefined ? {} : { stop_reason: stop }),
    ...(output === undefined ? {} : { output }),
  }
}

const firstOf = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined)

/** Texts of a list of content blocks, or the text that it is. */
const textOf = (content: unknown): string | undefined => {
  if (typeof content === 'string') return asText(content)
  if (!Array.isArray(content)) return undefined
  const texts = content.map((block) => asText(asObject(block)?.text)).filter((text) => text !== undefined)
  return texts.length === 0 ? undefined : texts.join('\n')
}
