import type { Client, Pages } from '@agent-run/sdk/client'
import type { AgentRun, ArtifactEntry, RunSummary } from '@agent-run/types'
import { withCall } from './approval-calls.ts'
import { type Archive, EXPLAINED, type Found } from './archive.ts'
import type { Parameters } from './filters.ts'

/** Answers from a server. */
export function createServerArchive(client: Client): Archive {
  const remarks: string[] = []
  return {
    async runs({ parameters, limit, explain }) {
      const query = { ...queryOf(parameters), limit: pageOf(limit) }
      const items: RunSummary[] = []
      let alsoExecuted: number | undefined
      let isMore = false
      for await (const page of client.listRuns(query).pages()) {
        alsoExecuted ??= page.also_executed
        items.push(...page.runs)
        isMore = page.next !== undefined || items.length > limit
        if (items.length >= limit) break
      }
      items.length = Math.min(items.length, limit)
      const evidence = new Map<string, readonly string[]>()
      for (const { id } of explain ? items.slice(0, EXPLAINED) : []) {
        const run = await client.getRun(id).catch(() => undefined)
        // Erased in between, or too large: the list stands without it.
        if (run !== undefined) evidence.set(id, explain?.(run) ?? [])
      }
      return { items, more: isMore ? 'some' : 0, alsoExecuted, evidence }
    },
    async artifacts({ parameters, limit }) {
      if (parameters.length > 0) return take(client.artifacts({ ...queryOf(parameters), limit: pageOf(limit) }), limit)
      // The protocol answers for one turn, run or digest; without any of them the newest runs are asked one by one.
      const newest = await take(client.listRuns({ limit: RUNS_READ }), RUNS_READ)
      const items: ArtifactEntry[] = []
      let more: Found<unknown>['more'] = 0
      for (const { id } of newest.items) {
        if (more !== 0) break
        const found = await take(client.artifacts({ run_id: id, limit: pageOf(limit) }), limit - items.length)
        items.push(...found.items)
        more = found.more
      }
      if (newest.more !== 0)
        remarks.push(`only the newest ${RUNS_READ} runs were asked; for others give --turn, --run or --digest`)
      return { items, more }
    },
    async approvals({ parameters, limit }) {
      const found = await take(client.approvals({ ...queryOf(parameters), limit: pageOf(limit) }), limit)
      const ids = [...new Set(found.items.map(({ run_id }) => run_id))]
      const runs = new Map<string, AgentRun>()
      for (const id of ids.slice(0, RUNS_READ)) {
        const run = await client.getRun(id).catch(() => undefined)
        if (run !== undefined) runs.set(id, run)
      }
      if (ids.length > RUNS_READ)
        remarks.push(`the calls of the newest ${RUNS_READ} runs are shown; narrow the question with --run for others`)
      const items = found.items.map((entry) => {
        const run = runs.get(entry.run_id)
        return run === undefined ? entry : withCall(entry, run)
      })
      return { ...found, items }
    },
    mcpServers: ({ limit }) => take(client.mcpServers({ limit: pageOf(limit) }), limit),
    async leaderboard({ parameters, limit, by }) {
      const { groups } = await client.leaderboard({ ...queryOf(parameters), by, limit: pageOf(limit) })
      return { items: groups.slice(0, limit), more: groups.length > limit ? groups.length - limit : 0 }
    },
    remarks: () => remarks,
    isIncomplete: () => false,
  }
}

/** So many runs, the newest, are read for what lists of the server do not say. */
const RUNS_READ = 50

/** Largest page that every server gives. */
const PAGE = 200

const pageOf = (limit: number): number => Math.max(1, Math.min(limit, PAGE))

/** Parameters as the client takes them; a filter that stands more than once is a list. */
const queryOf = (parameters: Parameters): Record<string, string | string[]> => {
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of parameters) {
    const known = query[name]
    query[name] = name === 'tag' ? [known ?? [], value].flat() : value
  }
  return query
}

const take = async <T>(pages: Pages<T, unknown>, limit: number): Promise<Found<T>> => {
  const items: T[] = []
  for await (const item of pages) {
    if (items.length === limit) return { items, more: 'some' }
    items.push(item)
  }
  return { items, more: 0 }
}
