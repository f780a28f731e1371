import type { Check } from '@agent-run/types'
import type { Finding } from '../../finding.ts'
import { absent, fail, type Outcome, pass } from '../outcome.ts'

/** A finding about bytes or form, not about meaning. */
const isOfForm = ({ code, severity }: Finding): boolean =>
  severity === 'error' && (code.startsWith('json.') || code.startsWith('schema.'))

/**
 * The bytes and the form of a record (AR-BYTES-001 to AR-BYTES-008, AR-RUN-001).
 * @param findings what validating the input found, errors before warnings
 * @param isBytes whether the input was bytes or text, and not a value that somebody parsed
 */
export const checkSchema = (findings: readonly Finding[], isBytes: boolean): Outcome => {
  const error = findings.find(isOfForm)
  if (error) return withFindings(failureOf(error), findings.filter(isOfForm))
  return pass(
    isBytes ? 'bytes and schema are in order' : 'the schema is in order; the bytes were not given',
    isBytes ? 2 : 1,
  )
}

/**
 * The semantic rules. Warnings do not matter.
 * @param ruleCount how many rules there are
 */
export const checkSemantics = (findings: readonly Finding[], ruleCount: number): Outcome => {
  const error = findings.find(({ severity }) => severity === 'error')
  if (error) return withFindings(failureOf(error), findings)
  if (ruleCount === 0) return absent('there are no rules')
  const warnings = findings.length === 1 ? ', 1 warning' : `, ${findings.length} warnings`
  return withFindings(pass(`${ruleCount} rules${findings.length > 0 ? warnings : ''}`, ruleCount), findings)
}

const failureOf = ({ code, path, message }: Finding): Outcome => {
  const { found, expected } = partsOf(message)
  return fail({ code, path, detail: message, expected, found })
}

/**
 * Messages state what was found and what was expected, and quote what a record says as JSON strings: a text of the
 * record cannot say what was expected.
 */
const partsOf = (message: string): { readonly found: string; readonly expected: string } => {
  const [whole, found, expected] = MESSAGE.exec(message) ?? []
  return whole === undefined || found === undefined || expected === undefined
    ? { found: message, expected: 'a record that keeps the rule' }
    : { found: found.replace(/^found /, ''), expected }
}

const MESSAGE = /^((?:[^"]|"(?:[^"\\]|\\.)*")*?)(?:[;,] expected | is not (?=one of ))(.+)$/su

const withFindings = (outcome: Outcome, findings: readonly Finding[]): Outcome =>
  findings.length === 0 ? outcome : { ...outcome, findings: findings as unknown as NonNullable<Check['findings']> }
