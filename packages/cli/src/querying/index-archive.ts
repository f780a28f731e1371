import { approvalsOf, artifactsOf, type Evaluation, Leaderboard, type RunFilter } from '@agent-run/core'
import type { AgentRun, RunSummary } from '@agent-run/types'
import { askIndex } from '../indexing/ask-index.ts'
import { parseStored } from '../indexing/database.ts'
import type { SqlValue } from '../indexing/driver.ts'
import { digestOf, factDigest, type IndexedRelations, relationKey } from '../indexing/entry.ts'
import { StaleIndex } from '../indexing/failure.ts'
import type { IndexedRow, RunIndex } from '../indexing/run-index.ts'
import { withCall } from './approval-calls.ts'
import { type Archive, EXPLAINED, type Found, type ListQuery } from './archive.ts'
import { Family } from './collect-artifacts.ts'
import { cutTo, executedInstead } from './file-archive.ts'
import { Newest } from './newest.ts'
import type { ReadingOptions } from './read-runs.ts'
import { ServerUses } from './server-uses.ts'
import type { Tallies } from './tally.ts'

/**
 * Answers from an index: the same that `createFileArchive` gives. What is listed of a run beside its summary is read from
 * its file again. Throws `IndexFailure` where the index cannot be used; whoever asks then asks the files.
 */
export function createIndexArchive(index: RunIndex, { trustKey }: Pick<ReadingOptions, 'trustKey'>): Archive {
  let tallies: Tallies | undefined
  const ask = <T>(question: () => Promise<T>): Promise<T> =>
    askIndex(index, (met) => {
      tallies = met
      return question()
    })
  return {
    runs: ({ filter, limit, explain }) =>
      ask(async () => {
        await index.judge()
        const executed = executedInstead(filter)
        const matching = selectRuns(index, filter, trustKey)
        const found = new Newest<IndexedRow>(limit)
        for (const row of matching) found.add(timeIn(row), `${hexIn(row, 'same')} ${row.columns['level']}`, row)
        const rows = found.items()
        const evidence = new Map<string, readonly string[]>()
        const read = explain ? await readWith(index, rows.slice(0, EXPLAINED), explain) : []
        const items = rows.map(summaryIn)
        for (const [nth, { id }] of items.slice(0, EXPLAINED).entries()) evidence.set(id, read[nth] ?? [])
        return {
          items,
          more: found.more,
          alsoExecuted: executed && Math.min(1000, countOthers(selectRuns(index, executed, trustKey), matching)),
          evidence,
        }
      }),

    artifacts: (query) => ask(() => listArtifacts(index, query)),

    approvals: ({ parameters, limit }) =>
      ask(async () => {
        const wanted = new Map(parameters)
        const [conditions, values]: [string[], SqlValue[]] = [[], []]
        const state = wanted.get('state')
        if (state !== undefined) addTo(conditions, values, 'each.state = ?', state)
        const tool = wanted.get('tool')
        if (tool !== undefined) addTo(conditions, values, 'instr(each.tools, ?) > 0', digestOf(tool))
        const run = wanted.get('run_id')
        if (run !== undefined) addTo(conditions, values, 'runs.name = ?', JSON.stringify(run))
        const rows = index.select(ITEM, `join approvals as each on each.run = runs.id ${where(conditions)}`, ...values)
        // The last one of a run comes first.
        rows.sort((a, b) => a.position - b.position || a.start - b.start || nthIn(b) - nthIn(a))
        const found = new Newest<IndexedRow>(limit)
        for (const row of rows) found.add(timeIn(row), hexIn(row, 'same'), row)
        const items = await readItems(index, found.items(), (record) =>
          approvalsOf(record).map((entry) => withCall(entry, record)),
        )
        return { items, more: found.more }
      }),

    mcpServers: ({ limit }) =>
      ask(async () => {
        const uses = new ServerUses()
        for (const row of index.select('runs.name, runs.at, runs.servers', 'where servers is not null'))
          uses.add(parseStored(row.columns['servers']), parseStored(row.columns['name']), timeIn(row))
        return cutTo(uses.list(), limit)
      }),

    leaderboard: ({ parameters, limit, by }) =>
      ask(async () => {
        const leaderboard = new Leaderboard(by, new Map(parameters).get('benchmark_id'))
        for (const { columns } of index.select('evaluation', 'where evaluation is not null'))
          leaderboard.add(parseStored<Evaluation>(columns['evaluation']))
        return cutTo(leaderboard.groups(), limit)
      }),

    remarks: () => tallies?.remarks() ?? [],
    isIncomplete: () => tallies?.isIncomplete() ?? true,
  }
}

/** What is needed of a run to list it. */
const RUN = 'runs.at, runs.same, runs.length, runs.summary, level'

/** What is needed of an artifact or approval to list it. */
const ITEM = 'runs.at, runs.length, each.nth, each.same'

const selectRuns = (index: RunIndex, { facts, since, until }: RunFilter, trustKey: string): IndexedRow[] => {
  const [conditions, values]: [string[], SqlValue[]] = [[], []]
  for (const { kind, value } of facts)
    if (kind === 'level') addTo(conditions, values, `coalesce(level, 'recorded') = ?`, value)
    else addTo(conditions, values, 'instr(runs.facts, ?) > 0', factDigest(kind, value))
  if (since !== undefined) addTo(conditions, values, 'runs.at >= ?', since)
  if (until !== undefined) addTo(conditions, values, 'runs.at < ?', until)
  const joined = `left join levels on levels.run = runs.id and levels.trust = ?`
  return index.select(RUN, `${joined} ${where(conditions)}`, trustKey, ...values)
}

const listArtifacts = async (
  index: RunIndex,
  { parameters, limit }: ListQuery,
): Promise<Found<ReturnType<typeof artifactsOf>[number]>> => {
  const wanted = new Map(parameters)
  const [turnId, runId, digest] = [wanted.get('turn_id'), wanted.get('run_id'), wanted.get('digest')]
  const [conditions, values]: [string[], SqlValue[]] = [[], []]
  if (digest !== undefined) addTo(conditions, values, 'each.digest = ?', digestOf(digest))
  if (runId !== undefined) addTo(conditions, values, 'runs.name = ?', JSON.stringify(runId))
  const select = (more: readonly string[], ...others: readonly SqlValue[]): IndexedRow[] =>
    index.select(
      `${ITEM}, runs.family`,
      `join artifacts as each on each.run = runs.id ${where([...conditions, ...more])}`,
      ...values,
      ...others,
    )
  const found = new Newest<IndexedRow>(limit)
  const add = (row: IndexedRow): void => found.add(timeIn(row), hexIn(row, 'same'), row)
  if (turnId === undefined) for (const row of select([])) add(row)
  else {
    for (const row of select(['each.turn = ?'], digestOf(turnId))) add(row)
    const family = new Family()
    for (const row of index.select('runs.family')) {
      const { id, turn, parent } = relationsIn(row)
      family.add({ id, turn, parent })
    }
    // Their artifacts name no turn, so none of them was found above.
    for (const row of select(['each.turn is null'])) {
      const { id, turnless } = relationsIn(row)
      if (turnless && family.turnOf(id) === relationKey(turnId)) add(row)
    }
  }
  const items = await readItems(index, found.items(), (record) => artifactsOf(record))
  return { items, more: found.more }
}

const relationsIn = ({ columns }: IndexedRow): IndexedRelations => parseStored(columns['family'])

/** Reads the records of rows; what is taken of each stands in the order of the rows. */
const readWith = async <T>(
  index: RunIndex,
  rows: readonly IndexedRow[],
  take: (run: AgentRun) => T,
): Promise<(T | undefined)[]> => {
  const order = new Map(rows.map((row, nth) => [row, nth]))
  const taken: (T | undefined)[] = []
  for await (const { row, record } of index.records(rows)) taken[order.get(row) as number] = take(record.run)
  return taken
}

/** Reads the items of rows from a list in their records. Several rows may be of one record, which is read once. */
const readItems = async <T>(
  index: RunIndex,
  rows: readonly IndexedRow[],
  listIn: (run: AgentRun) => readonly T[],
): Promise<T[]> => {
  const places = new Map<string, IndexedRow[]>()
  for (const row of rows) {
    const place = `${row.position}:${row.start}`
    const others = places.get(place)
    if (others) others.push(row)
    else places.set(place, [row])
  }
  const items = new Map<IndexedRow, T>()
  const firsts = [...places.values()].map(([first]) => first as IndexedRow)
  for await (const { row, record } of index.records(firsts)) {
    const list = listIn(record.run)
    for (const each of places.get(`${row.position}:${row.start}`) ?? []) {
      const item = list[nthIn(each)]
      if (item === undefined) throw new StaleIndex('the record is another one')
      items.set(each, item)
    }
  }
  return rows.map((row) => items.get(row) as T)
}

const countOthers = (rows: readonly IndexedRow[], known: readonly IndexedRow[]): number => {
  const places = new Set(known.map(({ position, start }) => `${position}:${start}`))
  return rows.filter(({ position, start }) => !places.has(`${position}:${start}`)).length
}

const summaryIn = ({ columns }: IndexedRow): RunSummary => ({
  ...parseStored<RunSummary>(columns['summary']),
  level: (columns['level'] ?? 'recorded') as RunSummary['level'],
})

const timeIn = ({ columns }: IndexedRow): string | undefined => (columns['at'] as string | null) ?? undefined
const nthIn = ({ columns }: IndexedRow): number => columns['nth'] as number
const hexIn = ({ columns }: IndexedRow, column: string): string =>
  Buffer.from(columns[column] as Uint8Array).toString('hex')

const where = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`

const addTo = (conditions: string[], values: SqlValue[], condition: string, value: SqlValue): void => {
  conditions.push(condition)
  values.push(value)
}
