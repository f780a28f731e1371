import type { Finding } from '@agent-run/core'
import type { SchemaName, ValidateOptions } from '@agent-run/core/validate'
import { validate } from '@agent-run/core/validate'
import { frameOf } from '../frame/frame.ts'
import { LineIndex } from '../frame/line-index.ts'
import { privateStretches, type Stretch } from '../frame/mask.ts'
import type { DocumentItem } from '../input/item.ts'
import { lookLike } from '../input/look-like.ts'
import { isForeign, schemaOf } from './document-schema.ts'
import { flaggedStretch, placeOf } from './finding-place.ts'
import type { PlacedFinding } from './result.ts'

/** What came of one document. */
export interface DocumentResult {
  readonly ok: boolean
  readonly findings: readonly PlacedFinding[]
  readonly omitted: number
  /** The parsed value; undefined if it could not be read. */
  readonly value: unknown
  /** What it was checked as. */
  readonly schema: SchemaName
}

const none: readonly PlacedFinding[] = []

/**
 * Validates one document and finds the places of its findings in the input. Without a schema it is checked as what it is:
 * a record, a line of a bundle or journal, a proof, a trust file.
 */
export async function checkDocument(
  file: string,
  item: DocumentItem,
  options: ValidateOptions,
): Promise<DocumentResult> {
  const asRecord = validate(item.bytes, options)
  const schema = options.schema ?? (asRecord.ok ? undefined : schemaOf(asRecord.value)) ?? 'agent-run'
  const report = schema === 'agent-run' ? asRecord : validate(item.bytes, { ...options, schema })
  const { ok, value } = report
  if (report.findings.length === 0) return { ok, findings: none, omitted: report.omitted, value, schema }
  const isOther = options.schema === undefined && isForeign(value)
  const findings = isOther ? [await noRecord(file, item)] : report.findings
  return {
    ok,
    findings: await place(file, item, findings, schema),
    omitted: isOther ? 0 : report.omitted,
    value,
    schema,
  }
}

const HEAD = 4096

const noRecord = async (file: string, item: DocumentItem): Promise<Finding> => {
  const { what, format } = await lookLike(file, Buffer.from(item.bytes.subarray(0, HEAD)))
  const hint = format === undefined ? '' : ' (agent-run convert makes records of it)'
  return { code: 'input.no_record', severity: 'error', path: '', message: `found ${what}${hint}; expected a record` }
}

/** How far beyond what is flagged a frame may show, in UTF-16 units: enough for the widest terminal. */
const MARGIN = 4096

const place = async (
  file: string,
  item: DocumentItem,
  findings: readonly Finding[],
  kind: string,
): Promise<PlacedFinding[]> => {
  // Only now: a clean file needs none of it.
  const { locate } = await import('@agent-run/core')
  const text = item.bytes.toString('utf8')
  const lines = new LineIndex(text)
  const pointers = new Set(findings.filter(({ position }) => !position).map(placeOf))
  const located = pointers.size > 0 ? locate(text, pointers) : undefined
  const flagged = findings.map((finding) => flaggedStretch(text, finding, located?.get(placeOf(finding))))
  let hidden: readonly Stretch[] | undefined
  const hiddenStretches = (): readonly Stretch[] => {
    hidden ??= privateStretches(text, {
      from: Math.min(...flagged.map(({ start }) => start)) - MARGIN,
      end: Math.max(...flagged.map(({ end }) => end)) + MARGIN,
      kind,
      fault: faultOf(findings, flagged),
    })
    return hidden
  }
  return findings.map((finding, index) => {
    const stretch = flagged[index] as Stretch
    const start = lines.placeOf(stretch.start)
    const end = lines.placeOf(stretch.end)
    return {
      file,
      line: start.line + item.line - 1,
      column: start.column + (start.line === 1 ? item.column - 1 : 0),
      endLine: end.line + item.line - 1,
      endColumn: end.column + (end.line === 1 ? item.column - 1 : 0),
      finding,
      frame: (width) =>
        frameOf({ text, lines, flagged: stretch, hidden: hiddenStretches(), firstLine: item.line, width }),
    }
  })
}

/** Faults of a text whose tokens are in order up to and including the one that is named. */
const IN_ORDER = new Set(['json.duplicate_name', 'json.number_range'])

/** Where a text that the reader refused stops being known to be JSON. */
const faultOf = (findings: readonly Finding[], flagged: readonly Stretch[]): number | undefined => {
  const index = findings.findIndex(({ position }) => position !== undefined)
  const finding = findings[index]
  return finding && IN_ORDER.has(finding.code) ? flagged[index]?.end : finding?.position?.offset
}
