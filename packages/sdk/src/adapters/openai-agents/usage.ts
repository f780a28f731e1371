import type { Cost } from '@agent-run/types'
import { asArray, asCount, asObject, type Json } from '../../conversion/json.ts'
import { member } from './members.ts'

/**
 * Reads usage in any of the ways the SDK writes it. The SDK fills in zeros for what a provider leaves open, so usage
 * that is zero throughout, and parts that are zero, are not known (AR-COST-010).
 */
export function readUsage(value: unknown): Cost | undefined {
  const usage = asObject(value)
  if (!usage) return undefined
  const input = asCount(member(usage, 'input_tokens')) ?? asCount(usage.prompt_tokens)
  const output = asCount(member(usage, 'output_tokens')) ?? asCount(usage.completion_tokens)
  if (!input && !output) return undefined
  const cost: Cost = { input_tokens: input ?? null, output_tokens: output ?? null }
  if (input !== undefined && output !== undefined && Number.isSafeInteger(input + output))
    cost.total_tokens = input + output
  const read = part(usage, ['input_tokens_details', 'prompt_tokens_details'], ['cached_tokens'])
  const written = part(usage, ['input_tokens_details', 'prompt_tokens_details'], ['cache_write_tokens'])
  const reasoning = part(usage, ['output_tokens_details', 'completion_tokens_details'], ['reasoning_tokens'])
  // A part that does not fit into the whole is wrong, or about something else (AR-COST-004).
  if (read !== undefined && read <= (input ?? 0)) cost.cache_read_tokens = read
  if (written !== undefined && written + (cost.cache_read_tokens ?? 0) <= (input ?? 0))
    cost.cache_write_tokens = written
  if (reasoning !== undefined && reasoning <= (output ?? 0)) cost.reasoning_tokens = reasoning
  return { ...cost, basis: 'reported' }
}

/** A part of a count: details are an object, or a list with one for each request, or stand in `details`. */
function part(usage: Json, groups: readonly string[], names: readonly string[]): number | undefined {
  const places = [usage, asObject(usage.details)]
  const details = places.flatMap((place) => groups.flatMap((group) => listOf(member(place, group))))
  const own = [...details, ...places].flatMap((detail) =>
    names.flatMap((name) => asCount(member(asObject(detail), name)) ?? []),
  )
  const sum = own.reduce((total, count) => total + count, 0)
  return sum > 0 && Number.isSafeInteger(sum) ? sum : undefined
}

const listOf = (value: unknown): readonly unknown[] => asArray(value) ?? [value]
