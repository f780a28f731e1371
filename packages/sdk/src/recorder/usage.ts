import type { Cost } from '@agent-run/types'

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
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const asCount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

/** How one family of answers names its counts. Each is a path of members below the usage. */
interface Shape {
  readonly input: string
  readonly output: string
  readonly read: string
  readonly written: string
  readonly reasoning: string
  /** Whether `input` leaves out what was read from and written to the cache; a record counts it in (AR-COST-011). */
  readonly cacheApart?: true
  /** Whether `output` leaves out the reasoning. */
  readonly reasoningApart?: true
}

const nowhere = ''

/** The first shape whose marks are there is the one. */
const shapes: readonly { readonly marks: readonly string[]; readonly shape: Shape }[] = [
  {
    // OpenAI Responses.
    marks: ['input_tokens_details'],
    shape: {
      input: 'input_tokens',
      output: 'output_tokens',
      read: 'input_tokens_details.cached_tokens',
      written: nowhere,
      reasoning: 'output_tokens_details.reasoning_tokens',
    },
  },
  {
    // Anthropic Messages.
    marks: ['input_tokens'],
    shape: {
      input: 'input_tokens',
      output: 'output_tokens',
      read: 'cache_read_input_tokens',
      written: 'cache_creation_input_tokens',
      reasoning: 'output_tokens_details.thinking_tokens',
      cacheApart: true,
    },
  },
  {
    // OpenAI Chat Completions and what imitates it.
    marks: ['prompt_tokens'],
    shape: {
      input: 'prompt_tokens',
      output: 'completion_tokens',
      read: 'prompt_tokens_details.cached_tokens',
      written: nowhere,
      reasoning: 'completion_tokens_details.reasoning_tokens',
    },
  },
  {
    // Gemini.
    marks: ['promptTokenCount'],
    shape: {
      input: 'promptTokenCount',
      output: 'candidatesTokenCount',
      read: 'cachedContentTokenCount',
      written: nowhere,
      reasoning: 'thoughtsTokenCount',
      reasoningApart: true,
    },
  },
  {
    // Bedrock Converse.
    marks: ['cacheReadInputTokens', 'cacheWriteInputTokens'],
    shape: {
      input: 'inputTokens',
      output: 'outputTokens',
      read: 'cacheReadInputTokens',
      written: 'cacheWriteInputTokens',
      reasoning: nowhere,
      cacheApart: true,
    },
  },
  {
    // AI SDK.
    marks: ['inputTokens'],
    shape: {
      input: 'inputTokens',
      output: 'outputTokens',
      read: 'cachedInputTokens',
      written: nowhere,
      reasoning: 'reasoningTokens',
    },
  },
  {
    // Ollama.
    marks: ['prompt_eval_count', 'eval_count'],
    shape: { input: 'prompt_eval_count', output: 'eval_count', read: nowhere, written: nowhere, reasoning: nowhere },
  },
]

/**
 * Reads an answer of a model: its usage, which model it was, its id, why it stopped. Understands the answers of the
 * Anthropic, OpenAI, Gemini, Bedrock and Ollama interfaces and of the AI SDK; of any other nothing is known.
 */
export function readAnswer(response: unknown): ModelAnswer {
  const answer = asObject(response)
  if (!answer) return typeof response === 'string' ? { output: response } : {}
  const usage = asObject(answer.usage) ?? asObject(answer.usageMetadata) ?? answer
  const found = shapes.find(({ marks }) => marks.some((mark) => usage[mark] !== undefined))
  const cost = found && costOf(usage, found.shape)
  const [choice] = (Array.isArray(answer.choices) ? answer.choices : []) as unknown[]
  const [candidate] = (Array.isArray(answer.candidates) ? answer.candidates : []) as unknown[]
  const model = asText(answer.model) ?? asText(answer.modelVersion) ?? asText(asObject(answer.response)?.modelId)
  const id = asText(answer.id) ?? asText(answer.responseId) ?? asText(asObject(answer.response)?.id)
  const stop =
    asText(answer.stop_reason) ??
    asText(answer.stopReason) ??
    asText(answer.finishReason) ??
    asText(asObject(choice)?.finish_reason) ??
    asText(asObject(candidate)?.finishReason) ??
    asText(answer.done_reason)
  const output =
    asText(answer.output_text) ??
    asText(answer.text) ??
    textOf(answer.content) ??
    textOf(asObject(asObject(choice)?.message)?.content) ??
    textOf(asObject(asObject(candidate)?.content)?.parts) ??
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

/** Texts of a list of content blocks, or the text that it is. */
const textOf = (content: unknown): string | undefined => {
  if (typeof content === 'string') return asText(content)
  if (!Array.isArray(content)) return undefined
  const texts = content.map((block) => asText(asObject(block)?.text)).filter((text) => text !== undefined)
  return texts.length === 0 ? undefined : texts.join('\n')
}

const countAt = (usage: Json, path: string): number | undefined =>
  path === nowhere
    ? undefined
    : asCount(path.split('.').reduce<unknown>((value, name) => asObject(value)?.[name], usage))

/** Unknown counts stay unknown; all zeros mean "not counted" (AR-COST-010). */
function costOf(usage: Json, shape: Shape): Cost | undefined {
  const [fresh, shown, read, written, reasoning] = [
    countAt(usage, shape.input),
    countAt(usage, shape.output),
    countAt(usage, shape.read),
    countAt(usage, shape.written),
    countAt(usage, shape.reasoning),
  ]
  if (![fresh, shown, read, written].some((count) => count !== undefined && count > 0)) return undefined
  const input = fresh === undefined ? undefined : fresh + (shape.cacheApart ? (read ?? 0) + (written ?? 0) : 0)
  const output = shown === undefined ? undefined : shown + (shape.reasoningApart ? (reasoning ?? 0) : 0)
  const known = (count: number | undefined): count is number => count !== undefined && Number.isSafeInteger(count)
  const fits = known(input) && (read ?? 0) + (written ?? 0) <= input
  return {
    input_tokens: known(input) ? input : null,
    output_tokens: known(output) ? output : null,
    ...(fits && read !== undefined ? { cache_read_tokens: read } : {}),
    ...(fits && written !== undefined ? { cache_write_tokens: written } : {}),
    ...(known(output) && reasoning !== undefined && reasoning <= output ? { reasoning_tokens: reasoning } : {}),
    ...(known(input) && known(output) && known(input + output) ? { total_tokens: input + output } : {}),
    basis: 'reported',
  }
}
