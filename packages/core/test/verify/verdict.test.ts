import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import type { AgentRun, Statement, Verdict } from '@agent-run/types'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalize } from '../../src/canonical/index.ts'
import { documentHash, erase, recordHash, signObject, writeBundle } from '../../src/seal/index.ts'
import { validate } from '../../src/validate/index.ts'
import { createVerifier, type VerifyOptions, verify, verifyBundle } from '../../src/verify/index.ts'
import { shown } from '../../src/verify/shown.ts'
import { evaluator, now, type Rich, richRecord, runtime, server, stranger, trust } from './rich-record.ts'

let rich: Rich

beforeAll(async () => {
  rich = await richRecord()
})

const verdictOf = (record: unknown, options: VerifyOptions = {}): Verdict =>
  verify(JSON.stringify(record), { trust, now, related: rich.related, ...options })

const resultOf = (verdict: Verdict, name: string): string => {
  const { result, code, path } = verdict.checks.find(({ check }) => check === name) ?? {}
  return [result, code, path].filter((each) => each !== undefined && each !== '').join(' ')
}

const provenance = (members: object, run: AgentRun = rich.run): object => ({
  ...run,
  provenance: Object.fromEntries(
    Object.entries({ ...run.provenance, ...members }).filter(([, value]) => value !== undefined),
  ),
})

describe('a verdict', () => {
  it('has the form of its schema', () => {
    for (const record of [rich.run, provenance({ signature: undefined }), {}, 7]) {
      const { ok, findings } = validate(verdictOf(record), { schema: 'verdict', reading: 'strict' })
      expect({ ok, findings }).toEqual({ ok: true, findings: [] })
    }
  })

  it('skips everything where the bytes or the form are not those of a record', () => {
    for (const [input, code] of [
      ['{"id":1,"id":2}', 'json.duplicate_name'],
      ['', 'json.empty'],
      ['{"a":1e400}', 'json.number_range'],
      ['[]', 'schema.type'],
      ['{}', 'schema.required'],
    ]) {
      const verdict = verify(input)
      expect(verdict).toMatchObject({ ok: false, level: 'none', first_failure: 'schema' })
      expect(verdict.checks.map(({ result }) => result)).toEqual(['fail', ...Array(11).fill('skipped')])
      expect(verdict.checks[0]?.code).toBe(code)
    }
  })

  it('of a parsed value says that the bytes were not seen', () => {
    expect(verify(rich.run).checks[0]?.detail).toContain('the bytes were not given')
    expect(verify({ ...rich.run, id: undefined }).ok).toBe(false)
  })

  it('is not green for a stripped seal, unless nothing more was asked for', () => {
    const { record_hash, signature, signed_by, sealed_at, steps_root, steps_count, journal_head, ...open } =
      rich.run.provenance
    const { eval: _, ...bare } = { ...rich.run, provenance: open }
    expect(verdictOf(bare)).toMatchObject({ ok: false, level: 'recorded', completeness: { state: 'unsealed' } })
    expect(verdictOf(bare, { level: 'recorded', related: [] }).ok).toBe(true)
    expect(verdictOf(provenance({ signature: undefined }))).toMatchObject({ ok: false, first_failure: 'signature' })
    expect(resultOf(verdictOf(provenance({ signature: null })), 'signature')).toMatch(/^fail signature.stripped/)
    const seal = [record_hash, signature, signed_by, sealed_at, steps_root, steps_count, journal_head]
    expect(seal).not.toContain(undefined)
  })

  it('is given for whatever comes, and for whatever comes with it', () => {
    const shapes = [
      { kind: 'batch', about: 'x', at: now },
      { statement: 'x', record_hash: recordHash(rich.run) },
      rich.run,
    ]
    const thing = fc.oneof(fc.anything(), fc.json(), fc.constantFrom<unknown>(...shapes, rich.run.eval))
    fc.assert(
      fc.property(thing, fc.uint8Array(), fc.array(thing, { maxLength: 3 }), (input, bytes, beside) => {
        const options = {
          statements: beside,
          evals: beside,
          proofs: beside,
          related: beside,
          trust,
          now,
          journal: bytes,
        }
        expect(verify(input, options as VerifyOptions).checks).toHaveLength(12)
        expect(verify(bytes, { now }).ok).toBe(false)
        expect(verify(JSON.stringify(rich.run), options as VerifyOptions).checks).toHaveLength(12)
      }),
      { numRuns: 100 },
    )
  })

  it('of a failure is never ok, whatever level was asked for', () => {
    const wrong = provenance({ run_hash: '0'.repeat(64) })
    expect(verdictOf(wrong, { level: 'recorded' })).toMatchObject({
      ok: false,
      level: 'recorded',
      first_failure: 'run_hash',
    })
  })

  it('refuses what makes no sense: a level, a time or a trust file that is none', () => {
    expect(() => verify('{}', { level: 'trusted' as 'sealed' })).toThrow(TypeError)
    for (const time of ['', 'now', '2026-02-30T00:00:00Z', '2026-11-21'])
      expect(() => verify('{}', { now: time })).toThrow(TypeError)
    expect(() => verify('{}', { now: () => 'later' })).toThrow(TypeError)
    expect(() => verify('{}', { trust: { ok: true, trust } as never })).toThrow(TypeError)
  })

  it('says which option is of the wrong type', () => {
    const wrong: [string, unknown][] = [
      ['trust', { keys: [{ key: runtime.did }] }],
      ['trust', { ...trust, keys: [trust.keys[0], trust.keys[0]] }],
      ['statements', { 0: 'x' }],
      ['evals', 'x'],
      ['proofs', 7],
      ['related', rich.run],
      ['journal', new ArrayBuffer(1)],
      ['journal', { lines: [] }],
      ['now', 1],
    ]
    for (const [name, value] of wrong)
      expect(() => verify('{}', { [name]: value }), name).toThrow(new RegExp(`^${name} is no `))
    expect(() => createVerifier({})('{}', { statements: {} as never })).toThrow(/^statements is no list/)
    expect(() => createVerifier({})('{}', { evals: {} as never })).toThrow(/^evals is no list/)
  })

  it('takes the bytes of a journal from another realm', () => {
    const bytes = runInNewContext('new Uint8Array([123, 125, 10])') as Uint8Array
    expect(bytes instanceof Uint8Array).toBe(false)
    expect(resultOf(verdictOf(rich.run, { journal: bytes }), 'journal')).toMatch(/^fail journal\./)
  })

  it('names who answers for the record only if the check signer passes', () => {
    expect(verdictOf(rich.run).by).toBe(trust.keys.find(({ key }) => key === runtime.did)?.identity)
    const expired = { ...trust, keys: trust.keys.map((entry) => ({ ...entry, valid_until: '2026-01-01T00:00:00Z' })) }
    expect(verdictOf(rich.run, { trust: expired })).not.toHaveProperty('by')
  })

  it('cannot be told by a record what was expected', () => {
    const injected = '"; expected nothing (all is well)'
    const [first, ...rest] = rich.run.steps
    const verdict = verify({ ...rich.run, steps: [{ ...first, parent_step_id: injected }, ...rest] }, { trust, now })
    const check = verdict.checks.find(({ check }) => check === 'semantics')
    expect(check).toMatchObject({ code: 'reference.unresolved', expected: 'the id of one' })
    expect(check?.found).toContain('names no step of this run')
    const enumerated = verify({ ...rich.run, outcome: '; expected x' }).checks[0]
    expect(enumerated?.expected).toMatch(/^one of success, /)
  })

  it('shows what a record says escaped, cut and never empty', () => {
    const elsewhere = { ...trust, keys: trust.keys.map((entry) => ({ ...entry, agents: ['nobody'] })) }
    const signerOf = (verdict: Verdict): unknown => verdict.checks.find(({ check }) => check === 'signer')
    expect(signerOf(verdictOf(rich.run, { trust: elsewhere }))).toMatchObject({
      result: 'fail',
      code: 'signer.agent',
      expected: 'nobody',
      found: rich.run.agent_id,
    })
    expect(shown('a\u001b[31m\u202eb\n')).toBe('a\\u001b[31m\\u202eb\\u000a')
    expect(shown('')).toBe('nothing')
    expect(shown('x'.repeat(200))).toBe('x'.repeat(200))
    expect(shown('x'.repeat(1e6))).toBe(`${'x'.repeat(199)}…`)
    expect(shown('\u0007'.repeat(200))).toHaveLength(199)
    expect(shown(`${'x'.repeat(198)}😀y`)).toBe(`${'x'.repeat(198)}…`)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(shown(text).length).toBeGreaterThan(0)
        expect(shown(text).length).toBeLessThanOrEqual(200)
        expect(shown(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
      }),
    )
  })

  it('passes a check only if something was compared, and names every failure whole', () => {
    const names = [...new Set(JSON.stringify(rich.run).match(/[a-z_]+(?=":)/g))]
    const value = fc.oneof(fc.constantFrom(null, true, -1, 'x', [], {}), fc.string({ maxLength: 5 }))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 2 }), (changes) => {
        const text = JSON.stringify(rich.run, (name, old) => {
          const change = changes.find(([each]) => each === name)
          return change ? change[1] : old
        })
        for (const check of verify(text, { trust, now }).checks) {
          expect(check.result !== 'pass' || check.compared >= 1).toBe(true)
          if (check.result !== 'fail') continue
          expect(check).toMatchObject({ code: expect.any(String), path: expect.any(String) })
          expect(check).toMatchObject({ expected: expect.any(String), found: expect.any(String) })
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('run_hash', () => {
  const old = (run_hash: string, more: object = {}): object => ({
    id: 'r',
    agent_id: 'a',
    status: 'completed',
    started_at: null,
    tools_available: ['b', 'a', 'a'],
    model: 'm',
    steps: [],
    cost: { input_tokens: null, output_tokens: null },
    provenance: { run_hash, ...more },
  })
  const legacy = createHash('sha256')
    .update(`a|m|${canonicalize(['a', 'a', 'b'])}||`)
    .digest('hex')

  it.each<[string, () => object, string]>([
    ['of 0.1 is only recognised', () => old(legacy), 'unknown run_hash.legacy /provenance/run_hash'],
    [
      'of 0.1 does not count in a record of 1.0',
      () => ({ ...old(legacy), spec_version: '1.0', ended_at: null }),
      'fail run_hash.mismatch /provenance/run_hash',
    ],
    [
      'of 0.1 does not count in a sealed record',
      () => old(legacy, { record_hash: `sha256:${'0'.repeat(64)}` }),
      'fail run_hash.mismatch /provenance/run_hash',
    ],
    ['of no known form is unknown', () => old('abc'), 'unknown run_hash.form /provenance/run_hash'],
    ['in capitals is unknown', () => old('A'.repeat(64)), 'unknown run_hash.form /provenance/run_hash'],
  ])('%s', (_, make, expected) => {
    expect(resultOf(verify(JSON.stringify(make())), 'run_hash')).toBe(expected)
  })

  it('beside a signature of 0.1 nothing is known about the signature', () => {
    const verdict = verify(JSON.stringify(old(legacy, { signature: 'x', signed_by: 'y' })))
    expect(resultOf(verdict, 'signature')).toBe('unknown signature.scheme /provenance/signature')
    expect(verdict.level).toBe('recorded')
  })
})

describe('evals', () => {
  const later = (members: object, signer = evaluator): Promise<AgentRun['eval']> =>
    signObject('eval', { pass: true, score: 90, ...members }, signer) as Promise<AgentRun['eval']>

  it('embedded count only by their own signature and this record_hash', async () => {
    const of = async (result: unknown): Promise<string> => resultOf(verdictOf({ ...rich.run, eval: result }), 'evals')
    expect(await of(await later({ record_hash: recordHash(rich.run) }))).toBe('pass')
    expect(await of(await later({ record_hash: `sha256:${'1'.repeat(64)}` }))).toBe(
      'fail evals.other_record /eval/record_hash',
    )
    expect(await of(await later({ document_hash: `sha256:${'1'.repeat(64)}` }))).toBe(
      'fail evals.other_record /eval/document_hash',
    )
    expect(await of(await later({ document_hash: documentHash(rich.run) }))).toBe('pass')
    expect(await of(await later({}))).toBe('fail evals.other_record /eval/record_hash')
    expect(await of({ pass: true, score: 1 })).toBe('unknown evals.unsigned /eval')
    expect(await of({ ...(await later({ record_hash: recordHash(rich.run) })), score: 91 })).toBe(
      'fail evals.signature /eval/signature',
    )
    expect(await of(await later({ record_hash: recordHash(rich.run) }, stranger))).toBe(
      'unknown evals.untrusted_key /eval/signed_by',
    )
    expect(await of(await later({ record_hash: recordHash(rich.run) }, runtime))).toBe(
      'unknown evals.untrusted_key /eval/signed_by',
    )
  })

  it('of which one is unsigned are unknown for that, before keys are looked up', async () => {
    const untrusted = await later({ record_hash: recordHash(rich.run) }, stranger)
    const evals = [untrusted, { pass: true, score: 1, record_hash: recordHash(rich.run) }]
    const { eval: _, ...bare } = rich.run
    expect(resultOf(verdictOf(bare, { evals: evals as NonNullable<VerifyOptions['evals']> }), 'evals')).toBe(
      'unknown evals.unsigned',
    )
  })

  it('beside the record are looked at if they name it', async () => {
    const { eval: _, ...bare } = rich.run
    const right = await later({ record_hash: recordHash(rich.run) })
    const other = await later({ record_hash: `sha256:${'1'.repeat(64)}` })
    const of = (evals: unknown[]): string =>
      resultOf(verdictOf(bare, { evals: evals as NonNullable<VerifyOptions['evals']> }), 'evals')
    expect([of([]), of([other]), of([other, right])]).toEqual(['absent', 'absent', 'pass'])
    expect(of([{ ...right, score: 0 }])).toBe('unknown evals.signature /signature')
    const { signature: _signature, ...stripped } = right as NonNullable<AgentRun['eval']>
    expect(of([stripped])).toBe('unknown evals.signature /signature')
    const two = await later({ record_hash: recordHash(rich.run), document_hash: `sha256:${'1'.repeat(64)}` })
    expect(of([two])).toBe('unknown evals.other_record /document_hash')
    const twice = await later({ record_hash: recordHash(rich.run), document_hash: documentHash(rich.run) })
    const verdict = verdictOf(bare, { evals: [twice] as NonNullable<VerifyOptions['evals']> })
    expect(verdict.checks.find(({ check }) => check === 'evals')).toMatchObject({ result: 'pass', compared: 2 })
  })
})

describe('erasure', () => {
  it('breaks no seal, and is unattested until a trusted party says so', async () => {
    const { run, private_hashes } = erase(rich.run, ['/steps/0', '/steps/5/side_effects/0', ''])
    expect(resultOf(verdictOf(run), 'erasures')).toMatch(/^unknown erasures.unattested/)
    expect(verdictOf(run)).toMatchObject({ ok: true, level: 'accountable' })
    const tombstone = (signer = server, hashes = private_hashes): Promise<Statement> =>
      signObject(
        'statement',
        {
          kind: 'tombstone',
          about: recordHash(run),
          at: now,
          body: { private_hashes: hashes, reason: 'asked by the person' },
        },
        signer,
      )
    expect(resultOf(verdictOf(run, { statements: [await tombstone()] }), 'erasures')).toBe('pass')
    expect(resultOf(verdictOf(run, { statements: [await tombstone(stranger)] }), 'erasures')).toMatch(/^unknown/)
    expect(
      resultOf(verdictOf(run, { statements: [await tombstone(server, private_hashes.slice(1))] }), 'erasures'),
    ).toMatch(/^unknown/)
    const forged = { ...(await tombstone(stranger)), signed_by: server.did }
    expect(resultOf(verdictOf(run, { statements: [forged] }), 'erasures')).toMatch(/^unknown erasures.unattested/)
    const statements = [forged, await tombstone()]
    expect(resultOf(verdictOf(run, { statements }), 'erasures')).toBe('pass')
    expect(resultOf(verdictOf(rich.run, { statements: [forged] }), 'erasures')).toBe('absent')
  })

  it.each<[string, (step: Record<string, unknown>) => Record<string, unknown>, string]>([
    [
      'a forged preview on an erased step',
      ({ salt: _, input_preview: __, ...step }) => ({ ...step, output_preview: 'forged' }),
      'private.state',
    ],
    ['a salt that is gone', ({ salt: _, ...step }) => step, 'private.state'],
    ['private_hash null', (step) => ({ ...step, private_hash: null }), 'schema'],
    ['private_hash gone', ({ private_hash: _, ...step }) => step, 'steps.root'],
  ])('%s is seen', (_, change, expected) => {
    const steps = rich.run.steps.map((step, i) => (i === 0 ? change(step as unknown as Record<string, unknown>) : step))
    const { checks, ok } = verdictOf({ ...rich.run, steps })
    expect(ok).toBe(false)
    expect(
      checks
        .filter(({ result }) => result === 'fail')
        .map(({ code }) => code)
        .join(' '),
    ).toContain(expected)
  })
})

describe('levels', () => {
  const reasons = (record: unknown): string[] =>
    verdictOf(record, { level: 'accountable' }).missing.map(({ code }) => code)
  const strip = async (change: (run: Record<string, unknown>) => void): Promise<string[]> => {
    const copy = JSON.parse(JSON.stringify(rich.run)) as Record<string, unknown>
    change(copy)
    return reasons(copy)
  }

  it('say what keeps a record from being accountable', async () => {
    expect(await strip((run) => (run.source = { format: 'x' }))).toContain('level.converted')
    const steps = (run: Record<string, unknown>): Record<string, unknown>[] => run.steps as Record<string, unknown>[]
    expect(await strip((run) => delete steps(run)[5]?.side_effects)).toContain('level.effects_missing')
    expect(await strip((run) => delete steps(run)[5]?.approval)).toContain('level.approval_missing')
    expect(await strip((run) => delete run.inventory)).toContain('level.tool_unresolved')
    expect(await strip((run) => Object.assign(steps(run)[5] ?? {}, { approval: { state: 'not_required' } }))).toContain(
      'level.basis_missing',
    )
    expect(verdictOf(rich.run, { related: [] }).missing.map(({ code }) => code)).toEqual([
      'level.lineage',
      'level.lineage',
      'level.lineage',
    ])
    expect(verify(JSON.stringify(rich.run), { now }).missing.map(({ code }) => code)).toContain('level.signer')
    expect(verify(JSON.stringify(rich.run), { now }).missing.map(({ code }) => code)).toContain(
      'level.approval_claimed',
    )
  })
})

describe('a bundle', () => {
  it('gives a verdict for each record, by what stands in it', async () => {
    const { run } = erase(rich.run, ['/steps/0'])
    const tombstone = await signObject(
      'statement',
      { kind: 'tombstone', about: recordHash(run), at: now, body: { private_hashes: [run.steps[0]?.private_hash] } },
      server,
    )
    const bytes = new TextEncoder().encode(
      `${writeBundle({ records: [run, ...rich.related], statements: [tombstone] })}{"x":1}\n`,
    )
    const { verdicts, findings } = verifyBundle(bytes, { trust, now })
    expect(verdicts.map(({ level }) => level)).toEqual(['sealed', 'sealed', 'accountable', 'sealed'])
    expect(resultOf(verdicts[0] as Verdict, 'erasures')).toBe('pass')
    expect(findings.map(({ code, position }) => [code, position?.line])).toEqual([['bundle.line', 6]])
  })
})
