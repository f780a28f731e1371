import type { Cost } from '@agent-run/types'
import { asCount } from '../../conversion/json.ts'
import { names } from './names.ts'
import { numberOf, type Span, textOf } from './span.ts'

/**
 * The usage that a span states, with cached tokens counted in (AR-COST-011); `undefined` if it states none.
 *
 * The conventions count cached tokens in `gen_ai.usage.input_tokens`, and so does OpenInference. Older instrumentations
 * of Anthropic's and Amazon's interfaces passed on what the provider said, which counts them beside it. Parts that are
 * larger than their whole show that, and are added; where nothing shows it the count is a lower bound.
 */
export function usageOf(span: Span): Cost | undefined {
  const count = (list: readonly string[]): number | undefined => asCount(numberOf(span, list))
  const stated = count(names.inputTokens)
  const output = count(names.outputTokens)
  const read = count(names.cacheReadTokens)
  const written = count(names.cacheWriteTokens)
  const price = numberOf(span, names.price)
  const cost: Cost = { input_tokens: null, output_tokens: null }
  const isCounted = [stated, output, read, written].some((value) => value !== undefined && value > 0)
  if (isCounted) {
    const cached = (read ?? 0) + (written ?? 0)
    const isBeside = stated !== undefined && cached > stated
    const input = stated === undefined ? undefined : isBeside ? safe(stated + cached) : stated
    const reasoning = count(names.reasoningTokens)
    cost.input_tokens = input ?? null
    cost.output_tokens = output ?? null
    if (input !== undefined && read !== undefined) cost.cache_read_tokens = read
    if (input !== undefined && written !== undefined) cost.cache_write_tokens = written
    if (output !== undefined && reasoning !== undefined && reasoning <= output) cost.reasoning_tokens = reasoning
    const total = input === undefined || output === undefined ? undefined : safe(input + output)
    if (total !== undefined) cost.total_tokens = total
    if (cost.input_tokens !== null || cost.output_tokens !== null)
      cost.basis = cached > 0 && !isBeside && mayCountBeside(span) ? 'lower_bound' : 'reported'
  }
  cost.basis ??= 'unknown'
  if (price !== undefined && price >= 0) {
    cost.cost_usd = price
    cost.price_basis = 'reported'
  }
  return isCounted || price !== undefined ? cost : undefined
}

/** Versions of the AI SDK before 6 passed on Anthropic's own count; they wrote no details of it. */
function mayCountBeside(span: Span): boolean {
  const provider = textOf(span, names.provider) ?? ''
  const isAiSdk = span.attributes.has('ai.usage.inputTokens') || span.attributes.has('ai.usage.promptTokens')
  const hasDetails = [...span.attributes.keys()].some((name) => name.startsWith('ai.usage.inputTokenDetails.'))
  return isAiSdk && !hasDetails && /anthropic|bedrock/i.test(provider)
}

const safe = (sum: number): number | undefined => (Number.isSafeInteger(sum) ? sum : undefined)
