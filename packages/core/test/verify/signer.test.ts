import type { AgentRun, Statement, Trust, TrustedKey, Verdict } from '@agent-run/types'
import { beforeAll, describe, expect, it } from 'vitest'
import { recordHash, sealBatch, sealRun, signObject } from '../../src/seal/index.ts'
import { type VerifyOptions, verify } from '../../src/verify/index.ts'
import { now, richRecord, runtime, sealedAt, server, signerOf, stranger, trust } from './rich-record.ts'

let run: AgentRun

beforeAll(async () => {
  run = (await richRecord()).run
})

const entry: TrustedKey = { key: runtime.did, identity: 'ci@example.org', roles: ['runtime'] }
const witness: TrustedKey = { key: server.did, identity: 'store@example.org', roles: ['server'] }

const trusting = (...keys: readonly TrustedKey[]): Trust => ({ agent_run_trust: '1.0', keys: [...keys] })

const verdictOf = (options: VerifyOptions, record: unknown = run): Verdict =>
  verify(JSON.stringify(record), { now, ...options })

const signerOfVerdict = (options: VerifyOptions, record?: unknown): string => {
  const { result, code, path } = verdictOf(options, record).checks.find(({ check }) => check === 'signer') ?? {}
  return [result, code, path].filter((each) => each !== undefined).join(' ')
}

const statement = (signer: typeof server, members: Omit<Statement, 'signed_by' | 'signature'>): Promise<Statement> =>
  signObject('statement', members, signer)

const seenAt = (at: string, signer = server): Promise<Statement> =>
  statement(signer, { kind: 'countersignature', about: recordHash(run), at, body: {} })

describe('the signer', () => {
  it.each<[string, Partial<TrustedKey>, string]>([
    ['is trusted', {}, 'pass'],
    ['is trusted as a recorder', { roles: ['recorder'] }, 'pass'],
    ['has another role', { roles: ['approver', 'server'] }, 'fail signer.role /provenance/signed_by'],
    ['signs for this agent', { agents: ['review*', 'release-*'] }, 'pass'],
    ['signs for another agent', { agents: ['review*'] }, 'fail signer.agent /agent_id'],
    ['signs for no agent', { agents: [] }, 'fail signer.agent /agent_id'],
    ['signs for another workspace', { workspaces: ['nowhere'] }, 'fail signer.workspace /workspace_id'],
    ['signs for this workspace', { workspaces: ['*'] }, 'pass'],
    ['is valid', { valid_from: '2026-01-01T00:00:00Z', valid_until: now }, 'pass'],
    ['has expired', { valid_until: '2026-11-20T23:59:59Z' }, 'unknown signer.time_unproven /provenance/signed_by'],
    ['is not valid yet', { valid_from: '2026-11-22T00:00:00Z' }, 'unknown signer.time_unproven /provenance/signed_by'],
    [
      'is compromised, in the future of the record',
      { revoked: { at: '2026-11-20T20:00:00Z', reason: 'compromised' } },
      'fail signer.revoked /provenance/signed_by',
    ],
    [
      'is superseded',
      { revoked: { at: '2026-11-20T20:00:00Z', reason: 'superseded' } },
      'unknown signer.time_unproven /provenance/signed_by',
    ],
    ['will be retired', { revoked: { at: '2027-01-01T00:00:00Z', reason: 'retired' } }, 'pass'],
  ])('%s', (_, members, expected) => {
    expect(signerOfVerdict({ trust: trusting({ ...entry, ...members }) })).toBe(expected)
  })

  it('is unknown without a trust file or an entry, and the verdict says self-asserted', async () => {
    expect(signerOfVerdict({})).toBe('unknown signer.no_trust_file /provenance/signed_by')
    expect(verdictOf({})).toMatchObject({ ok: true, level: 'sealed', self_asserted: true })
    const options = { trust: trusting(witness) }
    expect(signerOfVerdict(options)).toBe('unknown signer.untrusted_key /provenance/signed_by')
    expect(verdictOf(options)).toMatchObject({ ok: true, level: 'sealed', self_asserted: true })
  })

  it('who sealed again what another had sealed is nobody', async () => {
    const forged = await sealRun({ ...unsealed(run), status: 'failed' }, { signer: stranger, at: sealedAt })
    expect(signerOfVerdict({ trust }, forged)).toBe('unknown signer.untrusted_key /provenance/signed_by')
  })

  it('is judged at the time that a trusted party vouches for, never at the times of the record', async () => {
    const expired = { ...entry, valid_until: '2026-11-20T23:00:00Z' }
    const early = await seenAt('2026-11-20T15:00:00Z')
    const late = await seenAt('2026-11-21T08:00:00Z')
    const vouched = verdictOf({ trust: trusting(expired, witness), statements: [late, early] })
    expect(vouched.time).toEqual({ basis: 'vouched', by: 'store@example.org', at: '2026-11-20T15:00:00Z' })
    expect(vouched.checks[6]).toMatchObject({ check: 'signer', result: 'pass' })
    expect(signerOfVerdict({ trust: trusting(expired, witness), statements: [late] })).toMatch(
      /^unknown signer.time_un/,
    )
    const backdated = await sealRun(unsealed(run), { signer: runtime, at: '2026-11-19T00:00:00Z' })
    expect(signerOfVerdict({ trust: trusting(expired) }, backdated)).toMatch(/^unknown signer.time_unproven/)
  })

  it('whose key was lost is believed for what was seen before', async () => {
    const lost: TrustedKey = { ...entry, revoked: { at: '2026-11-20T16:00:00Z', reason: 'compromised' } }
    const before = await seenAt('2026-11-20T15:59:59.999999999Z')
    const at = await seenAt('2026-11-20T16:00:00Z')
    expect(signerOfVerdict({ trust: trusting(lost, witness), statements: [before] })).toBe('pass')
    expect(signerOfVerdict({ trust: trusting(lost, witness), statements: [at] })).toMatch(/^fail signer.revoked/)
  })

  it.each<[string, TrustedKey[], () => Promise<Statement>]>([
    ['the signer itself', [{ ...entry, roles: ['runtime', 'witness'] }], () => seenAt(sealedAt, runtime)],
    [
      'another key of the signer',
      [entry, { ...witness, key: stranger.did, identity: entry.identity }],
      () => seenAt(sealedAt, stranger),
    ],
    ['a stranger', [entry], () => seenAt(sealedAt, stranger)],
    ['an approver', [entry, { ...witness, roles: ['approver'] }], () => seenAt(sealedAt)],
    ['a witness whose own key has expired', [entry, { ...witness, valid_until: sealedAt }], () => seenAt(sealedAt)],
    ['a forger', [entry, witness], async () => ({ ...(await seenAt(sealedAt, stranger)), signed_by: server.did })],
    [
      'one who saw another record',
      [entry, witness],
      () => statement(server, { kind: 'countersignature', about: `sha256:${'0'.repeat(64)}`, at: sealedAt }),
    ],
  ])('%s cannot vouch for a time', async (_, keys, make) => {
    expect(verdictOf({ trust: trusting(...keys), statements: [await make()] }).time).toEqual({ basis: 'asserted' })
  })

  it('is revoked by a statement of its own key or of a colleague, not by a stranger', async () => {
    const colleague = signerOf(5)
    const said = (signer: typeof server, reason = 'compromised'): Promise<Statement> =>
      statement(signer, {
        kind: 'revocation',
        about: runtime.did,
        at: now,
        body: { at: '2026-11-20T20:00:00Z', reason },
      })
    const keys = trusting(entry, { ...entry, key: colleague.did }, witness)
    expect(signerOfVerdict({ trust: keys, statements: [await said(runtime)] })).toMatch(/^fail signer.revoked/)
    expect(signerOfVerdict({ trust: keys, statements: [await said(colleague)] })).toMatch(/^fail signer.revoked/)
    expect(signerOfVerdict({ trust: keys, statements: [await said(colleague, 'retired')] })).toMatch(/^unknown/)
    for (const signer of [server, stranger])
      expect(signerOfVerdict({ trust: keys, statements: [await said(signer)] })).toBe('pass')
    const forged = { ...(await said(stranger)), signed_by: runtime.did }
    expect(signerOfVerdict({ trust: keys, statements: [forged] })).toBe('pass')
  })

  it('is revoked from the time of the statement where it says no other that exists', async () => {
    const expired = { ...entry, valid_until: '2026-11-20T23:00:00Z' }
    for (const body of [{ reason: 'compromised' }, { at: '2026-02-30T00:00:00Z', reason: 'compromised' }, {}]) {
      const revoked = await statement(runtime, { kind: 'revocation', about: runtime.did, at: sealedAt, body })
      const keys = trusting(expired, witness)
      const [before, after] = [await seenAt('2026-11-20T14:09:59Z'), await seenAt('2026-11-20T14:10:01Z')]
      expect(signerOfVerdict({ trust: keys, statements: [revoked, before] })).toBe('pass')
      expect(signerOfVerdict({ trust: keys, statements: [revoked, after] })).toMatch(/^fail signer.revoked/)
    }
  })

  it('is not seen at a time that does not exist', async () => {
    const seen = await seenAt('2026-02-30T00:00:00Z')
    expect(verdictOf({ trust: trusting(entry, witness), statements: [seen] }).time).toEqual({ basis: 'asserted' })
  })

  it('is not trusted because a trusted key says that it follows', async () => {
    const rotation = await statement(server, {
      kind: 'rotation',
      about: server.did,
      at: now,
      body: { new_key: runtime.did },
    })
    const verdict = verdictOf({ trust: trusting(witness), statements: [rotation] })
    const check = verdict.checks.find((each) => each.check === 'signer')
    expect(check).toMatchObject({ result: 'unknown', code: 'signer.untrusted_key' })
    expect(check?.detail).toContain('store@example.org says that it follows its own key')
  })
})

/** The record before it was sealed. */
const unsealed = ({ eval: _, provenance, ...rest }: AgentRun): AgentRun => {
  const seal = ['record_hash', 'signature', 'signed_by', 'sealed_at', 'steps_root', 'steps_count', 'journal_head']
  const open = Object.fromEntries(Object.entries(provenance).filter(([name]) => !seal.includes(name)))
  return { ...rest, provenance: open as AgentRun['provenance'] }
}

describe('a batch', () => {
  const batch = async (): Promise<{ runs: AgentRun[]; options: VerifyOptions }> => {
    const runs = await Promise.all(
      [0, 1, 2].map((i) =>
        sealRun(
          { ...unsealed(run), outcome: i === 1 ? 'failed' : 'success' },
          { signedBy: runtime.did, at: `2026-11-20T14:1${i}:00Z` },
        ),
      ),
    )
    const { statement: said, proofs } = await sealBatch(runs, runtime, now)
    return { runs, options: { trust: trusting(entry), statements: [said], proofs } }
  }
  const signature = (record: unknown, options: VerifyOptions): string => {
    const { result, code } = verdictOf(options, record).checks.find(({ check }) => check === 'signature') ?? {}
    return code === undefined ? String(result) : `${result} ${code}`
  }

  it('seals each of its records', async () => {
    const { runs, options } = await batch()
    for (const each of runs)
      expect(verdictOf(options, each)).toMatchObject({ ok: true, level: 'sealed', by: 'ci@example.org' })
    expect(signature(runs[0], {})).toBe('fail signature.stripped')
  })

  it('does not seal a record that was changed, or is not among them, or by another key', async () => {
    const { runs, options } = await batch()
    expect(signature({ ...runs[0], outcome: 'partial' }, options)).toBe('fail signature.stripped')
    const [proof, next] = options.proofs ?? []
    const moved = { ...next, record_hash: proof?.record_hash } as NonNullable<typeof proof>
    expect(signature(runs[0], { ...options, proofs: [moved] })).toBe('fail signature.stripped')
    const other = await sealBatch(
      [await sealRun(unsealed(run), { signedBy: stranger.did, at: sealedAt })],
      stranger,
      now,
    )
    expect(signature(runs[0], { statements: [other.statement], proofs: other.proofs })).toBe('fail signature.stripped')
  })

  it('stands beside a forged copy of its statement, wherever that stands', async () => {
    const { runs, options } = await batch()
    const [said] = options.statements ?? []
    const forged = { ...said, signature: run.provenance.signature } as Statement
    for (const statements of [
      [forged, said],
      [said, forged],
    ])
      expect(signature(runs[0], { ...options, statements: statements as Statement[] })).toBe('pass')
    expect(signature(runs[0], { ...options, statements: [forged] })).toBe('fail signature.stripped')
  })

  it('is found among proofs that do not hold, and nobody asks for one beside a right signature', async () => {
    const { runs, options } = await batch()
    const [proof, next] = options.proofs ?? []
    const wrong = { ...next, record_hash: proof?.record_hash } as NonNullable<typeof proof>
    for (const proofs of [
      [wrong, ...(options.proofs ?? [])],
      [...(options.proofs ?? []), wrong],
    ])
      expect(signature(runs[0], { ...options, proofs })).toBe('pass')
    const stray = { ...wrong, record_hash: recordHash(run) }
    expect(signature(run, { ...options, proofs: [stray] })).toBe('pass')
  })
})

describe('who was asked for', () => {
  const trusted = trusting(entry, witness)
  const answer = (options: VerifyOptions): string => {
    const { ok, level, missing } = verdictOf({ trust: trusted, ...options })
    const first = missing.find(({ code }) => code === 'level.signer')
    return [ok, level, first?.level].filter((each) => each !== undefined).join(' ')
  }

  it.each<[string, VerifyOptions, string]>([
    ['anybody at all', { trust: trusting(witness) }, 'true sealed accountable'],
    ['anybody of the trust file', { signedBy: 'trusted' }, 'true sealed'],
    [
      'anybody of a trust file without the key',
      { trust: trusting(witness), signedBy: 'trusted' },
      'false sealed sealed',
    ],
    ['the signer', { signedBy: ['ci@example.org'] }, 'true sealed'],
    ['the signer or another', { signedBy: ['alice@example.org', 'ci@example.org'] }, 'true sealed'],
    ['another', { signedBy: ['store@example.org'] }, 'false sealed sealed'],
    ['another, at a lower level', { signedBy: ['store@example.org'], level: 'recorded' }, 'false sealed recorded'],
    ['another, at no level', { signedBy: ['store@example.org'], level: 'none' }, 'false sealed recorded'],
  ])('%s', (_what, options, expected) => {
    expect(answer(options)).toBe(expected)
  })

  it('is somebody', () => {
    for (const signedBy of [[], [''], 'ci@example.org', 7])
      expect(() => verify(run, { signedBy: signedBy as 'trusted' })).toThrow(/^signedBy names nobody/)
  })

  it('is not passed over because of a typing error', () => {
    expect(() => verify(run, { truts: trusted } as VerifyOptions)).toThrow('"truts" is no option; did you mean trust?')
  })
})
