import type { Cost } from '@agent-run/types'
import { unknownCost } from '../../conversion/cost.ts'
import { asCount, asObject, asPrice, asString, type Json } from '../../conversion/json.ts'
import { type Price, tokenCost } from '../../conversion/usage.ts'
import { redact } from '../../preview/index.ts'

/** Names of the parts of a count, as SDKs and OpenTelemetry mappings write them. */
const names = {
  read: [
    'input_cached_tokens',
    'input_cache_read',
    'cache_read_input_tokens',
    'prompt_details.cache_read',
    'input_cached',
  ],
  written: [
    'input_cache_creation',
    'cache_creation_input_tokens',
    'input_cache_write',
    'prompt_details.cache_creation',
  ],
  reasoning: ['output_reasoning_tokens', 'output_reasoning', 'completion_details.reasoning', 'reasoning_tokens'],
} as const

const first = (json: Json, members: readonly string[]): number | undefined =>
  members.map((name) => asCount(json[name])).find((count) => count !== undefined)

/** Usage and price of an observation. Zeros all over were not counted. */
export function readCost(observation: Json): Cost | undefined {
  const details = asObject(observation.usageDetails) ?? asObject(observation.usage) ?? {}
  const input = asCount(details.input) ?? asCount(observation.promptTokens) ?? asCount(observation.inputUsage)
  const output = asCount(details.output) ?? asCount(observation.completionTokens) ?? asCount(observation.outputUsage)
  const price = priceOf(observation)
  if (!input && !output) return price ? { ...unknownCost, ...price } : undefined
  const total = asCount(details.total) ?? asCount(observation.totalTokens) ?? asCount(observation.totalUsage)
  const [read, written, reasoning] = [names.read, names.written, names.reasoning].map((members) =>
    first(details, members),
  )
  const cached = (read ?? 0) + (written ?? 0)
  const isBeside = cached > 0 && (cached > (input ?? 0) || beside(total, input, output, cached, reasoning))
  const isThoughtBeside =
    (reasoning ?? 0) > 0 &&
    ((reasoning ?? 0) > (output ?? 0) || total === sum(input, output, isBeside ? cached : 0, reasoning))
  const whole = input === undefined ? undefined : input + (isBeside ? cached : 0)
  const answered = output === undefined ? undefined : output + (isThoughtBeside ? (reasoning ?? 0) : 0)
  const both = whole !== undefined && answered !== undefined ? whole + answered : undefined
  if (both !== undefined && !Number.isSafeInteger(both)) return price ? { ...unknownCost, ...price } : undefined
  return tokenCost({ input: whole, output: answered, cacheRead: read, cacheWrite: written, reasoning }, price)
}

const sum = (...counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((all, count) => all + (count ?? 0), 0)

const beside = (
  total: number | undefined,
  input: number | undefined,
  output: number | undefined,
  cached: number,
  reasoning: number | undefined,
): boolean =>
  total === sum(input, output, cached) ||
  (total === sum(input, output, cached, reasoning) && total !== sum(input, output))

/** A price that Langfuse worked out names the model of its own list. */
function priceOf(observation: Json): Price | undefined {
  const price = [observation.totalCost, asObject(observation.costDetails)?.total, observation.calculatedTotalCost]
    .map(asPrice)
    .find((value) => value !== undefined)
  if (price === undefined) return undefined
  const model = asString(observation.internalModelId) ?? asString(observation.modelId)
  const tier = asString(observation.usagePricingTierName)
  if (!model || !/^[\w.:-]{1,100}$/.test(model)) return { cost_usd: price, price_basis: 'reported' }
  const named = tier && /^[\w .:-]{1,60}$/.test(tier) ? `, ${tier}` : ''
  return { cost_usd: price, price_basis: 'computed', price_source: redact(`Langfuse model ${model}${named}`) }
}
