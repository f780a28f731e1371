import type { RunFilter } from '@agent-run/core'
import { readPlace } from './cursor.ts'
import { EVERY_RUN, type IndexedFact } from './facts.ts'

/** A statement with a `?` for each parameter, in their order. */
export interface Query {
  readonly text: string
  readonly parameters: readonly (string | number)[]
}

/** The same statement with `$1`, `$2` …; none of ours has a question mark elsewhere. */
export const numbered = (text: string): string => {
  let count = 0
  return text.replaceAll('?', () => `$${++count}`)
}

/**
 * The runs that a filter selects, newest first: `summary`, `received_at`, `sort_at`, `run` of each.
 *
 * The rows of one fact are walked in the order of the answer, and whatever else is asked is looked up for each: nothing
 * is sorted, and a page costs as much among a million runs as among a thousand.
 *
 * @param lead the fact that is walked; best the rarest
 * @param after what {@link writePlace} gave for the last run of the page before
 */
export const selectRuns = (
  tenant: string,
  filter: RunFilter,
  lead: IndexedFact,
  limit: number,
  after: string | undefined,
): Query => {
  const from = matching(tenant, filter, lead)
  const conditions = [...from.conditions]
  const parameters = [...from.parameters]
  if (after !== undefined) {
    const place = readPlace(after)
    conditions.push('(f.sort_at, f.run) < (?, ?)')
    parameters.push(place.sortAt, place.run)
  }
  return {
    text: `SELECT r.summary, r.received_at, f.sort_at, f.run FROM facts f
      JOIN runs r ON r.tenant = f.tenant AND r.run = f.run
      WHERE ${conditions.join(' AND ')} ORDER BY f.sort_at DESC, f.run DESC LIMIT ?`,
    parameters: [...parameters, limit],
  }
}

/** How many runs a filter selects, as `count`; no more than `most` are looked at. */
export const countRuns = (tenant: string, filter: RunFilter, lead: IndexedFact, most: number): Query => {
  const { conditions, parameters } = matching(tenant, filter, lead)
  return {
    text: `SELECT count(*) AS count FROM (SELECT 1 FROM facts f WHERE ${conditions.join(' AND ')} LIMIT ?) AS found`,
    parameters: [...parameters, most],
  }
}

/** Facts that a filter asks for, each once; if it asks for none, the one that every run has. */
export const askedFacts = (filter: RunFilter): readonly IndexedFact[] => {
  const asked = new Map(filter.facts.map((fact) => [`${fact.kind} ${fact.value}`, fact]))
  return asked.size === 0 ? [EVERY_RUN] : [...asked.values()]
}

const matching = (tenant: string, filter: RunFilter, lead: IndexedFact) => {
  const conditions = ['f.tenant = ?', 'f.kind = ?', 'f.value = ?']
  const parameters: (string | number)[] = [tenant, lead.kind, lead.value]
  if (filter.since !== undefined) {
    conditions.push('f.sort_at >= ?')
    parameters.push(filter.since)
  }
  if (filter.until !== undefined) {
    conditions.push('f.sort_at < ?')
    parameters.push(filter.until)
  }
  for (const fact of askedFacts(filter)) {
    if (fact.kind === lead.kind && fact.value === lead.value) continue
    // Not EXISTS: PostgreSQL would make a join of it, and look through all runs that have the other fact.
    conditions.push(`(SELECT 1 FROM facts o WHERE o.tenant = f.tenant AND o.kind = ? AND o.value = ?
      AND o.sort_at = f.sort_at AND o.run = f.run) IS NOT NULL`)
    parameters.push(fact.kind, fact.value)
  }
  return { conditions, parameters }
}
