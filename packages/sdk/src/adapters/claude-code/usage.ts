import type { Cost } from '@agent-run/types'
import { unknownCost } from '../../conversion/cost.ts'
import { asCount, asObject, type Json } from '../../conversion/json.ts'

/**
 * Reads the usage of one answer. Anthropic counts cached tokens beside `input_tokens`; a record counts them in
 * (AR-COST-011). All zeros mean "not counted" and become unknown (AR-COST-010).
 *
 * @param message the message of the answer's last line: earlier ones repeat or understate it
 * @param complete whether that line is known to be the final one (it has a stop reason); otherwise the count is a lower bound
 */
export function readUsage(message: Json, complete: boolean): Cost {
  const usage = asObject(message.usage)
  const fresh = asCount(usage?.input_tokens)
  const output = asCount(usage?.output_tokens)
  const read = asCount(usage?.cache_read_input_tokens)
  const written = asCount(usage?.cache_creation_input_tokens)
  if (![fresh, output, read, written].some((count) => count !== undefined && count > 0)) return { ...unknownCost }
  const input = fresh === undefined ? undefined : sum(fresh, read ?? 0, written ?? 0)
  const cost: Cost = {
    input_tokens: input ?? null,
    output_tokens: output ?? null,
    basis: complete ? 'reported' : 'lower_bound',
  }
  if (input !== undefined) {
    if (read !== undefined) cost.cache_read_tokens = read
    if (written !== undefined) Object.assign(cost, { cache_write_tokens: written }, writtenFor(usage, written))
  }
  const thinking = asCount(asObject(usage?.output_tokens_details)?.thinking_tokens)
  if (output !== undefined && thinking !== undefined && thinking <= output) cost.reasoning_tokens = thinking
  const total = input === undefined || output === undefined ? undefined : sum(input, output)
  if (total !== undefined) cost.total_tokens = total
  if (cost.input_tokens === null && cost.output_tokens === null) return { ...unknownCost }
  return cost
}

/** How long cache writes are kept, where the split agrees with the whole. */
function writtenFor(usage: Json | undefined, written: number): Partial<Cost> {
  const split = asObject(usage?.cache_creation)
  const short = asCount(split?.ephemeral_5m_input_tokens)
  const long = asCount(split?.ephemeral_1h_input_tokens)
  if (short === undefined || long === undefined || short + long !== written) return {}
  return { cache_write_5m_tokens: short, cache_write_1h_tokens: long }
}

const sum = (...counts: readonly number[]): number | undefined => {
  const total = counts.reduce((a, b) => a + b, 0)
  return Number.isSafeInteger(total) ? total : undefined
}
