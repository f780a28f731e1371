import type { Cost } from '@agent-run/types'
import { asCount, asObject, type Json } from '../../conversion/json.ts'
import { tokenCost } from '../../conversion/usage.ts'

/** Counts of tokens; cached ones are part of the input, thinking is part of the output. */
export interface Counts {
  readonly input: number
  readonly output: number
  /** Absent: not counted. */
  readonly cached?: number | undefined
  readonly written?: number | undefined
  readonly reasoning?: number | undefined
}

const zero: Counts = { input: 0, output: 0, cached: 0, reasoning: 0 }

/**
 * Makes one count for each model call out of running totals, each of which is written twice: what grew since the last
 * one belongs to the call that just ended.
 */
export class UsageMeter {
  #total: Counts = zero
  #byAnswer = false

  /** What one answer used, as newer versions write it beside the totals; those only repeat it from then on. */
  readAnswer(usage: Json | undefined): Counts | undefined {
    const counts = readCounts(usage)
    if (!counts || (counts.input === 0 && counts.output === 0)) return undefined
    this.#byAnswer = true
    return counts
  }

  /** What the call used that a `token_count` event ends; `undefined` if it only repeats what is known. */
  read(info: Json | undefined): Counts | undefined {
    const total = readCounts(asObject(info?.total_token_usage))
    if (!total || this.#byAnswer) return undefined
    const before = this.#total
    this.#total = total
    const grown = subtract(total, before)
    const counts = Object.values(grown).filter((count) => count !== undefined)
    if (counts.every((count) => count === 0)) return undefined
    if (counts.every((count) => count >= 0)) return grown
    // The totals began again: after a resume, or when the window was full.
    const last = readCounts(asObject(info?.last_token_usage))
    return last && (last.input > 0 || last.output > 0) ? last : undefined
  }
}

/** Counts as Codex writes them; `undefined` where there are none. */
export function readCounts(usage: Json | undefined): Counts | undefined {
  const input = asCount(usage?.input_tokens)
  const output = asCount(usage?.output_tokens)
  if (input === undefined || output === undefined) return undefined
  return {
    input,
    output,
    cached: asCount(usage?.cached_input_tokens),
    // Not counted by most providers, for which zero is written.
    written: asCount(usage?.cache_write_input_tokens) || undefined,
    reasoning: asCount(usage?.reasoning_output_tokens),
  }
}

/** Counts as a record says them. */
export const costOf = ({ input, cached, written, output, reasoning }: Counts): Cost =>
  tokenCost({
    input,
    output,
    cacheRead: cached === undefined ? undefined : Math.min(cached, input),
    cacheWrite: written,
    reasoning: reasoning === undefined ? undefined : Math.min(reasoning, output),
  })

const subtract = (a: Counts, b: Counts): Counts => ({
  input: a.input - b.input,
  output: a.output - b.output,
  cached: a.cached === undefined ? undefined : a.cached - (b.cached ?? 0),
  written: a.written === undefined ? undefined : a.written - (b.written ?? 0),
  reasoning: a.reasoning === undefined ? undefined : a.reasoning - (b.reasoning ?? 0),
})
