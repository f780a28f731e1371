import {
  approvalsOf,
  concernsTool,
  describeRun,
  evaluationOf,
  Leaderboard,
  matchesRun,
  type RunFilter,
  timeOf,
} from '@agent-run/core'
import type { RunSummary } from '@agent-run/types'
import { type AskedApproval, withCall } from './approval-calls.ts'
import { type Archive, EXPLAINED, type Found } from './archive.ts'
import { collectArtifacts } from './collect-artifacts.ts'
import { Newest } from './newest.ts'
import { type RunReader, startOf } from './read-runs.ts'
import { ServerUses, serversOf } from './server-uses.ts'

/** Answers from files. Every question reads all of them once; memory holds what is listed. */
export function createFileArchive(reader: RunReader): Archive {
  return {
    async runs({ filter, limit, explain }) {
      const found = new Newest<{ readonly summary: RunSummary; readonly evidence: readonly string[] }>(limit)
      const executed = executedInstead(filter)
      let alsoExecuted = 0
      for await (const { run, level } of reader.runs()) {
        const description = describeRun(run, { level })
        const { summary, facts } = description
        // At once, since nobody knows how large the records are that would have to be kept.
        if (matchesRun(description, filter))
          found.add(timeOf(summary), JSON.stringify([summary, facts]), { summary, evidence: explain?.(run) ?? [] })
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
          ) {
            const asked = withCall(entry, run)
            found.add(startOf(run), JSON.stringify(asked), asked)
          }
      }
      return { items: found.items(), more: found.more }
    },

    async mcpServers({ limit }) {
      const uses = new ServerUses()
      for await (const { run } of reader.runs()) uses.add(serversOf(run), run.id, startOf(run))
      return cutTo(uses.list(), limit)
    },

    async leaderboard({ parameters, limit, by }) {
      const leaderboard = new Leaderboard(by, new Map(parameters).get('benchmark_id'))
      for await (const { run } of reader.runs()) leaderboard.add(evaluationOf(run))
      return cutTo(leaderboard.groups(), limit)
    },

    remarks: () => reader.remarks(),
    isIncomplete: () => reader.isIncomplete(),
  }
}

/** The first of a list. */
export const cutTo = <T>(items: readonly T[], limit: number): Found<T> => ({
  items: items.slice(0, limit),
  more: Math.max(0, items.length - limit),
})

/** A filter for wrote files, with executed commands in its place. */
export const executedInstead = (filter: RunFilter): RunFilter | undefined => {
  const isWrite = ({ kind, value }: RunFilter['facts'][number]): boolean => kind === 'side_effect' && value === 'write'
  if (!filter.facts.some(isWrite)) return undefined
  return { ...filter, facts: filter.facts.map((fact) => (isWrite(fact) ? { ...fact, value: 'exec' } : fact)) }
}
