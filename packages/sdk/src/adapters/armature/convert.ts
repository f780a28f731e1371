import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import type { Head } from '../../conversion/head.ts'
import { asArray, asInteger, asObject, asString, type Json } from '../../conversion/json.ts'
import { boundsOf, type InputRead, readListOrLines } from '../../conversion/read-input.ts'
import type { Conversion, FileReport } from '../../conversion/report.ts'
import { about } from './about.ts'
import { makeRun, type Recording, type Row } from './make-run.ts'

/** A recording that is being put together: rows of one run may stand on many lines. */
interface Part extends Recording {
  readonly rows: Row[]
}

/** Converts recordings of a campaign (`trace_rows` in each line) and exported trace rows (one a line, or a list): a run for each `run_id`. */
export async function convertArmature(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const reads: InputRead[] = []
  const parts = new Map<string, Part>()
  for await (const file of files) {
    const read = await readListOrLines(file, bounds)
    reads.push(read)
    for (const { value, line } of read.values) {
      const json = asObject(value)
      const runId = asString(json?.run_id)
      const rows = json && rowsOf(json, line)
      if (!json || runId === undefined || rows === undefined) {
        read.ledger.skipped('value that is no trace row')
        continue
      }
      read.ledger.mapped()
      read.sessionIds.add(runId)
      const known = parts.get(runId)
      if (known) for (const row of rows) known.rows.push(row)
      else parts.set(runId, { runId, rows, ...ofRecording(json), digest: read.digest })
    }
  }
  const runs = [...parts.values()].map((part) => makeRun(part, options))
  const roles = reads.map(({ ledger }): FileReport['role'] => (ledger.counts.mapped > 0 ? 'trace' : 'unrecognised'))
  return assembleConversion({ about, reads, roles, runs, expected: 'lines with run_id and trace_rows, or trace rows' })
}

const ofRecording = (json: Json): Pick<Recording, 'exitCode' | 'argv'> => ({
  exitCode: asInteger(json.exit_code),
  argv: (asArray(json.argv) ?? []).flatMap((word) => asString(word) ?? []),
})

function rowsOf(json: Json, line: number): Row[] | undefined {
  const list = asArray(json.trace_rows)
  if (list)
    return list.flatMap((value, index) => {
      const row = asObject(value)
      return row ? [{ json: row, line, ref: `line ${line} trace_rows/${index}` }] : []
    })
  return asString(json.stage_id) === undefined ? undefined : [{ json, line, ref: `line ${line}` }]
}

const isRow = (json: Json | undefined): boolean =>
  typeof json?.run_id === 'string' &&
  (Array.isArray(json.trace_rows) ||
    (typeof json.stage_id === 'string' && typeof json.workflow_name === 'string' && 'output_valid' in json))

const recognises = ({ objects, document, text }: Head): boolean =>
  isRow(objects[0]) ||
  isRow(asObject(document)) ||
  isRow(asObject(asArray(document)?.[0])) ||
  (document === undefined && /"run_id"\s*:/.test(text) && /"trace_rows"\s*:\s*\[/.test(text))

/** Traces of the Armature harness. */
export const armatureAdapter: Adapter = { ...about, recognises, convert: convertArmature }
