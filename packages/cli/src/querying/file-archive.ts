import { approvalsOf, concernsTool, describeRun, hasRun, matchesRun, type RunFilter, timeOf } from '@agent-run/core'
import type { McpServerUse, RunSummary } from '@agent-run/types'
import { type AskedApproval, withCall } from './approval-calls.ts'
import { type Archive, EXPLAINED, type Found } from './archive.ts'
import { collectArtifacts } from './collect-artifacts.ts'
import { Leaderboard } from './leaderboard.ts'
import { Newest } from './newest.ts'
import type { RunReader } from './read-runs.ts'

/** Answers from files. Every question reads all of them once; memory holds what is listed. */
export function createFileArchive(reader: RunReader): Archive {
  return {
    async runs({ filter, limit, explain }) {
      const found = new Newest<{ readonly summary: RunSummary; readonly evidence: readonly string[] }>(limit)
      const executed = executedInstead(filter)
      let alsoExecuted = 0
      for await (const { run, level } of reader.runs()) {
        const description = describeRun(run, { level })
        const { summary } = description
        // At once, since nobody knows how large the records are that would have to be kept.
        if (matchesRun(description, filter)) found.add(timeOf(summary), { summary, evidence: explain?.(run) ?? [] })
        else if (executed && matchesRun(description, executed)) alsoExecuted++
      }
      const items = found.items()
      return {
        items: items.map(({ summary }) => summary),
        more: found.more,
        alsoExecuted: executed && Math.min(alsoExecuted, 1000),
        evidence: new Map(items.slice(0, EXPLAINED).map(({ summary, evidence }) => [summary.id, evidence])),
      }
    },

    artifacts: (query) => collectArtifacts(reader.runs(), query),

    async approvals({ parameters, limit }) {
      const wanted = new Map(parameters)
      const found = new Newest<AskedApproval>(limit)
      for await (const { run } of reader.runs()) {
        if (run.approvals === undefined || (wanted.get('run_id') ?? run.id) !== run.id) continue
        const tool = wanted.get('tool')
        for (const entry of [...approvalsOf(run)].reverse())
          if (
            (wanted.get('state') ?? entry.state) === entry.state &&
            (tool === undefined || concernsTool(entry, tool, run))
          )
            found.add(timeOf(run), withCall(entry, run))
      }
      return { items: found.items(), more: found.more }
    },

    async mcpServers({ limit }) {
      const uses = new Map<string, McpServerUse>()
      for await (const { run } of reader.runs()) {
        const time = timeOf(run) ?? ''
        const names = run.steps.filter(hasRun).map(({ mcp_server }) => mcp_server)
        for (const name of new Set(names))
          if (typeof name === 'string' && time >= (uses.get(name)?.last_at ?? ''))
            uses.set(name, { name, last_run_id: run.id, last_at: time })
      }
      const sorted = [...uses.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
      return cutTo(sorted, limit)
    },

    async leaderboard({ parameters, limit, by }) {
      const leaderboard = new Leaderboard(by, new Map(parameters).get('benchmark_id'))
      for await (const { run } of reader.runs()) leaderboard.add(run)
      return cutTo(leaderboard.groups(), limit)
    },

    remarks: () => reader.remarks(),
    isIncomplete: () => reader.isIncomplete(),
  }
}

/** The first of a list. */
const cutTo = <T>(items: readonly T[], limit: number): Found<T> => ({
  items: items.slice(0, limit),
  more: Math.max(0, items.length - limit),
})

/** A filter for wrote files, with executed commands in its place. */
const executedInstead = (filter: RunFilter): RunFilter | undefined => {
  const isWrite = ({ kind, value }: RunFilter['facts'][number]): boolean => kind === 'side_effect' && value === 'write'
  if (!filter.facts.some(isWrite)) return undefined
  return { ...filter, facts: filter.facts.map((fact) => (isWrite(fact) ? { ...fact, value: 'exec' } : fact)) }
}
