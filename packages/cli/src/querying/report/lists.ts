import { bytes, dollars, duration } from '@agent-run/core/text'
import type { ArtifactEntry, LeaderboardGroup, McpServerUse } from '@agent-run/types'
import { moment } from '../../receipt/moment.ts'
import type { Table } from './table.ts'

/** A time: for programs as recorded, for people shorter. */
const at = { title: 'at', short: (time: string): string => moment(time).replace(/ UTC$/, '') }

/** Artifacts as a table. */
export const artifactTable = (entries: readonly ArtifactEntry[]): Table => ({
  columns: [
    { title: 'artifact', name: true },
    { title: 'action' },
    { title: 'size', right: true },
    { title: 'digest', short: (digest) => digest.replace(/^(sha256:.{8}).*/, '$1…') },
    { title: 'run' },
    { title: 'agent', gives: 2 },
    at,
  ],
  rows: entries.map(({ artifact, run_id, agent_id, at: time }) => [
    artifact.name ?? artifact.id,
    artifact.action ?? '–',
    artifact.content?.size === undefined ? '–' : bytes(artifact.content.size),
    artifact.content?.digest ?? '–',
    run_id,
    agent_id,
    time ?? '–',
  ]),
})

/** MCP servers as a table. */
export const mcpServerTable = (servers: readonly McpServerUse[]): Table => ({
  columns: [{ title: 'server', name: true }, { title: 'newest run', id: true }, at],
  rows: servers.map(({ name, last_run_id, last_at }) => [name, last_run_id, last_at === '' ? '–' : last_at]),
})

/** A leaderboard as a table. */
export const leaderboardTable = (groups: readonly LeaderboardGroup[], by: string): Table => ({
  columns: [
    { title: 'benchmark', name: true },
    { title: by, name: true },
    { title: 'passed', right: true },
    { title: 'mean score', right: true },
    { title: 'cost', right: true },
    { title: 'mean duration', right: true },
  ],
  rows: groups.map((group) => [
    group.benchmark_id ?? '–',
    group.group ?? '–',
    `${group.passed} of ${group.runs}`,
    group.mean_score === undefined ? '–' : group.mean_score.toFixed(1),
    group.cost_usd_total === undefined
      ? 'unknown'
      : `${dollars(group.cost_usd_total)}${group.cost_known < group.runs ? ` (${group.runs - group.cost_known} unknown)` : ''}`,
    group.mean_duration_ms === undefined ? 'unknown' : duration(group.mean_duration_ms),
  ]),
})
