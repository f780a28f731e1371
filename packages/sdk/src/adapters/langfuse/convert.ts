import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { convertEach } from '../../conversion/convert-each.ts'
import { takeId } from '../../conversion/identity.ts'
import { asString } from '../../conversion/json.ts'
import { boundsOf, readListOrLines } from '../../conversion/read-input.ts'
import type { Conversion, FileReport } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { traceOf } from './arrange.ts'
import { readTrace } from './read-trace.ts'

/**
 * Converts traces exported from Langfuse: one run for each trace. A file is a trace with its observations, a list of
 * them, or one a line.
 *
 * Pure and deterministic; it never throws for content. spec/adapters/langfuse.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertLangfuse(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const { redact = true, prices } = options
  const previewer = createPreviewer(redact)
  const taken = new Set<string>()
  return convertEach(files, { about, expected: 'a trace with a list of observations' }, async (file) => {
    const read = await readListOrLines(file, bounds)
    const runs: AgentRun[] = []
    let role: FileReport['role'] | undefined
    let contradictions = 0
    const { ledger, digest } = read
    for (const { value, line } of read.values) {
      const trace = traceOf(value)
      if (!trace) {
        ledger.skipped('no trace with observations')
        continue
      }
      role = 'trace'
      ledger.mapped()
      const id = takeId(asString(trace.json.id) ?? `langfuse-${digest?.slice(7, 23) ?? ''}-${line}`, taken)
      const converted = readTrace(trace, { id, previewer, redact, digest, prices })
      for (const [index, fate] of converted.fates.entries()) {
        ledger.read()
        ledger.book(index + 1, fate)
      }
      contradictions += converted.contradictions
      const { run } = converted
      if (run.session_id) read.sessionIds.add(run.session_id)
      if (run.steps.length > 0) runs.push(run)
    }
    return { read, role, runs, contradictions }
  })
}
