import { describe, expect, it } from 'vitest'
import { schemaTable } from '../../src/generated/schema-table.ts'
import { isAgentRun, schemaNames, type ValidateOptions, validate } from '../../src/validate/index.ts'
import { maximal } from './mutants.ts'

const run = {
  id: 'run_1',
  spec_version: '1.0',
  agent_id: 'release-bot',
  status: 'completed',
  started_at: '2026-11-20T14:02:11Z',
  ended_at: '2026-11-20T14:09:03Z',
  steps: [{ id: 's-1', type: 'message', role: 'user', started_at: '2026-11-20T14:02:11Z' }],
  cost: { input_tokens: 1, output_tokens: 2 },
  provenance: { run_hash: 'a'.repeat(64) },
}
const text = (value: unknown): string => JSON.stringify(value)
const findingsOf = (value: unknown, options?: ValidateOptions) => validate(text(value), options).findings
const only = (value: unknown, options?: ValidateOptions) => {
  const findings = findingsOf(value, options)
  expect(findings).toHaveLength(1)
  return findings[0]!
}

describe('validate', () => {
  it('accepts a record as text, bytes and value, and says what it looked at', () => {
    for (const input of [text(run), new TextEncoder().encode(text(run))]) {
      expect(validate(input)).toEqual({ ok: true, findings: [], omitted: 0, value: run, checked: 'bytes' })
    }
    expect(validate(run)).toEqual({ ok: true, findings: [], omitted: 0, value: run, checked: 'value' })
    expect(validate(run).value).toBe(run)
  })

  it('reads any view of bytes', () => {
    const bytes = new TextEncoder().encode(` ${text(run)} `)
    expect(validate(new DataView(bytes.buffer, 1, bytes.length - 1) as unknown as Uint8Array).ok).toBe(true)
  })

  it('passes on the finding of the strict reader, with its position, and no value', () => {
    const result = validate('{"id": 1, "id": 2}')
    expect(result).toMatchObject({ ok: false, value: undefined, checked: 'bytes', omitted: 0 })
    expect(result.findings).toMatchObject([{ code: 'json.duplicate_name', position: { line: 1 } }])
  })

  it('checks semantics only of a run that its schema accepts, and only when asked', () => {
    const open = { ...run, ended_at: undefined }
    expect(only(open)).toMatchObject({ code: 'run.ended_at_missing', severity: 'error' })
    expect(findingsOf(open, { semantics: false })).toEqual([])
    expect(findingsOf({ ...open, status: 5 }).map(({ code }) => code)).toEqual(['schema.type'])
    expect(findingsOf(open.steps[0], { schema: 'step' })).toEqual([])
  })

  it('is ok with warnings', () => {
    const result = validate(text({ ...run, agentVersion: '1' }), { reading: 'strict' })
    expect(result.ok).toBe(true)
    expect(result.findings.map(({ severity }) => severity)).toEqual(['warning'])
  })

  it('validates against every schema by name', () => {
    expect(schemaNames).toContain('agent-run')
    expect(schemaNames).toHaveLength(Object.keys(schemaTable).length)
    for (const schema of schemaNames)
      expect(validate(maximal(schema), { schema, semantics: false }).findings).toEqual([])
    expect(only({}, { schema: 'actor', semantics: false })).toMatchObject({ code: 'schema.required', path: '' })
  })

  it('throws only for options that make no sense', () => {
    for (const limit of [-1, Number.NaN]) expect(() => validate('', { limit })).toThrow(RangeError)
    for (const schema of ['nope', 'toString', '__proto__']) {
      expect(() => validate('', { schema: schema as 'step' })).toThrow(RangeError)
    }
  })
})

describe('the number of findings', () => {
  const bad = { ...run, steps: Array.from({ length: 20_000 }, () => ({ id: '', type: 'x', started_at: 1, extra: 1 })) }

  it('is bounded, and what is left out is counted', () => {
    const result = validate(bad, { reading: 'strict' })
    expect(result.findings).toHaveLength(100)
    expect(result.omitted).toBe(4 * 20_000 - 100)
    expect(validate(bad, { limit: 3 }).findings.map(({ path }) => path)).toEqual([
      '/steps/0/id',
      '/steps/0/type',
      '/steps/0/started_at',
    ])
    expect(validate(bad, { limit: 0 })).toMatchObject({ ok: false, findings: [], omitted: 60_000 })
  })

  it('keeps errors before warnings, in document order', () => {
    const steps = [
      ...Array.from({ length: 9 }, (_, i) => ({ ...run.steps[0], id: `s-${i}`, extra: 1 })),
      { id: '', type: 'x' },
    ]
    const { ok, findings, omitted } = validate({ ...run, steps }, { reading: 'strict', limit: 5 })
    expect({ ok, omitted }).toEqual({ ok: false, omitted: 7 })
    expect(findings.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'error', 'error', 'error'])
    expect(findings[2]!.path).toBe('/steps/9')
  })

  it('bounds semantic findings too', () => {
    const steps = Array.from({ length: 50 }, () => ({ ...run.steps[0], seq: 1 }))
    const all = validate({ ...run, steps }, { limit: 1000 })
    const few = validate({ ...run, steps }, { limit: 5 })
    expect(all.findings.length).toBeGreaterThan(50)
    expect(few.findings).toEqual(all.findings.filter(({ severity }) => severity === 'error').slice(0, 5))
    expect(few.omitted).toBe(all.findings.length - 5)
    expect(validate({ ...run, steps }, { limit: 0 })).toMatchObject({
      ok: false,
      findings: [],
      omitted: all.findings.length,
    })
  })
})

describe('isAgentRun', () => {
  it('says whether the schema accepts a value', () => {
    expect(isAgentRun(run)).toBe(true)
    expect(isAgentRun({ ...run, status: 'sucess' })).toBe(false)
    for (const value of [null, undefined, 1, '', [], text(run)]) expect(isAgentRun(value)).toBe(false)
  })
})
