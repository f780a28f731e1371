import type { AgentRun } from '@agent-run/types'
import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { asObject, asString } from '../../conversion/json.ts'
import type { Ledger } from '../../conversion/ledger.ts'
import { boundsOf, readListOrLines, type ValuesRead } from '../../conversion/read-input.ts'
import type { Conversion, FileReport } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { entriesOf, groupKeys, isRunState, isTraceItem, recognises } from './recognise.ts'
import { makeStateRuns } from './state-run.ts'
import { Traces } from './traces.ts'

/** Converts traces and run states of the OpenAI Agents SDK: a document, a list, or one a line. */
export async function convertOpenaiAgents(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const reads: ValuesRead[] = []
  const roles: FileReport['role'][] = []
  const traces = new Traces()
  const states = new Map<string, StateRuns>()
  for await (const file of files) {
    const read = await readListOrLines(file, bounds)
    reads.push({ ...read, values: [] })
    let role: FileReport['role'] = 'unrecognised'
    for (const { value, line } of read.values) {
      const entries = entriesOf(value)
      // A body of the ingest endpoint is one value and many entries; each is booked.
      for (let more = 1; more < entries.length; more++) read.ledger.read()
      if (entries.length === 0) read.ledger.skipped('list without entries')
      for (const [index, entry] of entries.entries()) {
        const json = asObject(entry)
        const place = read.values.length === 1 ? index + 1 : line
        if (json && isRunState(json)) {
          const runs = makeStateRuns(json, { line: place, digest: read.digest, options, previewer })
          const known = states.get(runs[0].id)
          if (known && progress(known.runs) > progress(runs)) read.ledger.skipped(superseded)
          else {
            known?.ledger.skipped(superseded)
            states.set(runs[0].id, { runs, ledger: read.ledger })
          }
          role = 'state'
        } else if (json && isTraceItem(json)) {
          const isNew = traces.add(json, { line: place, read })
          if (isNew) read.ledger.mapped()
          else read.ledger.skipped('repeated trace or span')
          const id = asString(json.object === 'trace' ? json.id : json.trace_id)
          if (id) read.sessionIds.add(previewer.text(id, 256))
          role = 'trace'
        } else read.ledger.skipped('neither a trace, a span nor a run state')
      }
    }
    roles.push(role)
  }
  for (const { ledger } of states.values()) ledger.mapped()
  const runs = [...traces.finish(options, previewer), ...[...states.values()].flatMap((state) => state.runs)]
  return assembleConversion({
    about,
    reads,
    roles,
    runs,
    contradictions: traces.contradictions,
    expected: 'objects "trace" and "trace.span", or a run state with $schemaVersion',
  })
}

/** The runs of the latest state of a run, and the account of the file that holds it. */
interface StateRuns {
  readonly runs: readonly AgentRun[]
  readonly ledger: Ledger
}

const superseded = 'earlier state of a run'

/** How far a run has come in a state: it gains steps, and decisions about them. */
const progress = ([run]: readonly AgentRun[]): number =>
  (run?.steps ?? []).reduce((sum, { approval }) => sum + 2 + (approval && approval.state !== 'requested' ? 1 : 0), 0)

/** Traces and run states of the OpenAI Agents SDK. */
export const openaiAgentsAdapter: Adapter = { ...about, recognises, groupKeys, convert: convertOpenaiAgents }
