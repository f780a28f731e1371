import { isLoose, type Loose, listAt, numberAt, objectAt, textAt } from './loose.ts'

/** Tokens and money of a run or a part of it; undefined: not recorded, null: said to be unknown. */
export interface Amounts {
  readonly input: number | null | undefined
  readonly output: number | null | undefined
  readonly cached: number | null | undefined
  readonly reasoning: number | null | undefined
  readonly usd: number | null | undefined
}

/** What a run consumed, whole and split. */
export interface Consumption {
  readonly total: Amounts
  /** Where the tokens come from: reported, computed, lower_bound, unknown; undefined: not recorded. */
  readonly basis: string | undefined
  readonly priceBasis: string | undefined
  readonly priceSource: string | undefined
  /** An amount in another unit. */
  readonly other: { readonly amount: number; readonly unit: string } | undefined
  readonly byModel: (Amounts & { readonly model: string })[]
  /** By agent, where steps name more than the run's own. */
  readonly byAgent: (Amounts & { readonly agent: string })[]
  /** Requests to models that are recorded. */
  readonly modelCalls: number
}

/** Collects what a run consumed. */
export function consumptionOf(run: Loose): Consumption {
  const cost = objectAt(run, 'cost')
  const steps = listAt(run, 'steps')
  const calls = steps.filter(({ type }) => type === 'model_call')
  const amount = numberAt(cost, 'amount')
  const unit = textAt(cost, 'unit')
  const stated = listAt(cost, 'by_model').flatMap((part) => {
    const model = textAt(part, 'model')
    return model === undefined ? [] : [{ model, ...amountsOf(part) }]
  })
  const own = textAt(run, 'agent_id') ?? 'agent not recorded'
  const byAgent = grouped(calls, (step) => textAt(step, 'agent_id') ?? own)
  return {
    total: amountsOf(cost),
    basis: textAt(cost, 'basis'),
    priceBasis: textAt(cost, 'price_basis'),
    priceSource: textAt(cost, 'price_source'),
    other: amount === undefined || unit === undefined ? undefined : { amount, unit },
    byModel:
      stated.length > 0
        ? stated
        : grouped(calls, (step) => textAt(step, 'model')).map(([model, sums]) => ({ model, ...sums })),
    byAgent: byAgent.length > 1 ? byAgent.map(([agent, sums]) => ({ agent, ...sums })) : [],
    modelCalls: calls.length,
  }
}

const amountsOf = (cost: Loose): Amounts => ({
  input: numberOrNull(cost, 'input_tokens'),
  output: numberOrNull(cost, 'output_tokens'),
  cached: numberOrNull(cost, 'cache_read_tokens'),
  reasoning: numberOrNull(cost, 'reasoning_tokens'),
  usd: numberOrNull(cost, 'cost_usd'),
})

const numberOrNull = (cost: Loose, member: string): number | null | undefined =>
  cost[member] === null ? null : numberAt(cost, member)

const grouped = (calls: readonly Loose[], nameOf: (step: Loose) => string | undefined): [string, Amounts][] => {
  const groups = new Map<string, Amounts>()
  for (const step of calls) {
    const name = nameOf(step)
    if (name === undefined || !isLoose(step['cost'])) continue
    const [sum, next] = [groups.get(name), amountsOf(step['cost'])]
    groups.set(name, sum === undefined ? next : added(sum, next))
  }
  return [...groups]
}

const added = (a: Amounts, b: Amounts): Amounts => ({
  input: plus(a.input, b.input),
  output: plus(a.output, b.output),
  cached: plus(a.cached, b.cached),
  reasoning: plus(a.reasoning, b.reasoning),
  usd: plus(a.usd, b.usd),
})

/** Unknown and anything is at least what is known. */
const plus = (a: number | null | undefined, b: number | null | undefined): number | null | undefined => {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  return a ?? b
}
