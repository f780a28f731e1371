import { beforeAll, describe, expect, it } from 'vitest'
import { ASSERTIONS, schemaName, walkSchema } from '../../../../scripts/dialect.mjs'
import { createOracle } from '../../../../scripts/oracle.mjs'
import type { Finding } from '../../src/finding.ts'
import { isValid } from '../../src/generated/is-valid.ts'
import { type SchemaName, schemaTable } from '../../src/generated/schema-table.ts'
import { createCollector } from '../../src/validate/collector.ts'
import { report, type SchemaTable } from '../../src/validate/report.ts'
import { schemaNames } from '../../src/validate/validate.ts'
import { type Json, mutant, random, root, type Schema, schemas, systematic } from './mutants.ts'

interface Disagreement {
  name: string
  value: string
  ajv: string[]
  report: string[]
  fast: boolean
}

const oracle = createOracle(root)
const violated = new Set<string>()
const disagreements: Disagreement[] = []
const verdicts = { mutants: 0, valid: 0, invalid: 0 }

/** Findings of our report, as ajv would name them. */
const named = ({ code, path, message }: Finding): string => {
  const keyword = code.slice('schema.'.length).replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
  return [path, keyword, ...(keyword === 'required' ? [/member (\S+) is missing$/.exec(message)?.[1]] : [])].join(' ')
}

const reported = (table: SchemaTable, name: SchemaName, value: Json, strict: boolean) => {
  const collector = createCollector(Number.POSITIVE_INFINITY)
  report(table, name, value, strict, collector)
  return collector.finish()
}

/** All three validators over one value. */
function compare(name: SchemaName, value: Json, table: SchemaTable = schemaTable): void {
  const errors: { path: string; keyword: string; missing?: string; place: string }[] = oracle(name, value)
  for (const { place, missing } of errors) violated.add(missing === undefined ? place : `${place} ${missing}`)
  // A value of the wrong type is one fault to us; ajv goes on to say that it is also not in the enum.
  const wrongType = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ path }) => path))
  const expected = errors
    .filter(({ path, keyword }) => keyword === 'type' || !wrongType.has(path))
    .map(({ path, keyword, missing }) => [path, keyword, ...(missing === undefined ? [] : [missing])].join(' '))
    .sort()
  const lenient = reported(table, name, value, false)
  const found = lenient.findings.map(named).sort()
  const strict = reported(table, name, value, true)
  const strictErrors = strict.findings.filter(({ severity }) => severity === 'error').map(named)
  const survey = { unknown: false }
  const fast = isValid[name](value, survey)
  const isFree = table[name].additionalProperties === true
  const agree =
    fast === (expected.length === 0) &&
    lenient.ok === fast &&
    strict.ok === fast &&
    found.join('\n') === expected.join('\n') &&
    strictErrors.sort().join('\n') === expected.join('\n') &&
    // `$schema` at the root is no finding, but a reason to look closer, unless all members are free.
    (!fast || survey.unknown === (strict.findings.length > 0 || (!isFree && Object.hasOwn(value as object, '$schema'))))
  verdicts.mutants++
  verdicts[fast ? 'valid' : 'invalid']++
  if (!agree && disagreements.length < 20) {
    disagreements.push({ name, value: JSON.stringify(value).slice(0, 2000), ajv: expected, report: found, fast })
  }
}

/** Every assertion at every place of every schema; `required` once for each member. */
const places = (): string[] => {
  const out: string[] = []
  for (const [file, schema] of schemas) {
    walkSchema(schema, (node: Schema, pointer: string) => {
      for (const keyword of Object.keys(node).filter((name) => ASSERTIONS.includes(name))) {
        const place = `${file}#${pointer}/${keyword}`
        out.push(...(keyword === 'required' ? node.required!.map((member) => `${place} ${member}`) : [place]))
      }
    })
  }
  return out
}

describe('the boolean validator, the report and ajv', () => {
  beforeAll(() => {
    const next = random(20261120)
    for (const name of schemaNames) {
      for (const value of systematic(name)) compare(name, value)
      for (let count = 0; count < 400; count++) compare(name, mutant(name, next))
    }
    for (let count = 0; count < 6000; count++) compare('agent-run', mutant('agent-run', next))
  })

  it('know the same schemas', () => {
    expect(schemaNames).toEqual([...schemas.keys()].map(schemaName))
  })

  it('agree on the verdict, and report and ajv on every place and keyword', () => {
    expect(disagreements).toEqual([])
  })

  it('were asked often enough, about right and wrong values', () => {
    expect(verdicts.mutants).toBeGreaterThanOrEqual(40_000)
    expect(verdicts.valid).toBeGreaterThan(4000)
    expect(verdicts.invalid).toBeGreaterThan(20_000)
  })

  it('notice when one of them checks less', () => {
    const { pattern: _, ...looser } = schemaTable.step.properties!.tool_hash!
    const { properties } = schemaTable.step
    const table = { ...schemaTable, step: { ...schemaTable.step, properties: { ...properties, tool_hash: looser } } }
    const before = disagreements.length
    for (const value of systematic('step')) compare('step', value, table)
    expect(disagreements.splice(before).length).toBeGreaterThan(0)
  })

  it('saw every keyword at every place of every schema violated', () => {
    const uncovered = places().filter((place) => !violated.has(place))
    for (const place of uncovered) console.log(`never violated: ${place}`)
    expect(uncovered).toEqual([])
    expect(places().length).toBeGreaterThan(650)
  })
})
