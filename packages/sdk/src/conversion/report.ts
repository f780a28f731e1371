import type { Finding } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'

/** What an adapter hands back: the runs it found, and an account of every line it read. */
export interface Conversion {
  /** Valid 1.0 records; a run stands before the runs it delegated to. */
  readonly runs: AgentRun[]
  readonly report: ConversionReport
}

/** The account of a conversion. JSON-serialisable and deterministic: no clock, no paths but the names that were given. */
export interface ConversionReport {
  /** False exactly if a finding is an error: nothing recognised (`convert.no_turns`) or a file that could not be read. */
  readonly ok: boolean
  /** Format that was read, as in `source.format`. */
  readonly format: string
  readonly adapter: string
  readonly adapter_version: string
  readonly files: readonly FileReport[]
  readonly totals: ConversionTotals
  /**
   * Errors and warnings about the conversion: `convert.no_turns`, `convert.unreadable`, `convert.malformed_lines`,
   * `convert.unlinked_subagent`, `convert.time_order`, `convert.carried_refused`. `path` is a JSON Pointer into this report, for example `/files/0`.
   */
  readonly findings: readonly Finding[]
  /** What this format cannot say, in sentences for people; the same for every conversion. */
  readonly not_recorded: readonly string[]
}

/**
 * What became of one input. For every file `read = mapped + skipped + malformed`. Of a format that is one document its
 * entries are counted – spans, events, messages, as the page of the adapter says – in place of lines.
 */
export interface FileReport {
  /** Name as it was given. */
  readonly name: string
  /** What the content was recognised as. */
  readonly role:
    | 'session'
    | 'subagent'
    | 'compaction'
    | 'metadata'
    | 'hooks'
    | 'trace'
    | 'trajectory'
    | 'events'
    | 'evaluation'
    | 'audit'
    | 'state'
    | 'record'
    | 'unrecognised'
  /** Sessions that the lines name, in order of appearance, at most 100. */
  readonly session_ids: readonly string[]
  /** Size in bytes as read. */
  readonly bytes: number
  /** SHA-256 of the bytes as read; the same as in `source.digest`. Absent if reading broke off. */
  readonly digest?: string
  readonly lines: LineCounts
  /** Lines that carry nothing a record says, by reason. */
  readonly skipped: readonly SkippedLines[]
  /** Lines that could not be read, at most 100; `lines.malformed` counts them all. */
  readonly malformed: readonly MalformedLine[]
}

/** Number of lines, and what became of them. */
export interface LineCounts {
  /** Lines that are not empty. */
  readonly read: number
  readonly mapped: number
  readonly skipped: number
  readonly malformed: number
}

/** Lines left out for one reason. */
export interface SkippedLines {
  readonly reason: string
  readonly lines: number
}

/** A line that could not be read. The line itself is never quoted. */
export interface MalformedLine {
  /** Number of the line in its file, from 1, empty ones counted. */
  readonly line: number
  readonly reason: string
}

/** Sums over all runs of a conversion. */
export interface ConversionTotals {
  readonly runs: number
  readonly steps: number
  /** Steps by type. */
  readonly steps_by_type: Readonly<Record<string, number>>
  /** Calls of tools, delegations included. */
  readonly tool_calls: number
  /** Of these, how many have a result. */
  readonly tool_results: number
  /** Of these, how many were refused. */
  readonly denials: number
  /** Runs of sub-agents that have a record of their own. */
  readonly sub_agents: number
  /** Distinct answers of a model; copies of a sub-agent's answers in its parent's transcript do not count. */
  readonly model_calls: number
  /** Tokens, cached ones included. `null`: unknown. */
  readonly input_tokens: number | null
  readonly output_tokens: number | null
  readonly cache_read_tokens: number | null
  readonly cache_write_tokens: number | null
}
