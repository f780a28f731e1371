import { AgentRunError } from '@agent-run/core'
import type { Cost } from '@agent-run/types'
import { priceListVersion } from './list-version.ts'
import type { PricedCall, PriceList } from './price-list.ts'
import { makerOf, providerNamed } from './provider-names.ts'

type Calculate = typeof import('@pydantic/genai-prices').calcPrice
type Calculation = NonNullable<ReturnType<Calculate>>

/**
 * The prices of `@pydantic/genai-prices`: those that the installed package carries. Nothing is ever fetched.
 * @throws AgentRunError `prices.not_installed`
 */
export async function loadPrices(): Promise<PriceList> {
  const { calcPrice } = await import('@pydantic/genai-prices').catch((cause: unknown) => {
    throw new AgentRunError(
      'prices.not_installed',
      'prices come from the package @pydantic/genai-prices, which cannot be loaded; npm install @pydantic/genai-prices',
      cause,
    )
  })
  const version = await priceListVersion()
  const name = version === undefined ? listName : `${listName} ${version}`
  return { name, price: (call) => priceOf(call, name, calcPrice) }
}

const listName = '@pydantic/genai-prices'

/** The cost with its price; the very same where it has one or none can be found. */
function priceOf({ cost, provider, at }: PricedCall, list: string, calculate: Calculate): Cost {
  const { model } = cost
  if (typeof model !== 'string' || model === '' || isPriced(cost)) return cost
  const usage = usageOf(cost)
  const seller = provider === undefined || provider === '' ? makerOf(model) : providerNamed(provider)
  if (usage === undefined || seller === undefined) return cost
  const time = new Date(at ?? Number.NaN)
  const isDated = !Number.isNaN(time.getTime())
  const found = tried(() =>
    // Without a time the list would take that of this very moment.
    calculate(usage, model.replace(/^models\//, ''), { providerId: seller, timestamp: isDated ? time : new Date(0) }),
  )
  // The list takes every name that contains `openai` for OpenAI.
  if (found?.provider.id !== seller || !isComplete(found, usage)) return cost
  if (!isDated && Array.isArray(found.model.prices)) return cost
  return {
    ...cost,
    cost_usd: found.total_price,
    price_basis: 'computed',
    price_source: `${list}, ${found.provider.id}:${found.model.id}`,
  }
}

/** A price in credits is one, too. */
const isPriced = ({ cost_usd, amount }: Cost): boolean => typeof cost_usd === 'number' || amount !== undefined

type Usage = Readonly<Record<'input_tokens' | 'output_tokens', number>> & Readonly<Record<string, number>>

/** The counts as the list names them: like those of a record, with the cached tokens within the input. */
const usageOf = (cost: Cost): Usage | undefined => {
  const { input_tokens, output_tokens, cache_read_tokens, cache_write_1h_tokens, reasoning_tokens } = cost
  if (typeof input_tokens !== 'number' || typeof output_tokens !== 'number') return undefined
  const written = cost.cache_write_tokens ?? sumOf(cost.cache_write_5m_tokens, cache_write_1h_tokens)
  const parts = Object.entries({
    cache_read_tokens,
    cache_write_tokens: written,
    cache_write_1h_tokens,
    output_reasoning_tokens: reasoning_tokens,
  })
  return { ...Object.fromEntries(parts.filter(([, count]) => typeof count === 'number')), input_tokens, output_tokens }
}

const sumOf = (five: number | undefined, hour: number | undefined): number | undefined =>
  five === undefined && hour === undefined ? undefined : (five ?? 0) + (hour ?? 0)

/** Prices that tokens of these sorts need; the list would take 0, or the price of another sort that is known to be lower. */
const needed: readonly (readonly [count: string, price: string])[] = [
  ['input_tokens', 'input_mtok'],
  ['output_tokens', 'output_mtok'],
  ['cache_write_1h_tokens', 'cache_write_1h_mtok'],
]

/** Whether the list knows what each of these tokens costs: a model without a price is not free. */
const isComplete = ({ model_price, total_price }: Calculation, usage: Usage): boolean =>
  Number.isFinite(total_price) &&
  total_price >= 0 &&
  needed.every(([count, price]) => (usage[count] ?? 0) === 0 || model_price[price] !== undefined)

/** Counts that contradict each other are refused by the list; they have no price. */
const tried = (calculate: () => Calculation | null): Calculation | undefined => {
  try {
    return calculate() ?? undefined
  } catch {
    return undefined
  }
}
