import type { Cost } from '@agent-run/types'

/** Members of a cost that are sums of tokens. */
const tokenMembers = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'reasoning_tokens',
] as const

/** A cost of which nothing is known. */
export const unknownCost: Readonly<Cost> = { input_tokens: null, output_tokens: null, basis: 'unknown' }

/** True if a cost says anything about tokens. */
export const isKnown = (cost: Cost): boolean => cost.input_tokens !== null || cost.output_tokens !== null

/**
 * Adds up the costs of model calls, split by model if there are several. What is unknown in one of them makes the sum
 * a lower bound; a member that all leave open stays open (AR-COST-010). A sum that no double can hold exactly is unknown.
 */
export function addCosts(costs: readonly Cost[]): Cost {
  const sum = addUp(costs)
  const models = new Map<string, Cost[]>()
  for (const cost of costs) {
    if (!isKnown(cost) || typeof cost.model !== 'string') continue
    models.set(cost.model, [...(models.get(cost.model) ?? []), cost])
  }
  const named = costs.filter(isKnown).every((cost) => typeof cost.model === 'string') && !costs.some(isPriceOnly)
  const [only] = models.keys()
  if (!named || only === undefined) return sum
  if (models.size === 1) return { ...sum, model: only }
  return { ...sum, by_model: [...models].map(([model, own]) => ({ ...addUp(own), model })) }
}

/** What something cost is known, but not how many tokens it took. */
const isPriceOnly = (cost: Cost): boolean => !isKnown(cost) && typeof cost.cost_usd === 'number'

function addUp(costs: readonly Cost[]): Cost {
  const known = costs.filter(isKnown)
  if (known.length === 0) return { ...unknownCost, ...priceOf(costs.filter(isPriceOnly)) }
  const sum: Cost = { input_tokens: null, output_tokens: null }
  for (const member of tokenMembers) {
    const values = known.map((cost) => cost[member]).filter((value) => typeof value === 'number')
    const total = values.reduce((a, b) => a + b, 0)
    if (values.length > 0 && Number.isSafeInteger(total)) sum[member] = total
  }
  if (typeof sum.input_tokens === 'number' && typeof sum.output_tokens === 'number') {
    const total = sum.input_tokens + sum.output_tokens
    if (Number.isSafeInteger(total)) sum.total_tokens = total
  }
  const complete = known.length === costs.length && known.every((cost) => cost.basis === 'reported')
  const priced = costs.filter((cost) => isKnown(cost) || isPriceOnly(cost))
  return { ...sum, ...priceOf(priced), basis: complete ? 'reported' : 'lower_bound' }
}

/** The sum of the prices, if every one is known. */
function priceOf(costs: readonly Cost[]): Pick<Cost, 'cost_usd' | 'price_basis' | 'price_source'> {
  const prices = costs.map((cost) => cost.cost_usd).filter((price) => typeof price === 'number')
  if (prices.length === 0 || prices.length < costs.length) return {}
  const sources = new Set(costs.map((cost) => cost.price_source).filter((source) => source !== undefined))
  return {
    cost_usd: prices.reduce((a, b) => a + b, 0),
    price_basis: costs.some((cost) => cost.price_basis === 'computed') ? 'computed' : 'reported',
    ...(sources.size > 0 ? { price_source: [...sources].join('; ') } : {}),
  }
}
