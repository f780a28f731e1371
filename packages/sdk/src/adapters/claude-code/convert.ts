import type { Finding } from '@agent-run/core'
import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { boundsOf } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { type FileRead, readFile } from './read.ts'
import { arrangeSession } from './session.ts'
import { Witnesses } from './witnesses.ts'

/**
 * Converts Claude Code transcripts into runs: one run for each user turn, for each sub-agent, and for each compaction
 * between turns. Give it every file of a session together (main transcript, sub-agents, their `.meta.json`, a log of
 * hooks, a telemetry log): order does not matter, several sessions may be mixed, and what is copied from one transcript
 * into another is converted once. Names are a hint for grouping (`<session>.jsonl`, `<session>/subagents/agent-<id>.jsonl`
 * and `agent-<id>.meta.json`); content decides where it can.
 *
 * Pure and deterministic: no clock, no randomness, no file system. It never throws for content; a file whose
 * `content` throws while it is read becomes an error in the report and the others are converted.
 * If no turn is recognised `report.ok` is false with the finding `convert.no_turns`.
 *
 * What a source does not record stays absent; spec/adapters/claude-code.md says what becomes what.
 *
 * @throws RangeError if a bound is not a positive whole number
 */
export async function convertClaudeCode(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const witnesses = new Witnesses()
  const reads: FileRead[] = []
  for await (const file of files) reads.push(await readFile(file, bounds, previewer, witnesses))
  const session = arrangeSession(reads, { witnesses, prices: options.prices })
  const findings = session.unlinked.map(
    (index): Finding => ({
      code: 'convert.unlinked_subagent',
      severity: 'warning',
      path: `/files/${index}`,
      message: 'no delegation to this sub-agent was found; its run stands alone',
    }),
  )
  return assembleConversion({
    about,
    reads: reads.map(({ read }) => read),
    roles: session.roles,
    runs: session.runs,
    subAgents: session.runs.filter(({ id }) => session.subAgents.has(id)).length,
    contradictions: session.contradictions,
    findings,
    expected: 'lines of type user and assistant',
  })
}
