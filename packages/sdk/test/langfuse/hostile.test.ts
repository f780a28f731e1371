import { describe, expect, it } from 'vitest'
import { langfuseAdapter } from '../../src/adapters/langfuse/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { expectSound, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { examples, observations, observe, trace } from './examples.ts'

const recognises = (text: string): boolean => langfuseAdapter.recognises(readHead('x', new TextEncoder().encode(text)))

describe('hostile traces', () => {
  isDeterministic(langfuseAdapter, examples)
  standsHostileShapes(langfuseAdapter, examples, 300)
  keepsSecretsOut(
    langfuseAdapter,
    examples,
    /^(?:id|traceId|type|level|startTime|endTime|completionStartTime|parentObservationId|observationId|dataType|role|internalModelId|usagePricingTierName)$/,
  )

  it('the name of a price list holds no secret', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`
    const priced = { totalCost: 0.1, internalModelId: secret, usagePricingTierName: secret }
    const content = JSON.stringify({ trace, observations: [observe('a', 'GENERATION', 0, 1, priced)] })
    const conversion = await langfuseAdapter.convert([{ name: 'x', content }])
    expect(conversion.runs[0]?.cost?.price_source).toMatch(/^Langfuse model \[redacted:/)
    expect(JSON.stringify(conversion)).not.toContain(secret)
  })

  it('observations that hold each other are all converted', async () => {
    const cycle = [
      observe('a', 'TOOL', 0, 1, { parentObservationId: 'b' }),
      observe('b', 'TOOL', 0, 1, { parentObservationId: 'a' }),
      observe('c', 'TOOL', 0, 1, { parentObservationId: 'c' }),
      observe('c', 'TOOL', 0, 1),
    ]
    const conversion = await langfuseAdapter.convert([
      { name: 'x', content: JSON.stringify({ id: 't', observations: cycle }) },
    ])
    expectSound(conversion, 'cycle')
    expect(conversion.runs[0]?.steps).toHaveLength(3)
    expect(conversion.report.files[0]?.skipped).toEqual([{ reason: 'copy of an observation', lines: 1 }])
  })

  it('a trace without observations is an error that says what was expected', async () => {
    const conversion = await langfuseAdapter.convert([{ name: 'x', content: '{"id":"t","observations":[]}' }])
    expectSound(conversion, 'empty')
    expect(conversion.report.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'error' }])
  })

  it('is recognised by its content, and nothing else is', () => {
    expect(recognises(JSON.stringify(trace))).toBe(true)
    expect(recognises(JSON.stringify({ id: 't', observations }))).toBe(true)
    expect(recognises(`${JSON.stringify(trace)}\n${JSON.stringify(trace)}\n`)).toBe(true)
    expect(recognises(JSON.stringify({ ...trace, note: 'x'.repeat(100_000) }))).toBe(true)
    expect(recognises('{"observations":[{"name":"x"}]}')).toBe(false)
    expect(recognises('{"id":"r","steps":[]}')).toBe(false)
    expect(recognises('not json')).toBe(false)
  })
})
