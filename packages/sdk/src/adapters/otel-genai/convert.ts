import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { boundsOf } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { readSpans, type SpanFile } from './read.ts'
import { groupKeys, recognises } from './recognise.ts'
import { restoreRuns } from './restore.ts'
import { runsOfTraces } from './runs.ts'
import type { Span } from './span.ts'
import { arrangeTraces, withoutCopies } from './traces.ts'

/** Makes records from traces of agents: OTLP/JSON or spans as an SDK dumps them. */
export const otelGenaiAdapter: Adapter = { ...about, recognises, groupKeys, convert: convertOtelGenai }

/**
 * Converts spans into runs: one for each call of an agent, and one for the spans of a trace that no agent's span is above.
 * Give it every file of a trace together; their order does not matter. spec/adapters/otel-genai.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertOtelGenai(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  boundsOf(options)
  const reads: SpanFile[] = []
  for await (const file of files) reads.push(await readSpans(file, options))
  const fileOf = new Map<Span, SpanFile>()
  // Of copies that say the same one is taken, whatever order the files come in.
  for (const read of [...reads].sort(byDigest)) for (const span of read.spans) fileOf.set(span, read)
  const redacting = options.redact ?? true
  const digestOf = (span: Span): string | undefined => fileOf.get(span)?.digest
  const { spans, copies } = withoutCopies([...fileOf.keys()])
  const restored = restoreRuns(spans, { redacting, digestOf })
  const foreign = arrangeTraces(spans.filter((span) => !restored.used.has(span)))
  const { runs, left, said, contradictions } = runsOfTraces(foreign, {
    previewer: createPreviewer(redacting),
    prices: options.prices,
    digestOf,
  })
  for (const [span, { ledger }] of fileOf) {
    if (said.has(span) || restored.used.has(span)) ledger.mapped()
    else ledger.skipped(copies.has(span) ? 'copies of a span' : (left.get(span) ?? 'no span of an agent'))
  }
  return assembleConversion({
    about,
    reads,
    roles: reads.map(({ spans }) => (spans.length > 0 ? 'trace' : 'unrecognised')),
    runs: [...restored.runs, ...runs],
    contradictions,
    expected: 'spans with attributes gen_ai.*, openinference.*, ai.* or traceloop.*',
  })
}

const byDigest = (a: SpanFile, b: SpanFile): number => ((a.digest ?? '') < (b.digest ?? '') ? -1 : 1)
