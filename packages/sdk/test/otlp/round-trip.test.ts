import { createSigner, protect, sealRun, validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toOtlp } from '../../src/exporters/otlp/index.ts'
import { generatedRun } from './generated-run.ts'
import { throughOtlp, unsealedForm } from './round-trip.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a record that became a trace', () => {
  it('becomes an equal record again, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRun, async (run) => {
        expect(validate(JSON.stringify(run)).findings.filter(({ severity }) => severity === 'error')).toEqual([])
        const { lost } = toOtlp.export(run)
        expect(lost).toEqual([])
        const [again, ...others] = await throughOtlp(run)
        expect(others).toEqual([])
        const { source, ...rest } = again as AgentRun
        expect(plain(rest)).toEqual(plain(unsealedForm(run)))
        expect(source?.format).toBe('otel-genai')
      }),
      { numRuns: process.env.AGENT_RUN_LONG ? 5000 : 200, seed: 6 },
    )
  })

  it('loses its seal and says so; what was protected stays whole', async () => {
    const signer = createSigner(new Uint8Array(32).fill(7))
    await fc.assert(
      fc.asyncProperty(generatedRun, async (run) => {
        const sealed = await sealRun(protect(run), { signer, at: '2099-01-01T00:00:00Z' })
        const { lost } = toOtlp.export(sealed)
        expect(lost).toEqual(
          ['record_hash', 'sealed_at', 'signature', 'signed_by', 'steps_count', 'steps_root'].map(
            (name) => `provenance.${name}`,
          ),
        )
        const [again] = await throughOtlp(sealed)
        const { source, ...rest } = again as AgentRun
        expect(plain(rest)).toEqual(plain(unsealedForm(sealed)))
        expect(source?.metadata).toEqual({ before: { record_hash: sealed.provenance.record_hash } })
        expect(validate(JSON.stringify(again)).ok).toBe(true)
      }),
      { numRuns: 30, seed: 6 },
    )
  })

  it('gives the same bytes every time, and ids that a trace may have', () => {
    fc.assert(
      fc.property(generatedRun, (run) => {
        const once = JSON.stringify(toOtlp.export(run).document)
        expect(JSON.stringify(toOtlp.export(structuredClone(run)).document)).toBe(once)
        const spans = (toOtlp.export(run).document as Otlp).resourceSpans[0].scopeSpans[0].spans
        expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length)
        for (const { traceId, spanId } of spans)
          expect([traceId, spanId]).toEqual([
            expect.stringMatching(/^(?!0+$)[0-9a-f]{32}$/),
            expect.stringMatching(/^(?!0+$)[0-9a-f]{16}$/),
          ])
      }),
      { numRuns: 100, seed: 6 },
    )
  })
})

interface Otlp {
  readonly resourceSpans: readonly [
    { readonly scopeSpans: readonly [{ readonly spans: readonly { traceId: string; spanId: string }[] }] },
  ]
}
