import type { AgentRun } from '@agent-run/types'
import { isValid } from '../generated/is-valid.ts'
import { type SchemaName, schemaTable } from '../generated/schema-table.ts'
import { type ReadResult, readJson } from '../read/read.ts'
import { reviewSemantics } from '../semantics/check.ts'
import { type Collector, createCollector } from './collector.ts'
import { jsonFault, unreadable } from './json-fault.ts'
import { report } from './report.ts'
import type { CheckedOf, ValidateOptions, Validation } from './validation.ts'

const LIMIT = 100

/** A validation before its types are tied together: that `ok` says what `value` is, only the checks know. */
type Outcome = Omit<Validation, 'ok' | 'value'> & { readonly ok: boolean; readonly value: unknown }

/** Names of the schemas that `validate` knows. */
export const schemaNames: readonly SchemaName[] = Object.keys(schemaTable) as SchemaName[]

/**
 * Validates a record: its bytes, its schema and the semantic rules, in this order; what fails ends the validation.
 * Never throws for bad content. (AR-BYTES-001 to AR-BYTES-008, AR-RUN-001 and all that build on it)
 * @param input UTF-8 bytes or text as written, or a value that was parsed already. Parsing hides repeated names and
 * the like, so a verdict about a value says `checked: 'value'`; of an `unknown` input it says which of the two it was.
 * @returns `value` has the type of the schema where `ok` is true
 * @throws {RangeError} for options that make no sense
 */
export function validate<Input, Name extends SchemaName = 'agent-run'>(
  input: Input,
  options?: ValidateOptions<Name>,
): Validation<Name, CheckedOf<Input>>
export function validate(input: unknown, options: ValidateOptions = {}): Outcome {
  return typeof input === 'string' || ArrayBuffer.isView(input)
    ? validateBytes(typeof input === 'string' ? input : bytesOf(input), options)
    : validateValue(input, options)
}

/** Validates what was written. */
const validateBytes = (input: Uint8Array | string, options: ValidateOptions): Outcome =>
  validateRead(readJson(input), options)

/** Validates what `readJson` made of bytes or text: the same as for these, without reading them again. */
export function validateRead(read: ReadResult, options: ValidateOptions = {}): Outcome {
  const collector = collectorFor(options)
  if (read.ok) check(read.value, options, collector)
  else collector.add('error', () => read.finding)
  return { ...collector.finish(), value: read.ok ? read.value : undefined, checked: 'bytes' }
}

/** Validates what was parsed already, whatever it is. */
export function validateValue(value: unknown, options: ValidateOptions): Outcome {
  const collector = collectorFor(options)
  const fault = jsonFault(value)
  if (fault !== undefined) {
    collector.add('error', () => fault)
    return { ...collector.finish(), value: undefined, checked: 'value' }
  }
  try {
    check(value, options, collector)
  } catch {
    // What was readable a moment ago no longer is: a getter or a proxy.
    collector.add('error', unreadable)
  }
  return { ...collector.finish(), value, checked: 'value' }
}

/**
 * Whether a parsed value is valid against the schema of AgentRun: the fast path, without reasons and without semantic
 * rules. (AR-RUN-001)
 */
export function isAgentRun(value: unknown): value is AgentRun {
  try {
    return isValid['agent-run'](value, { unknown: false })
  } catch {
    // Only what no JSON parser makes can throw: getters, proxies, cycles.
    return false
  }
}

/** The bytes of any view, also of one from another realm. */
const bytesOf = (view: ArrayBufferView): Uint8Array =>
  view instanceof Uint8Array ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

function collectorFor({ schema = 'agent-run', limit = LIMIT }: ValidateOptions): Collector {
  if (!Object.hasOwn(isValid, schema)) throw new RangeError('schema is not one of schemaNames')
  if (!(limit >= 0)) throw new RangeError('limit is a number of findings, 0 or more')
  return createCollector(Math.floor(limit))
}

/** Checks a JSON value. The report is only written where there is something to say. */
function check(value: unknown, options: ValidateOptions, collector: Collector): void {
  const { schema = 'agent-run', reading = 'lenient', semantics = true, limit = LIMIT } = options
  const strict = reading === 'strict'
  const seen = { unknown: false }
  if (!isValid[schema](value, seen) || (strict && seen.unknown)) report(schemaTable, schema, value, strict, collector)
  if (schema !== 'agent-run' || !semantics || collector.hasErrors()) return
  // One is enough to know whether there is an error at all.
  const { findings, omitted } = reviewSemantics(value, Math.max(limit, 1))
  for (const finding of findings) collector.add(finding.severity, () => finding)
  collector.omit(omitted)
}
