import type { Cost } from '@agent-run/types'
import { asCount, asObject, asPrice, asString, type Json } from '../../conversion/json.ts'
import { computedPrice, tokenCost } from '../../conversion/usage.ts'

const members = [
  'prompt_tokens',
  'completion_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
] as const
type Sums = Readonly<Record<(typeof members)[number], number>> & { readonly cost: number }

/** What a model consumed since it was last heard of. */
export interface Consumed {
  /** What the model is used for: `default`, `condenser`. */
  readonly purpose: string
  readonly model: string | undefined
  readonly cost: Cost
}

/** Turns the sums that a conversation writes after each request into what the request consumed. */
export class UsageSums {
  readonly #before = new Map<string, Sums>()

  /** @param stats value of the event: sums by purpose */
  read(stats: unknown): Consumed[] {
    const purposes = asObject(asObject(stats)?.usage_to_metrics) ?? {}
    return Object.entries(purposes).flatMap(([purpose, value]): Consumed[] => {
      const metrics = asObject(value)
      const usage = asObject(metrics?.accumulated_token_usage)
      if (!metrics || !usage) return []
      const now = sumsOf(metrics, usage)
      const before = this.#before.get(purpose)
      this.#before.set(purpose, now)
      // Of a conversation that began before the events do, the first sum is of many requests, and nobody knows how many.
      if (!before && usage.per_turn_token !== now.prompt_tokens + now.completion_tokens) return []
      const cost = difference(before, now)
      return cost ? [{ purpose, model: asString(metrics.model_name) ?? asString(usage.model), cost }] : []
    })
  }
}

function sumsOf(metrics: Json, usage: Json): Sums {
  const counts = Object.fromEntries(members.map((name) => [name, asCount(usage[name]) ?? 0])) as Record<
    (typeof members)[number],
    number
  >
  return { ...counts, cost: asPrice(metrics.accumulated_cost) ?? 0 }
}

function difference(before: Sums | undefined, now: Sums): Cost | undefined {
  const grown = (name: (typeof members)[number] | 'cost'): number => now[name] - (before?.[name] ?? 0)
  const [input, output] = [grown('prompt_tokens'), grown('completion_tokens')]
  if (input < 0 || output < 0 || (input === 0 && output === 0)) return undefined
  const [read, written, thought, price] = [
    grown('cache_read_tokens'),
    grown('cache_write_tokens'),
    grown('reasoning_tokens'),
    grown('cost'),
  ]
  const fits = read >= 0 && written >= 0
  const counts = {
    input,
    output,
    cacheRead: fits && read > 0 ? read : undefined,
    cacheWrite: fits && written > 0 ? written : undefined,
    reasoning: thought > 0 ? thought : undefined,
  }
  return tokenCost(counts, computedPrice(asPrice(price), 'LiteLLM'))
}
