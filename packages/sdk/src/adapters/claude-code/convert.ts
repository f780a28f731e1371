import type { Finding } from '@agent-run/core'
import type { Conversion, ConversionReport, FileReport } from '../../conversion/report.ts'
import { addUpTotals } from '../../conversion/totals.ts'
import type { Content } from '../../lines/index.ts'
import { createPreviewer } from '../../preview/index.ts'
import { adapter, adapterVersion, format, notRecorded } from './about.ts'
import { type FileRead, readFile } from './read.ts'
import { arrangeSession, type Session } from './session.ts'

/** One input of a conversion. The adapter opens nothing: the caller reads. */
export interface ClaudeCodeFile {
  /**
   * Path or name as the user knows it. It is shown in the report, and it is a hint for grouping
   * (`<session>.jsonl`, `<session>/subagents/agent-<id>.jsonl` and `agent-<id>.meta.json`); content decides where it can.
   */
  readonly name: string
  /**
   * The content: whole, or in chunks cut anywhere (not only at line ends), for example a Node read stream.
   * It is read once, line by line, and not kept. Bytes are preferred: the digest in `source` is over them.
   */
  readonly content: Content
}

/** Settings of a conversion. */
export interface ClaudeCodeOptions {
  /** Replace secrets of known shapes (API keys, tokens, private keys, passwords in URLs) by `[redacted:<kind>]`. Default true. */
  readonly redact?: boolean
  /** Longest line in bytes; a longer one is malformed and never held in memory. Default 64 MiB. */
  readonly maxLineBytes?: number
}

/**
 * Converts Claude Code transcripts into runs: one run for each user turn, for each sub-agent, and for each compaction
 * between turns. Give it every file of a session together (main transcript, sub-agents, their `.meta.json`): order does not matter,
 * several sessions may be mixed, and what is copied from one transcript into another is converted once.
 *
 * Pure and deterministic: no clock, no randomness, no file system. It never throws for content; a file whose
 * `content` throws while it is read becomes an error in the report and the others are converted.
 * If no turn is recognised `report.ok` is false with the finding `convert.no_turns`.
 *
 * What a source does not record stays absent; spec/adapters/claude-code.md says what becomes what.
 *
 * @throws RangeError if `maxLineBytes` is not a positive whole number
 */
export async function convertClaudeCode(
  files: Iterable<ClaudeCodeFile> | AsyncIterable<ClaudeCodeFile>,
  options: ClaudeCodeOptions = {},
): Promise<Conversion> {
  const { redact = true, maxLineBytes = 67_108_864 } = options
  if (!Number.isSafeInteger(maxLineBytes) || maxLineBytes < 1)
    throw new RangeError('maxLineBytes must be a positive whole number')
  const previewer = createPreviewer(redact)
  const reads: FileRead[] = []
  for await (const { name, content } of files) reads.push(await readFile(name, content, maxLineBytes, previewer))
  const session = arrangeSession(reads, previewer)
  return { runs: session.runs, report: reportOn(reads, session) }
}

function reportOn(reads: readonly FileRead[], session: Session): ConversionReport {
  const findings: Finding[] = []
  const note = (code: string, severity: Finding['severity'], path: string, message: string): void => {
    findings.push({ code, severity, path, message })
  }
  for (const [index, { transcript, broken }] of reads.entries()) {
    const { malformed } = transcript.ledger.counts
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
        `${malformed} ${malformed === 1 ? 'line' : 'lines'} could not be read; expected one JSON object a line`,
      )
  }
  for (const index of session.unlinked)
    note(
      'convert.unlinked_subagent',
      'warning',
      `/files/${index}`,
      'no delegation to this sub-agent was found; its run stands alone',
    )
  if (session.contradictions > 0)
    note(
      'convert.time_order',
      'warning',
      '/totals/steps',
      `${session.contradictions} steps end before they begin in the source; their beginning is left unknown`,
    )
  if (session.runs.length === 0)
    note(
      'convert.no_turns',
      'error',
      '/files',
      'no turn of a Claude Code session was recognised; expected lines of type user and assistant',
    )
  return {
    ok: !findings.some(({ severity }) => severity === 'error'),
    format,
    adapter,
    adapter_version: adapterVersion,
    files: reads.map((read, index) => fileReport(read, session.roles[index]!)),
    totals: addUpTotals(session.runs, session.runs.filter((run) => session.subAgents.has(run.id)).length),
    findings,
    not_recorded: notRecorded,
  }
}

function fileReport({ transcript, bytes }: FileRead, role: FileReport['role']): FileReport {
  const { ledger, digest } = transcript
  return {
    name: transcript.name,
    role,
    session_ids: [...transcript.sessionIds],
    bytes,
    ...(digest ? { digest } : {}),
    lines: ledger.counts,
    skipped: ledger.reasons,
    malformed: ledger.malformedLines,
  }
}
