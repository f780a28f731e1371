import type { Cost, Step } from '@agent-run/types'
import type { Context } from './context.ts'

/**
 * The cost of a model call with its price, where there is a price list and the call has no price yet. The model is that of
 * the cost, the step or the run; the provider that of the step's metadata or the run.
 */
export function priceCost(cost: Cost, step: Pick<Step, 'model' | 'started_at' | 'metadata'>, context: Context): Cost {
  const { cleaner, faults, options, state } = context
  const { prices } = options
  const model = cost.model ?? step.model ?? state.run.model
  if (prices === undefined || typeof cost.cost_usd === 'number' || typeof model !== 'string') return cost
  const provider = step.metadata?.provider ?? state.run.provider
  const found = faults.guard('recorder.source_failed', 'the price list that was given failed', () =>
    prices.price({
      cost: { ...cost, model },
      ...(typeof provider === 'string' ? { provider } : {}),
      at: step.started_at,
    }),
  )
  const usd: unknown = found?.cost_usd ?? undefined
  if (usd === undefined) return cost
  if (typeof usd !== 'number' || !Number.isFinite(usd) || usd < 0) {
    faults.report('recorder.source_failed', 'the price list gave no number of dollars')
    return cost
  }
  const source = typeof found?.price_source === 'string' ? cleaner.text(found.price_source) : ''
  return {
    ...cost,
    model,
    cost_usd: usd,
    price_basis: 'computed',
    ...(source === '' ? {} : { price_source: source }),
  }
}
