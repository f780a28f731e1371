import { describe, expect, it } from 'vitest'
import { createSigner } from '../../src/sign/index.ts'
import { fits, parseTrust } from '../../src/trust/index.ts'

const { did } = createSigner(new Uint8Array(32).fill(1))
const entry = { key: did, identity: 'ci@example.org', roles: ['runtime'] }
const file = (...keys: object[]): object => ({ agent_run_trust: '1.0', keys })

describe('a trust file', () => {
  it('is read from bytes, text or a value', () => {
    const text = JSON.stringify(file(entry))
    for (const input of [text, new TextEncoder().encode(text), JSON.parse(text)])
      expect(parseTrust(input)).toEqual({ ok: true, trust: file(entry), findings: [] })
  })

  it.each<[string, unknown, string]>([
    ['a key that stands twice', file(entry, entry), 'trust.key_twice /keys/1/key'],
    [
      'a time that does not exist',
      file({ ...entry, valid_from: '2026-02-30T00:00:00Z' }),
      'trust.time /keys/0/valid_from',
    ],
    [
      'a revocation at a time that does not exist',
      file({ ...entry, revoked: { at: '2026-13-01T00:00:00Z', reason: 'retired' } }),
      'schema.pattern /keys/0/revoked/at',
    ],
    [
      'an end before the beginning',
      file({ ...entry, valid_from: '2026-02-02T00:00:00Z', valid_until: '2026-02-01T00:00:00Z' }),
      'trust.validity /keys/0/valid_until',
    ],
    ['a role that does not exist', file({ ...entry, roles: ['admin'] }), 'schema.enum /keys/0/roles/0'],
    ['no roles', file({ ...entry, roles: [] }), 'schema.min_items /keys/0/roles'],
    ['another text than a key', file({ ...entry, key: 'ci' }), 'schema.pattern /keys/0/key'],
    ['a did:key of no Ed25519 key', file({ ...entry, key: `did:key:z6Mk${'1'.repeat(44)}` }), 'trust.key /keys/0/key'],
    ['no keys member', { agent_run_trust: '1.0' }, 'schema.required '],
    ['a later version', { agent_run_trust: '2.0', keys: [] }, 'schema.pattern /agent_run_trust'],
    ['a doubled name', '{"agent_run_trust":"1.0","keys":[],"keys":[]}', 'json.duplicate_name /keys'],
    ['no JSON', 'trust me', 'json.syntax '],
  ])('with %s is refused', (_, input, expected) => {
    const { ok, findings } = parseTrust(input)
    const [{ code, path } = { code: '', path: '' }] = findings.filter(({ severity }) => severity === 'error')
    expect({ ok, first: `${code} ${path}` }).toEqual({ ok: false, first: expected })
  })

  it('with a member that nobody knows says so: it may be a misspelled restriction', () => {
    const { ok, findings } = parseTrust(file({ ...entry, agent: ['release-*'] }))
    expect(ok).toBe(true)
    expect(findings).toMatchObject([{ code: 'schema.unknown_member', suggestion: 'agents', path: '/keys/0/agent' }])
  })
})

describe('a pattern', () => {
  it.each([
    ['release-*', 'release-bot', true],
    ['release-*', 'release-', true],
    ['release-*', 'prerelease-bot', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['**', 'x', true],
    ['a.c', 'abc', false],
    ['Release', 'release', false],
    ['[a-z]?', 'b', false],
    ['*é', 'caf\u00e9', true],
  ])('%j and %j: %j', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected)
  })

  it('full of stars does not take for ever', () => {
    expect(fits(`${'a*'.repeat(2000)}b`, 'a'.repeat(20_000))).toBe(false)
  })
})
