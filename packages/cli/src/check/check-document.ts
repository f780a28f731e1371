import type { Finding } from '@agent-run/core'
import type { SchemaName, ValidateOptions } from '@agent-run/core/validate'
import { validate } from '@agent-run/core/validate'
import type { DocumentItem } from '../input/item.ts'
import { isForeign, schemaOf } from './document-schema.ts'
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
  // Only now: a clean file needs none of it.
  const { placeFindings } = await import('./place-findings.ts')
  const isOther = options.schema === undefined && isForeign(value)
  const findings = isOther ? [await noRecord(file, item)] : report.findings
  return {
    ok,
    findings: placeFindings(file, item, findings, schema),
    omitted: isOther ? 0 : report.omitted,
    value,
    schema,
  }
}

const HEAD = 4096

const noRecord = async (file: string, item: DocumentItem): Promise<Finding> => {
  const { lookLike } = await import('../input/look-like.ts')
  const { what, format } = await lookLike(file, Buffer.from(item.bytes.subarray(0, HEAD)))
  const hint = format === undefined ? '' : ' (agent-run convert makes records of it)'
  return { code: 'input.no_record', severity: 'error', path: '', message: `found ${what}${hint}; expected a record` }
}
