import type { Cost } from '@agent-run/types'

/** Tokens of a request: cached ones are part of the input, thinking is part of the output. Absent: not counted. */
export interface TokenCounts {
  readonly input?: number | undefined
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheWrite?: number | undefined
  readonly reasoning?: number | undefined
}

/** What a request cost, and who worked that out. */
export type Price = Pick<Cost, 'cost_usd' | 'price_basis' | 'price_source'>

/**
 * Counts as a record says them. Parts that do not fit into their whole are wrong, or about something else, and are left
 * out (AR-COST-004); so is a sum that no double holds exactly.
 */
export function tokenCost(counts: TokenCounts, price: Price = {}): Cost {
  const { input, output, cacheRead, cacheWrite, reasoning } = counts
  const fits = input !== undefined && (cacheRead ?? 0) + (cacheWrite ?? 0) <= input
  const total = input === undefined || output === undefined ? undefined : input + output
  return {
    input_tokens: input ?? null,
    output_tokens: output ?? null,
    ...(fits && cacheRead !== undefined ? { cache_read_tokens: cacheRead } : {}),
    ...(fits && cacheWrite !== undefined ? { cache_write_tokens: cacheWrite } : {}),
    ...(reasoning !== undefined && output !== undefined && reasoning <= output ? { reasoning_tokens: reasoning } : {}),
    ...(Number.isSafeInteger(total) ? { total_tokens: total as number } : {}),
    ...price,
    basis: 'reported',
  }
}

/**
 * The same where cached tokens are counted beside the fresh ones, as Anthropic does. `undefined` where either count is
 * missing, all are zero – which means "not counted" (AR-COST-010) – or the sum is one that no double holds exactly.
 */
export function tokenCostBeside(counts: TokenCounts): Cost | undefined {
  const { input: fresh, output, cacheRead, cacheWrite } = counts
  if (fresh === undefined || output === undefined) return undefined
  const input = fresh + (cacheRead ?? 0) + (cacheWrite ?? 0)
  return Number.isSafeInteger(input + output) && input + output > 0 ? tokenCost({ ...counts, input }) : undefined
}

/** The price of a request that whoever wrote the source worked out; nothing if there is none. */
export const computedPrice = (price: number | undefined, source: string): Price =>
  price === undefined ? {} : { cost_usd: price, price_basis: 'computed', price_source: source }
