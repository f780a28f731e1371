import type { Finding } from '../finding.ts'
import { parseInstant } from '../semantics/instant.ts'
import { isPlain } from '../semantics/quote.ts'
import { nearest } from '../suggest/nearest.ts'
import { type Fact, factValue } from './fact.ts'
import type { RunFilter } from './run-filter.ts'
import { type RunParameter, runParameters } from './run-parameters.ts'
import { sortInstant } from './sort-instant.ts'

/** A filter, or what is wrong with its parameters. */
export type RunFilterResult =
  | { readonly ok: true; readonly filter: RunFilter }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const byName: ReadonlyMap<string, RunParameter> = new Map(runParameters.map((parameter) => [parameter.name, parameter]))

/**
 * Reads the filters of `GET /runs` and of `agent-run query`, in the spelling of the wire. Nothing is guessed or passed over:
 * a parameter that is none (`query.unknown_parameter`), and a value that cannot be meant or stands twice
 * (`query.invalid_value`), are findings; their `path` is the name of the parameter.
 */
export const readRunFilter = (parameters: Iterable<readonly [string, string]>): RunFilterResult => {
  const findings: Finding[] = []
  const facts: Pick<Fact, 'kind' | 'value'>[] = []
  const times: { since?: string; until?: string } = {}
  const seen = new Set<string>()
  for (const [name, value] of parameters) {
    const parameter = byName.get(name)
    if (parameter === undefined) {
      findings.push(unknownParameter(name))
      continue
    }
    const fault = seen.has(name) && !parameter.repeatable ? 'is given twice; expected once' : faultOf(parameter, value)
    seen.add(name)
    if (fault !== undefined) findings.push(invalidValue(parameter, value, fault))
    else if (parameter.kind === undefined) times[parameter.name] = sortInstant(value)
    else facts.push({ kind: parameter.kind, value: factValue(value) })
  }
  return findings.length > 0 ? { ok: false, findings } : { ok: true, filter: { facts, ...times } }
}

const faultOf = ({ kind, values, pattern }: RunParameter, value: string): string | undefined => {
  if (value === '') return 'is empty; expected a value'
  if (kind === undefined) return parseInstant(value) ? undefined : 'is no time; expected YYYY-MM-DDThh:mm:ss(Z|±hh:mm)'
  if (values) return values.includes(value) ? undefined : 'is not one of the values there are'
  if (pattern)
    return pattern.test(value) ? undefined : 'is of no form that a value can have; expected KIND or KIND:TARGET_KIND'
  return undefined
}

const unknownParameter = (name: string): Finding => {
  const suggestion = nearest(name, byName.keys())
  return {
    code: 'query.unknown_parameter',
    severity: 'error',
    path: name,
    message: 'there is no such parameter',
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}

const invalidValue = ({ name, values }: RunParameter, value: string, fault: string): Finding => {
  const suggestion = values && isPlain(value) ? nearest(value, values) : undefined
  return {
    code: 'query.invalid_value',
    severity: 'error',
    path: name,
    message: `the value ${fault}`,
    ...(values ? { allowed: values } : {}),
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}
