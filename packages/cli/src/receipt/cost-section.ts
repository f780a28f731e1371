import { dollars, tokens } from '@agent-run/core/text'
import type { Amounts, Consumption } from './consumption.ts'
import type { Facts } from './facts.ts'
import type { Section } from './section.ts'

/** What a run consumed: whole, by model, by agent. */
export function costSection({ consumption, delegated }: Facts): Section {
  const { byModel, byAgent, priceSource } = consumption
  const lines = [`${totalWords(consumption)} · ${priceWords(consumption)}`]
  if (priceSource !== undefined) lines.push(`price by ${priceSource}`)
  if (byModel.length > 1) for (const part of byModel) lines.push(`${part.model}: ${partWords(part)}`)
  if (byAgent.length > 1) for (const part of byAgent) lines.push(`${part.agent}: ${partWords(part)}`)
  if (delegated.some(({ run }) => run !== undefined)) lines.push('runs it was handed over to are not included')
  return { title: 'Cost', lines }
}

/** The money of a run in few words, or that there is none recorded. */
export function priceWords({ total, priceBasis, other }: Consumption): string {
  if (typeof total.usd === 'number') {
    const basis = priceBasis === undefined ? '' : priceBasis === 'unknown' ? ', price basis unknown' : ` ${priceBasis}`
    return `${dollars(total.usd)}${basis}`
  }
  if (other) return `${other.amount} ${other.unit}`
  return total.usd === null ? 'price unknown' : 'price not recorded'
}

/** `in 412 k (388 k from cache), out 9.1 k tokens`. */
export function amountWords({ input, output, cached, reasoning }: Amounts): string {
  if (input == null && output == null)
    return input === undefined && output === undefined ? 'tokens not recorded' : 'tokens unknown'
  const from = cached ? ` (${tokens(cached)} from cache)` : ''
  const thought = reasoning ? ` (${tokens(reasoning)} reasoning)` : ''
  return `in ${tokens(input)}${from}, out ${tokens(output)}${thought} tokens`
}

const partWords = (part: Amounts): string =>
  typeof part.usd === 'number' ? `${amountWords(part)}, ${dollars(part.usd)}` : amountWords(part)

/** The tokens of the whole run, with how sure they are. */
export function totalWords({ total, basis }: Consumption): string {
  const words = amountWords(total)
  if (basis === 'lower_bound') return `at least ${words}`
  return basis === 'computed' ? `${words} (computed)` : words
}
