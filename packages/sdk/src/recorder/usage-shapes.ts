import type { Cost } from '@agent-run/types'

type Json = Readonly<Record<string, unknown>>

/** How one family of answers names its counts: paths of members below the usage, several of which are added up. */
interface Shape {
  /** Members by which the family is known; the first shape with one of them is the one. */
  readonly marks: readonly string[]
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly read?: string
  readonly written?: string
  readonly written5m?: string
  readonly written1h?: string
  readonly reasoning?: string
  /** Whether `input` leaves out what was read from and written to the cache; a record counts it in (AR-COST-011). */
  readonly cacheApart?: true
}

const shapes: readonly Shape[] = [
  {
    // OpenAI Responses.
    marks: ['input_tokens_details'],
    input: ['input_tokens'],
    output: ['output_tokens'],
    read: 'input_tokens_details.cached_tokens',
    reasoning: 'output_tokens_details.reasoning_tokens',
  },
  {
    // Anthropic Messages.
    marks: ['input_tokens', 'output_tokens'],
    input: ['input_tokens'],
    output: ['output_tokens'],
    read: 'cache_read_input_tokens',
    written: 'cache_creation_input_tokens',
    written5m: 'cache_creation.ephemeral_5m_input_tokens',
    written1h: 'cache_creation.ephemeral_1h_input_tokens',
    reasoning: 'output_tokens_details.thinking_tokens',
    cacheApart: true,
  },
  {
    // DeepSeek.
    marks: ['prompt_cache_hit_tokens'],
    input: ['prompt_tokens'],
    output: ['completion_tokens'],
    read: 'prompt_cache_hit_tokens',
    reasoning: 'completion_tokens_details.reasoning_tokens',
  },
  {
    // OpenAI Chat Completions and what imitates it.
    marks: ['prompt_tokens', 'completion_tokens'],
    input: ['prompt_tokens'],
    output: ['completion_tokens'],
    read: 'prompt_tokens_details.cached_tokens',
    reasoning: 'completion_tokens_details.reasoning_tokens',
  },
  {
    // Gemini.
    marks: ['promptTokenCount', 'candidatesTokenCount', 'thoughtsTokenCount'],
    input: ['promptTokenCount', 'toolUsePromptTokenCount'],
    output: ['candidatesTokenCount', 'thoughtsTokenCount'],
    read: 'cachedContentTokenCount',
    reasoning: 'thoughtsTokenCount',
  },
  {
    // Bedrock Converse.
    marks: ['cacheReadInputTokens', 'cacheWriteInputTokens'],
    input: ['inputTokens'],
    output: ['outputTokens'],
    read: 'cacheReadInputTokens',
    written: 'cacheWriteInputTokens',
    cacheApart: true,
  },
  {
    // AI SDK 6.
    marks: ['inputTokenDetails', 'outputTokenDetails'],
    input: ['inputTokens'],
    output: ['outputTokens'],
    read: 'inputTokenDetails.cacheReadTokens',
    written: 'inputTokenDetails.cacheWriteTokens',
    reasoning: 'outputTokenDetails.reasoningTokens',
  },
  {
    // Language models of the AI SDK 6.
    marks: ['inputTokens.total', 'outputTokens.total'],
    input: ['inputTokens.total'],
    output: ['outputTokens.total'],
    read: 'inputTokens.cacheRead',
    written: 'inputTokens.cacheWrite',
    reasoning: 'outputTokens.reasoning',
  },
  {
    // AI SDK 5.
    marks: ['inputTokens', 'outputTokens'],
    input: ['inputTokens'],
    output: ['outputTokens'],
    read: 'cachedInputTokens',
    reasoning: 'reasoningTokens',
  },
  { marks: ['promptTokens', 'completionTokens'], input: ['promptTokens'], output: ['completionTokens'] }, // AI SDK 4.
  { marks: ['prompt_eval_count', 'eval_count'], input: ['prompt_eval_count'], output: ['eval_count'] }, // Ollama.
]

/** What an answer's usage says; `undefined` where nothing is counted. Unknown counts stay unknown (AR-COST-010). */
export function usageOf(usage: Json): Cost | undefined {
  const shape = shapes.find(({ marks }) => marks.some((mark) => memberAt(usage, mark) !== undefined))
  if (shape === undefined) return undefined
  const read = countAt(usage, shape.read)
  const parts = [countAt(usage, shape.written5m), countAt(usage, shape.written1h)]
  const written = countAt(usage, shape.written) ?? sumOf(parts)
  const cached = sumOf([read, written]) ?? 0
  const fresh = sumOf(shape.input.map((path) => countAt(usage, path)))
  const given = fresh === undefined || !shape.cacheApart ? fresh : fresh + cached
  const output = known(sumOf(shape.output.map((path) => countAt(usage, path))))
  const reasoning = countAt(usage, shape.reasoning)
  // All zeros mean "not counted".
  if (![given, output, cached].some((count) => count !== undefined && count > 0)) return undefined
  // Less than was read from the cache: some count it in and some do not, and nobody can say what this one did.
  const isSound = given === undefined || given >= cached
  const input = isSound ? known(given) : undefined
  const [five, hour] = parts
  const splits = written !== undefined && (sumOf(parts) ?? 0) <= written
  return {
    input_tokens: input ?? null,
    output_tokens: output ?? null,
    ...(input !== undefined && read !== undefined ? { cache_read_tokens: read } : {}),
    ...(input !== undefined && written !== undefined ? { cache_write_tokens: written } : {}),
    ...(input !== undefined && splits && five !== undefined ? { cache_write_5m_tokens: five } : {}),
    ...(input !== undefined && splits && hour !== undefined ? { cache_write_1h_tokens: hour } : {}),
    ...(output !== undefined && reasoning !== undefined && reasoning <= output ? { reasoning_tokens: reasoning } : {}),
    ...(input !== undefined && known(input + (output ?? Number.NaN)) !== undefined
      ? { total_tokens: input + (output ?? 0) }
      : {}),
    basis: isSound ? 'reported' : 'unknown',
  }
}

const known = (count: number | undefined): number | undefined => (Number.isSafeInteger(count) ? count : undefined)

/** Sum of the counts that are known; `undefined` if none is. */
const sumOf = (counts: readonly (number | undefined)[]): number | undefined => {
  const given = counts.filter((count) => count !== undefined)
  return given.length === 0 ? undefined : given.reduce((sum, count) => sum + count, 0)
}

const memberAt = (usage: Json, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? (value as Json)[name] : undefined),
      usage,
    )

const countAt = (usage: Json, path: string | undefined): number | undefined => {
  const value = path === undefined ? undefined : memberAt(usage, path)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
