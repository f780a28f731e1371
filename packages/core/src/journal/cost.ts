import { isObject, type JsonObject } from '../semantics/object.ts'

const sum = (steps: readonly JsonObject[], name: string): number | null => {
  let total: number | null = null
  for (const { cost } of steps) {
    const value = isObject(cost) ? cost[name] : undefined
    if (typeof value === 'number') total = (total ?? 0) + value
  }
  // A number beyond the record profile cannot be written, so it is unknown.
  return total !== null && total > Number.MAX_SAFE_INTEGER ? null : total
}

/**
 * Cost of a run whose journal names none: what its steps are known to have consumed, added in their order as doubles, and
 * so a lower bound; unknown where no step says (AR-COST-010).
 */
export const lowerBound = (steps: readonly JsonObject[]): JsonObject => {
  const input_tokens = sum(steps, 'input_tokens')
  const output_tokens = sum(steps, 'output_tokens')
  const cost_usd = sum(steps, 'cost_usd')
  if (input_tokens === null && output_tokens === null && cost_usd === null)
    return { input_tokens, output_tokens, basis: 'unknown' }
  return { input_tokens, output_tokens, ...(cost_usd === null ? {} : { cost_usd }), basis: 'lower_bound' }
}
