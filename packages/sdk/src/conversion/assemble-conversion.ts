import type { Finding } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { redact } from '../preview/index.ts'
import type { AdapterAbout } from './adapter.ts'
import type { InputRead } from './read-input.ts'
import type { Conversion, FileReport } from './report.ts'
import { addUpTotals } from './totals.ts'
import { adapterVersion } from './version.ts'

/** Most sessions of one file that a report names. */
const mostSessions = 100

/** What an adapter found. */
export interface Found {
  readonly about: AdapterAbout
  readonly reads: readonly InputRead[]
  /** What each of them was recognised as, in the same order. */
  readonly roles: readonly FileReport['role'][]
  /** A run stands before the runs it delegated to. */
  readonly runs: AgentRun[]
  /** How many of them are of sub-agents. Default: those with a parent in `provenance.parents`. */
  readonly subAgents?: number
  /** Steps that end before they begin in the source. */
  readonly contradictions?: number
  /** What is to be said beside that; `path` is a JSON Pointer into the report. */
  readonly findings?: readonly Finding[]
  /** What was expected, for `convert.no_turns`: "expected lines of type user and assistant". */
  readonly expected: string
}

/** Runs and report of a conversion, with the findings that every adapter has. */
export function assembleConversion(found: Found): Conversion {
  const { about, reads, roles, runs, contradictions = 0 } = found
  const findings: Finding[] = []
  const note = (code: string, severity: Finding['severity'], path: string, message: string): void => {
    findings.push({ code, severity, path, message })
  }
  for (const [index, { ledger, broken }] of reads.entries()) {
    const { malformed } = ledger.counts
    if (broken)
      note(
        'convert.unreadable',
        'error',
        `/files/${index}`,
        'reading broke off; what stands before the break was converted',
      )
    if (malformed > 0)
      note(
        'convert.malformed_lines',
        'warning',
        `/files/${index}/malformed`,
        `${malformed} ${malformed === 1 ? 'line' : 'lines'} could not be read; expected JSON`,
      )
  }
  findings.push(...(found.findings ?? []))
  if (contradictions > 0)
    note(
      'convert.time_order',
      'warning',
      '/totals/steps',
      `${contradictions} steps end before they begin in the source; their beginning is left unknown`,
    )
  if (runs.length === 0)
    note('convert.no_turns', 'error', '/files', `nothing of ${about.title} was recognised; expected ${found.expected}`)
  const subAgents = found.subAgents ?? runs.filter(({ provenance }) => provenance.parents !== undefined).length
  return {
    runs,
    report: {
      ok: !findings.some(({ severity }) => severity === 'error'),
      format: about.format,
      adapter: about.adapter,
      adapter_version: adapterVersion,
      files: reads.map((read, index) => fileReport(read, roles[index] ?? 'unrecognised')),
      totals: addUpTotals(runs, subAgents),
      findings,
      not_recorded: about.notRecorded,
    },
  }
}

function fileReport({ name, ledger, bytes, digest, sessionIds }: InputRead, role: FileReport['role']): FileReport {
  return {
    name,
    role,
    session_ids: [...sessionIds].slice(0, mostSessions).map((id) => redact(id)),
    bytes,
    ...(digest ? { digest } : {}),
    lines: ledger.counts,
    skipped: ledger.reasons,
    malformed: ledger.malformedLines,
  }
}
