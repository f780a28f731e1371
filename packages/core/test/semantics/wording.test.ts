import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSemantics } from '../../src/semantics/check.ts'
import { isPlain, quote } from '../../src/semantics/quote.ts'
import { nearest } from '../../src/suggest/nearest.ts'

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u

describe('quote', () => {
  it('lets nothing through that moves a cursor or turns text around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const quoted = quote(text)
        expect(quoted).not.toMatch(UNPRINTABLE)
        expect(Array.from(JSON.parse(quoted)).length).toBeLessThanOrEqual(40)
      }),
    )
    expect(quote('\u001b[31mred\u0007')).toBe('"\\u001b[31mred\\u0007"')
    expect(quote('a\u202eb\u2066c\u200bd\u2028e\u007ff')).toBe('"a\\u202eb\\u2066c\\u200bd\\u2028e\\u007ff"')
    expect(quote('\u{e0041}')).toBe('"\\udb40\\udc41"')
    expect(quote('\ud800')).toBe('"\\ud800"')
  })

  it('keeps 40 characters, not half of one', () => {
    expect(quote('x'.repeat(40))).toBe(`"${'x'.repeat(40)}"`)
    expect(quote('🙂'.repeat(41))).toBe(`"${'🙂'.repeat(39)}…"`)
  })

  it('knows what can be shown as it is', () => {
    expect(isPlain('s-1')).toBe(true)
    for (const text of ['a"b', 'a\\b', 'a\nb', 'x'.repeat(41), '\u202e']) expect(isPlain(text)).toBe(false)
  })
})

describe('nearest', () => {
  it('finds a candidate one or two characters away', () => {
    expect(nearest('wirte', ['read', 'write', 'exec'])).toBe('write')
    expect(nearest('deploi', ['delete', 'deploy'])).toBe('deploy')
    expect(nearest('s-1', ['s-11', 's-2'])).toBe('s-11')
  })

  it('suggests nothing that is far, the same, too long or not fit to be shown', () => {
    expect(nearest('teleport', ['read', 'write'])).toBeUndefined()
    expect(nearest('write', ['write'])).toBeUndefined()
    expect(nearest('ab', ['xy'])).toBeUndefined()
    expect(nearest(`${'x'.repeat(64)}y`, [`${'x'.repeat(64)}z`])).toBeUndefined()
    expect(nearest('s-1', ['s\u202e1'])).toBeUndefined()
  })
})

describe('messages', () => {
  const hostile = '\u001b]0;x\u0007\u202e\n'
  const run = (over: object) => ({
    spec_version: '1.0',
    id: 'run-1',
    status: 'completed',
    ended_at: null,
    steps: [],
    ...over,
  })

  it('escape ids and name what was meant', () => {
    const [finding] = checkSemantics(run({ steps: [{ id: 'step-1' }, { id: 's2', retry_of: 'step-2' }] }))
    expect(finding).toMatchObject({ code: 'reference.unresolved', suggestion: 'step-1' })
    const [other] = checkSemantics(run({ steps: [{ id: `${hostile}a`, retry_of: `${hostile}b` }] }))
    expect(other?.message).not.toMatch(UNPRINTABLE)
    expect(other).not.toHaveProperty('suggestion')
  })

  it('offer the registered values', () => {
    const [finding] = checkSemantics(run({ error_type: 'time_out' }))
    expect(finding).toMatchObject({ code: 'vocabulary.unregistered', suggestion: 'timeout' })
    expect(finding?.allowed).toContain('rate_limited')
  })

  it('never show private text, whatever is wrong with the record', () => {
    const secret = 'SECRET'
    const privates = {
      input_preview: secret.repeat(400),
      output_preview: secret.repeat(400),
      error: secret,
      intent: secret,
      metadata: { secret },
      reason: secret,
      reasons: [secret],
      name: secret,
      target: secret,
      operation: secret,
      private_hash: 'sha256:0',
    }
    const findings = checkSemantics(
      run({
        ...privates,
        steps: [{ id: 's-1', type: 'error', ...privates, side_effects: [{ kind: 'write', ...privates }] }],
        approvals: [{ approval_id: 'ap-1', event: 'approved', ...privates }],
        policy_decisions: [{ id: 'pd-1', ...privates }],
        artifacts: [{ id: 'a-1', ...privates }],
      }),
    )
    expect(findings.length).toBeGreaterThan(8)
    expect(JSON.stringify(findings)).not.toContain(secret)
  })
})
