import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { AgentRunError } from '../../src/errors.ts'
import { mediaType, pae, publicForm, runHash } from '../../src/hash/index.ts'
import {
  checkSignature,
  isSealed,
  recordHash,
  type SignedKind,
  sealedPayload,
  sealRun,
  signedBytes,
  signObject,
  stepsRoot,
} from '../../src/seal/index.ts'
import { encodeBase64 } from '../../src/sign/index.ts'
import { validate } from '../../src/validate/index.ts'
import {
  AT,
  type Changeable,
  changed,
  nonce,
  person,
  protectedRun,
  richRun,
  runtime,
  sealedRun,
  signAnyway,
} from './records.ts'

const refusal = async (attempt: Promise<unknown>): Promise<string> => {
  const error = await attempt.catch((reason: unknown) => reason)
  return error instanceof AgentRunError ? error.code : `no AgentRunError: ${String(error)}`
}

describe('sealing a run', () => {
  it('fills what a sealed record needs, and leaves the run given as it was', async () => {
    const run = protectedRun()
    const before = structuredClone(run)
    const sealed = await sealRun(run, { signer: runtime, at: AT })
    expect(run).toEqual(before)
    expect(sealed.provenance).toMatchObject({
      run_hash: runHash(run),
      nonce,
      steps_count: 3,
      steps_root: stepsRoot(run.steps).root,
      sealed_at: AT,
      record_hash: recordHash(sealed),
      signed_by: runtime.did,
    })
    expect(checkSignature('run', sealed)).toBe('pass')
    expect(isSealed(run)).toBe(false)
    expect(isSealed(sealed)).toBe(true)
    expect(validate(JSON.stringify(sealed)).findings).toEqual([])
  })

  it('seals without a signer, by its hash only', async () => {
    const sealed = await sealRun(protectedRun(), { at: AT })
    expect(sealed.provenance.record_hash).toBe(recordHash(sealed))
    expect(checkSignature('run', sealed)).toBe('absent')
  })

  it('names the end of the journal, where there is one', async () => {
    const journalHead = `sha256:${'1'.repeat(64)}`
    const sealed = await sealRun(protectedRun(), { signer: runtime, at: AT, journalHead })
    expect(sealed.provenance.journal_head).toBe(journalHead)
    expect(checkSignature('run', sealed)).toBe('pass')
  })

  it('chooses a nonce of its own where there is none, another one each time', async () => {
    const bare = changed(richRun(), (run) => delete run.provenance.nonce)
    const sealed = await Promise.all([1, 2].map(() => sealRun(bare, { at: AT })))
    for (const { provenance } of sealed) expect(provenance.nonce).toMatch(/^[0-9a-f]{32}$/)
    expect(sealed[0]!.provenance.nonce).not.toBe(sealed[1]!.provenance.nonce)
    expect((await sealRun(bare, { at: AT, nonce })).provenance.nonce).toBe(nonce)
    await expect(sealRun(richRun(), { at: AT, nonce: '0'.repeat(32) })).rejects.toThrow(TypeError)
  })

  it('refuses what would never verify', async () => {
    const attempt = (change: (run: Changeable) => unknown): Promise<string> =>
      refusal(sealRun(changed(protectedRun(), change), { signer: runtime, at: AT }))
    expect(await refusal(sealRun(await sealedRun(), { signer: runtime, at: AT }))).toBe('seal.already_sealed')
    expect(await attempt((run) => delete run.spec_version)).toBe('seal.version')
    for (const status of ['pending', 'running', 'paused'])
      expect(await attempt((run) => Object.assign(run, { status }))).toBe('seal.open_status')
    expect(await attempt((run) => Object.assign(run.provenance, { signed_by: person.did }))).toBe('seal.other_key')
    expect(await attempt((run) => Object.assign(run, { started_at: 'yesterday' }))).toBe('seal.invalid')
    expect(await attempt((run) => Object.assign(run.steps[1], { id: 's-0' }))).toBe('seal.invalid')
    expect(await attempt((run) => Object.assign(run, { input_preview: 'forged' }))).toBe('seal.invalid')
    expect(await attempt((run) => Object.assign(run.steps[0], { private_hash: null }))).toBe('seal.invalid')
    expect(await refusal(sealRun(protectedRun(), { at: 'today' }))).toBe('seal.invalid')
    await expect(sealRun(protectedRun(), { at: AT, signer: runtime, signedBy: person.did })).rejects.toThrow(TypeError)
  })

  it('says without a payload what is wrong', async () => {
    const run = changed(protectedRun(), (copy) => Object.assign(copy, { input_preview: 'SECRET' }))
    const error = await sealRun(run, { at: AT }).catch((reason: unknown) => reason as AgentRunError)
    expect(error).toBeInstanceOf(AgentRunError)
    expect(JSON.stringify([(error as AgentRunError).message, (error as AgentRunError).cause])).not.toContain('SECRET')
  })

  it('refuses an eval that names the record as it was before', async () => {
    const run = { ...richRun(), eval: { pass: true, score: 1, document_hash: `sha256:${'0'.repeat(64)}` } }
    await expect(sealRun(run, { signer: runtime, at: AT })).rejects.toMatchObject({ code: 'seal.eval' })
  })
})

describe('the signed bytes', () => {
  it.skipIf(!tool('sha256sum'))('have the record_hash as their SHA-256, as sha256sum computes it', async () => {
    const sealed = await sealedRun()
    const { stdout } = spawnSync(tool('sha256sum')!, { input: signedBytes('run', sealed), encoding: 'utf8' })
    expect(`sha256:${stdout.slice(0, 64)}`).toBe(sealed.provenance.record_hash)
  })

  it('differ for every kind, though the object is the same', async () => {
    const kinds: SignedKind[] = ['approval', 'eval', 'statement', 'head']
    const object = { about: 'x', provenance: {} }
    for (const kind of kinds) {
      const signed = await signAnyway(kind, object, runtime)
      const passing = kinds.filter((other) => checkSignature(other, signed) === 'pass')
      expect(passing).toEqual([kind])
    }
  })

  it('of a run leave out steps, eval, record_hash, signature and what is private; nothing else', async () => {
    const sealed = changed(await sealedRun(), (run) => Object.assign(run, { unknown_member: 1 }))
    const payload = JSON.parse(sealedPayload('run', sealed))
    const { steps: _, eval: __, provenance, ...others } = publicForm('run', sealed) as never as Record<string, object>
    const { record_hash: ___, signature: ____, ...covered } = provenance as Record<string, unknown>
    expect(payload).toEqual({ ...others, provenance: covered })
    expect(payload.unknown_member).toBe(1)
  })
})

describe('attacks on seals', () => {
  it('a signature made for another kind fails', async () => {
    const sealed = await sealedRun()
    const { signature: _, ...unsigned } = sealed.provenance
    const payload = { ...sealed, provenance: unsigned }
    const bytes = new TextEncoder().encode(sealedPayload('run', payload))
    for (const kind of ['statement', 'document', 'approval', 'eval', 'head'] as const) {
      const signature = encodeBase64(await runtime.sign(pae(mediaType(kind), bytes)))
      expect(checkSignature('run', { ...sealed, provenance: { ...unsigned, signature } }), kind).toBe('fail')
    }
    const signature = encodeBase64(await runtime.sign(pae(mediaType('run'), bytes)))
    expect(checkSignature('run', { ...sealed, provenance: { ...unsigned, signature } })).toBe('pass')
  })

  it('a signature stripped with signed_by left is seen', async () => {
    const sealed = await sealedRun()
    expect(
      checkSignature(
        'run',
        changed(sealed, (run) => delete run.provenance.signature),
      ),
    ).toBe('stripped')
    expect(
      checkSignature(
        'run',
        changed(sealed, (run) => Object.assign(run.provenance, { signature: null })),
      ),
    ).toBe('stripped')
    expect(
      checkSignature(
        'run',
        changed(sealed, (run) => delete run.provenance.signed_by),
      ),
    ).toBe('fail')
  })

  it('of six spellings of one base64 signature, one passes', async () => {
    // A signature with letters that the URL-safe alphabet spells differently, as most are.
    const candidates = await Promise.all(
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((digit) =>
        sealRun(protectedRun(), { signer: runtime, at: AT.replace('03Z', `0${digit}Z`) }),
      ),
    )
    const sealed = candidates.find(({ provenance }) => /[+/]/.test(provenance.signature!))!
    const own = sealed.provenance.signature!
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const strayBits = `${own.slice(0, 85)}${alphabet[alphabet.indexOf(own[85]!) + 1]}==`
    const spellings = [
      own,
      own.slice(0, -2),
      own.slice(0, -1),
      strayBits,
      `${own.slice(0, 40)}\n${own.slice(40)}`,
      own.replaceAll('+', '-').replaceAll('/', '_'),
    ]
    expect(new Set(spellings).size).toBe(6)
    const bytes = spellings.map((text) => Buffer.from(text, 'base64').toString('hex'))
    expect(new Set(bytes).size).toBe(1)
    const states = spellings.map((signature) =>
      checkSignature('run', { ...sealed, provenance: { ...sealed.provenance, signature } }),
    )
    expect(states).toEqual(['pass', 'fail', 'fail', 'fail', 'fail', 'fail'])
  })

  it('another spelling of the key fails', async () => {
    const sealed = await sealedRun()
    for (const signed_by of [runtime.did.replace('did:key:z', 'did:key:z1'), `${runtime.did}#x`, runtime.did.slice(8)])
      expect(checkSignature('run', { ...sealed, provenance: { ...sealed.provenance, signed_by } })).toBe('fail')
  })

  it('steps moved, dropped, doubled or changed give another root', async () => {
    const { steps } = await sealedRun(5)
    const { root } = stepsRoot(steps)
    const attempts = {
      moved: [steps[1]!, steps[0]!, ...steps.slice(2)],
      reversed: steps.toReversed(),
      dropped: steps.slice(0, -1),
      doubled: [...steps, steps.at(-1)!],
      changed: [{ ...steps[0]!, status: 'failed' as const }, ...steps.slice(1)],
      none: [],
    }
    for (const [name, list] of Object.entries(attempts)) expect(stepsRoot(list).root, name).not.toBe(root)
  })

  it('without steps_root, the record_hash is another', async () => {
    const sealed = await sealedRun()
    const without = changed(sealed, (run) => delete run.provenance.steps_root)
    expect(recordHash(without)).not.toBe(sealed.provenance.record_hash)
    expect(checkSignature('run', without)).toBe('fail')
    expect(isSealed(without)).toBe(true)
  })
})

describe('properties', () => {
  it('any change of a public member of the run changes record_hash', async () => {
    const sealed = await sealedRun()
    const members = Object.keys(sealed).filter((member) => !['steps', 'eval'].includes(member))
    const publicOnes = members.filter((member) => Object.hasOwn(publicForm('run', sealed), member))
    fc.assert(
      fc.property(fc.constantFrom(...publicOnes), fc.jsonValue(), (member, value) => {
        const other = { ...sealed, [member]: value }
        fc.pre(sealedPayload('run', other) !== sealedPayload('run', sealed))
        expect(recordHash(other)).not.toBe(sealed.provenance.record_hash)
        expect(checkSignature('run', { ...other, provenance: { ...sealed.provenance, x: 1 } })).toBe('fail')
      }),
    )
  })

  it('whatever is sealed passes its own checks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9 }),
        fc.dictionary(fc.string(), fc.jsonValue()),
        async (n, metadata) => {
          const run = { ...richRun(n), metadata: JSON.parse(JSON.stringify(metadata)) }
          fc.pre(validate(run).ok)
          const sealed = await sealRun(run, { signer: runtime, at: AT })
          expect(recordHash(JSON.parse(JSON.stringify(sealed)))).toBe(sealed.provenance.record_hash)
          expect(checkSignature('run', JSON.parse(JSON.stringify(sealed)))).toBe('pass')
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('signing other objects', () => {
  const statement = { kind: 'countersignature', about: `sha256:${'0'.repeat(64)}`, at: AT, body: {} }

  it('gives a copy with the key and a signature', async () => {
    const signed = await signObject('statement', statement, person)
    expect(signed.signed_by).toBe(person.did)
    expect(checkSignature('statement', signed)).toBe('pass')
    expect(checkSignature('statement', { ...signed, at: '2026-11-20T14:09:04Z' })).toBe('fail')
    expect(statement).not.toHaveProperty('signature')
  })

  it('refuses to sign again, for another key, or what is invalid', async () => {
    const signed = await signObject('statement', statement, person)
    expect(await refusal(signObject('statement', signed, person))).toBe('seal.already_sealed')
    expect(await refusal(signObject('statement', { ...statement, signed_by: person.did }, runtime))).toBe(
      'seal.other_key',
    )
    expect(await refusal(signObject('statement', { kind: 'link' }, person))).toBe('seal.invalid')
    const decision = { approval_id: 'ap-1', event: 'approved', at: AT }
    expect(await refusal(signObject('approval', decision, person))).toBe('seal.invalid')
    expect(await refusal(signObject('approval', { ...decision, event: 'requested' }, person))).not.toBe('seal.invalid')
  })
})
