import { createLastGoodFinder, factValue, type RunDescription, searchesForLastGood } from '@agent-run/core'
import type { RunSummary } from '@agent-run/types'
import { askIndex } from '../indexing/ask-index.ts'
import { parseStored } from '../indexing/database.ts'
import { DIGEST, factDigest } from '../indexing/entry.ts'
import type { IndexedRow, RunIndex } from '../indexing/run-index.ts'
import { describe, type FoundRun, IdSearch } from './find-run.ts'
import type { Lookup } from './lookup.ts'
import { levelOf, type ReadingOptions } from './read-runs.ts'
import type { Tallies } from './tally.ts'

/** Looks runs up in an index; the records that are meant are read. Throws what `askIndex` throws. */
export function createIndexLookup(index: RunIndex, { verify }: Pick<ReadingOptions, 'verify'>): Lookup {
  let tallies: Tallies | undefined
  const ask = <T>(question: () => Promise<T>): Promise<T> =>
    askIndex(index, (met) => {
      tallies = met
      return question()
    })
  const read = async (rows: readonly IndexedRow[]): Promise<Map<IndexedRow, FoundRun>> => {
    const found = new Map<IndexedRow, FoundRun>()
    for await (const { row, record } of index.records(rows))
      found.set(row, describe({ run: record.run, level: levelOf(record, verify) }))
    return found
  }
  return {
    find: (names) =>
      ask(async () => {
        const search = new IdSearch<{ readonly id: string; readonly row: IndexedRow }>(names)
        for (const row of index.select('runs.name, runs.length'))
          search.offer({ id: parseStored(row.columns['name']), row })
        const meant = names.flatMap((name) => {
          try {
            return [search.get(name).row]
          } catch {
            // Said when it is asked for.
            return []
          }
        })
        const found = await read([...new Set(meant)])
        return (name) => found.get(search.get(name).row) as FoundRun
      }),

    lastGood: (after) =>
      ask(async () => {
        const finder = createLastGoodFinder<Candidate>(after)
        for (const candidate of candidatesFor(index, after)) finder.offer(candidate)
        const best = finder.found()
        if (best === undefined) return undefined
        const { row } = best.run
        const run = (await read([row])).get(row) as FoundRun
        return { criterion: best.criterion, run }
      }),

    remarks: () => tallies?.remarks() ?? [],
  }
}

/** A run with those of its facts that are looked for. */
interface Candidate extends RunDescription {
  readonly row: IndexedRow
}

/** Runs that may be the last good one. */
function* candidatesFor(index: RunIndex, after: RunDescription): Generator<Candidate> {
  const searches = searchesForLastGood(after).flat()
  const wanted = searches.flatMap(({ filter }) => filter?.facts ?? [])
  const ids = new Set(searches.flatMap(({ runId }) => runId ?? []))
  const digests = wanted.map(({ kind, value }) => ({ kind, value, digest: factDigest(kind, value) }))
  if (searches.length === 0) return
  for (const row of index.select('runs.name, runs.length, runs.summary, runs.facts')) {
    const known = Buffer.from(row.columns['facts'] as Uint8Array)
    const facts = digests.filter(({ digest }) => holds(known, digest)).map(({ kind, value }) => ({ kind, value }))
    const id = parseStored<string>(row.columns['name'])
    if (facts.length === 0 && !ids.has(factValue(id))) continue
    yield { row, facts, summary: parseStored<RunSummary>(row.columns['summary']) }
  }
}

/** Whether a digest stands among others. */
const holds = (digests: Buffer, digest: Buffer): boolean => {
  for (let at = digests.indexOf(digest); at !== -1; at = digests.indexOf(digest, at + 1))
    if (at % DIGEST === 0) return true
  return false
}
