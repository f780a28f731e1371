import type { Cost } from '@agent-run/types'
import { unknownCost } from '../../conversion/cost.ts'
import { asCount, asObject, asPrice, type Json } from '../../conversion/json.ts'
import { tokenCost } from '../../conversion/usage.ts'

/** Names under which producers put tokens that ATIF has no member for. */
const names = {
  written: ['cache_creation_input_tokens', 'cache_write_tokens'],
  reasoning: ['reasoning_tokens', 'reasoning_output_tokens'],
} as const

/** A part of a token count; one that does not fit into its whole is none. */
const partOf = (value: unknown, whole: number | null | undefined, taken = 0): number | undefined => {
  const count = asCount(value)
  return count !== undefined && whole !== null && whole !== undefined && count + taken <= whole ? count : undefined
}

const first = (json: Json | undefined, members: readonly string[]): unknown =>
  members.map((name) => json?.[name]).find((value) => value !== undefined)

/** Usage of a step (`metrics`) or of a trajectory (`final_metrics`); absent if it says nothing. Zeros all over were not counted. */
export function readCost(metrics: Json | undefined, prefix: '' | 'total_'): Cost | undefined {
  if (!metrics) return undefined
  const counted = (name: string): number | null => asCount(metrics[`${prefix}${name}`]) ?? null
  const input = counted('prompt_tokens')
  const output = counted('completion_tokens')
  const price = asPrice(metrics[`${prefix}cost_usd`])
  const isCounted = (input ?? 0) > 0 || (output ?? 0) > 0
  if (!isCounted) return price === undefined ? undefined : { ...unknownCost, cost_usd: price, price_basis: 'reported' }
  const extra = asObject(metrics.extra)
  const read = partOf(counted('cached_tokens'), input)
  const written = partOf(first(extra, names.written), input, read)
  const reasoning = partOf(first(extra, names.reasoning), output)
  const counts = {
    input: input ?? undefined,
    output: output ?? undefined,
    cacheRead: read,
    cacheWrite: written,
    reasoning,
  }
  return tokenCost(counts, price === undefined ? {} : { cost_usd: price, price_basis: 'reported' })
}

/** True if a cost of a whole holds the sum of its parts, in all that both know. */
export const holds = (whole: Cost, sum: Cost): boolean =>
  (['input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'cost_usd'] as const).every(
    (member) => typeof sum[member] !== 'number' || (typeof whole[member] === 'number' && whole[member] >= sum[member]),
  )
