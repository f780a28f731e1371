import type { Cost } from '@agent-run/types'
import { addCosts } from '../../conversion/cost.ts'
import { asCount, asObject, asPrice, type Json } from '../../conversion/json.ts'
import { computedPrice, tokenCost } from '../../conversion/usage.ts'

/**
 * Usage of a call as Inspect writes it. Some providers count cached tokens within `input_tokens`, others beside them; which
 * of the two it is, the total says.
 */
export function readUsage(usage: Json | undefined, model: string | undefined): Cost | undefined {
  if (!usage) return undefined
  const [input, output, read, written, thought, total] = [
    'input_tokens',
    'output_tokens',
    'input_tokens_cache_read',
    'input_tokens_cache_write',
    'reasoning_tokens',
    'total_tokens',
  ].map((name) => asCount(usage[name]))
  if (!input && !output) return undefined
  const cached = (read ?? 0) + (written ?? 0)
  const whole = input === undefined ? undefined : input + (isBeside(input, output, cached, total, model) ? cached : 0)
  const sum = whole !== undefined && output !== undefined ? whole + output : undefined
  if ([whole, sum].some((count) => count !== undefined && !Number.isSafeInteger(count))) return undefined
  const counts = { input: whole, output, cacheRead: read, cacheWrite: written, reasoning: thought }
  return tokenCost(counts, computedPrice(asPrice(usage.total_cost), 'inspect_ai'))
}

function isBeside(
  input: number,
  output: number | undefined,
  cached: number,
  total: number | undefined,
  model: string | undefined,
): boolean {
  if (cached === 0) return false
  if (cached > input) return true
  if (total === input + (output ?? 0)) return false
  if (total === input + (output ?? 0) + cached) return true
  return /^(?:anthropic|bedrock)\//.test(model ?? '')
}

/** What a sample consumed by `model_usage`, for logs without events. */
export function readModelUsage(value: unknown): Cost | undefined {
  const costs = Object.entries(asObject(value) ?? {}).flatMap(([model, usage]): Cost[] => {
    const cost = readUsage(asObject(usage), model)
    return cost ? [{ ...cost, model: model.toWellFormed().slice(0, 256) }] : []
  })
  return costs.length > 0 ? addCosts(costs) : undefined
}
