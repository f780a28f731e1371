import type { AgentRun } from '@agent-run/types'
import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { asArray, asObject, type Json } from '../../conversion/json.ts'
import { boundsOf, type InputRead, readListOrLines } from '../../conversion/read-input.ts'
import type { Conversion, FileReport } from '../../conversion/report.ts'
import { about } from './about.ts'
import { makeRun } from './make-run.ts'

/** Converts camelCase run records: one in a file, a list of them, or one a line. */
export async function convertRunRecord(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const reads: InputRead[] = []
  const runs: AgentRun[] = []
  const ids = new Set<string>()
  for await (const file of files) {
    const read = await readListOrLines(file, bounds)
    reads.push(read)
    for (const { value, line } of read.values) {
      const json = asObject(value)
      const run = json && makeRun(json, line, read, options)
      if (!run) read.ledger.skipped('value without a runId')
      else if (ids.has(run.id)) read.ledger.skipped('repeated record')
      else {
        read.ledger.mapped()
        ids.add(run.id)
        runs.push(run)
      }
    }
  }
  const roles = reads.map(({ ledger }): FileReport['role'] => (ledger.counts.mapped > 0 ? 'record' : 'unrecognised'))
  return assembleConversion({ about, reads, roles, runs, expected: 'an object with runId and toolCalls' })
}

const isRecord = (json: Json | undefined): boolean =>
  typeof json?.runId === 'string' && (Array.isArray(json.toolCalls) || typeof json.finalStatus === 'string')

/** The camelCase run record. */
export const runRecordAdapter: Adapter = {
  ...about,
  recognises: ({ objects, document, text }) =>
    isRecord(objects[0]) ||
    isRecord(asObject(document)) ||
    isRecord(asObject(asArray(document)?.[0])) ||
    (document === undefined && /^[\s[]*\{\s*"runId"\s*:/.test(text) && /"toolCalls"\s*:\s*\[/.test(text)),
  convert: convertRunRecord,
}
