import type { AgentRun } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { type ListPage, positionOf } from './list-page.ts'
import { recordIfThere } from './record.ts'
import type { RunSource } from './run-sources.ts'

/** Most runs whose records are read for one page: where few of them have anything, pages are short. */
const MOST_RUNS = 200

/**
 * A page of what is in the records of several runs, in the order of the runs. A page may be shorter than asked, also empty,
 * and still have a next one.
 * @throws Problem 400 query.cursor
 */
export const entryPage = async <Entry>(
  context: Pick<AppContext, 'store' | 'tokens'>,
  tenant: string,
  purpose: string,
  source: RunSource,
  entriesOf: (record: AgentRun) => Promise<readonly Entry[]> | readonly Entry[],
  { limit, cursor }: ListPage,
): Promise<{ readonly items: readonly Entry[]; readonly next: string | undefined }> => {
  let { at, skip } = readPosition(positionOf(context, tenant, purpose, cursor))
  const items: Entry[] = []
  const pageAt = (): string => context.tokens.seal(tenant, purpose, JSON.stringify([at, skip]))
  for (let runs = 0; ; runs++) {
    const found = await source.next(at)
    if (found === undefined) return { items, next: undefined }
    if (items.length === limit || runs === MOST_RUNS) return { items, next: pageAt() }
    const run = await context.store.readRun(tenant, found.id)
    const record =
      run === undefined || run.state === 'erased' ? undefined : await recordIfThere(context.store, tenant, run)
    const entries = record === undefined ? [] : await entriesOf(record)
    const rest = entries.slice(skip, skip + limit - items.length)
    items.push(...rest)
    if (skip + rest.length < entries.length) {
      skip += rest.length
      return { items, next: pageAt() }
    }
    at = found.position
    skip = 0
  }
}

const readPosition = (position: string | undefined): { at: string; skip: number } => {
  const [at, skip] = position === undefined ? ['', 0] : (JSON.parse(position) as [string, number])
  return { at, skip }
}
