import { count } from '@agent-run/core/text'
import { type Exporter, exporters } from '@agent-run/sdk/exporters'
import type { AgentRun } from '@agent-run/types'

/** Writes records in a foreign format and keeps account of what that format has no place for. */
export interface Export {
  document(run: AgentRun): object
  /** What could not be said, for the report. */
  account(): { readonly exported: string; readonly lost: Readonly<Record<string, number>> }
  /** The same for people, each a line. */
  words(): readonly string[]
}

/** Most members that are named to people. */
const NAMED = 8

/** @param format one of the formats of the exporters */
export function createExport(format: string): Export {
  const exporter = exporters.find((candidate) => candidate.format === format) as Exporter
  const lost = new Map<string, number>()
  return {
    document(run) {
      const exported = exporter.export(run)
      for (const member of exported.lost) lost.set(member, (lost.get(member) ?? 0) + 1)
      return exported.document
    },
    account: () => ({ exported: format, lost: Object.fromEntries(lost) }),
    words() {
      if (lost.size === 0) return []
      const named = [...lost].sort(([, a], [, b]) => b - a).slice(0, NAMED)
      const more = lost.size > NAMED ? ` and ${count(lost.size - NAMED, 'more member')}` : ''
      return [`${exporter.title} has no place for ${named.map(([member]) => member).join(', ')}${more}`]
    },
  }
}
