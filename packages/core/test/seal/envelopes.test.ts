import type { AgentRun } from '@agent-run/types'
import { bundleFromJSON } from '@sigstore/bundle'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { describe, expect, it } from 'vitest'
import { AgentRunError } from '../../src/errors.ts'
import { hash } from '../../src/hash/index.ts'
import {
  actionHash,
  checkSignature,
  type DsseEnvelope,
  documentHash,
  fromDsse,
  predicateType,
  recordHash,
  requestHash,
  type SignedKind,
  sealHash,
  toDsse,
  toInToto,
} from '../../src/seal/index.ts'
import { publicKeyOf, publicKeyToPem } from '../../src/sign/index.ts'
import { AT, changed, nonce, person, protectedRun, runtime, sealedRun, signAnyway } from './records.ts'

/** Verifies an envelope with sigstore's own library, which shares no code with this package. */
const verifiedBySigstore = (envelope: DsseEnvelope, did: string): boolean => {
  const bundle = bundleFromJSON({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: did }, tlogEntries: [], timestampVerificationData: undefined },
    dsseEnvelope: envelope,
  })
  const der = Buffer.from(publicKeyToPem(publicKeyOf(did)!).split('\n')[1]!, 'base64')
  const key = { rawBytes: der, keyDetails: 'PKIX_ED25519', validFor: { start: new Date(0) } }
  const root = { mediaType: '', tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] }
  const material = toTrustMaterial(root, { [did]: key as never })
  try {
    new Verifier(material, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 }).verify(
      toSignedEntity(bundle),
    )
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'SIGNATURE_ERROR' })
    return false
  }
}

const decoded = (envelope: DsseEnvelope): unknown =>
  JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'))

const signedThings = async (): Promise<[SignedKind, object][]> => [
  ['run', await sealedRun()],
  ['approval', await signAnyway('approval', protectedRun().approvals![0]!, person)],
  ['eval', await signAnyway('eval', { pass: true, score: 90, at: AT }, person)],
  ['statement', await signAnyway('statement', { kind: 'link', about: 'x', at: AT }, person)],
  ['head', await signAnyway('head', { run_id: 'run_1', nonce, seq: 3 }, person)],
]

describe('a DSSE envelope', () => {
  it('is verified by an independent library, of every kind, and is the same signature', async () => {
    for (const [kind, object] of await signedThings()) {
      const did = kind === 'run' ? runtime.did : person.did
      const envelope = toDsse(kind, object)
      expect(envelope.payloadType).toBe(`application/vnd.agent-run.${kind}.v1+json`)
      expect(verifiedBySigstore(envelope, did), kind).toBe(true)
      expect(verifiedBySigstore(envelope, kind === 'run' ? person.did : runtime.did), kind).toBe(false)
      const forged = Buffer.from(JSON.stringify({ ...(decoded(envelope) as object), x: 1 })).toString('base64')
      expect(verifiedBySigstore({ ...envelope, payload: forged }, did), kind).toBe(false)
      const retyped = { ...envelope, payloadType: 'application/vnd.agent-run.document.v1+json' }
      expect(verifiedBySigstore(retyped, did), kind).toBe(false)
    }
  })

  it('is opened again, with the signature in its place', async () => {
    for (const [kind, object] of await signedThings()) {
      const opened = fromDsse(toDsse(kind, object))
      expect(opened.kind).toBe(kind)
      expect(checkSignature(kind, opened.object)).toBe('pass')
      expect(sealHash(kind, opened.object)).toBe(sealHash(kind, object as never))
    }
    const sealed = await sealedRun()
    const { object } = fromDsse(toDsse('run', sealed))
    expect((object as unknown as AgentRun).provenance).toEqual(sealed.provenance)
  })

  it('shows nothing private', async () => {
    for (const [kind, object] of await signedThings())
      expect(JSON.stringify(decoded(toDsse(kind, object))), kind).not.toMatch(
        /please release|deploys to production|"salt"/,
      )
  })

  it('may use the URL-safe alphabet', async () => {
    const envelope = toDsse('run', await sealedRun())
    const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
    const { object } = fromDsse({
      ...envelope,
      payload: urlSafe(envelope.payload),
      signatures: [{ sig: urlSafe(envelope.signatures[0]!.sig) }],
    })
    expect(checkSignature('run', object)).toBe('pass')
  })

  it('is refused where it is not what a seal is', async () => {
    const envelope = toDsse('run', await sealedRun())
    const [signature] = envelope.signatures
    const payload = (text: string): Partial<DsseEnvelope> => ({ payload: Buffer.from(text).toString('base64') })
    const text = Buffer.from(envelope.payload, 'base64').toString()
    const codeOf = (change: Partial<DsseEnvelope>): string => {
      try {
        fromDsse({ ...envelope, ...change })
        return 'none'
      } catch (error) {
        return error instanceof AgentRunError ? error.code : String(error)
      }
    }
    expect(codeOf({})).toBe('none')
    expect(codeOf({ payloadType: 'application/vnd.in-toto+json' })).toBe('dsse.type')
    expect(codeOf({ signatures: [] })).toBe('dsse.signature')
    expect(codeOf({ signatures: [signature!, signature!] })).toBe('dsse.signature')
    expect(codeOf({ signatures: [{ sig: 'AAAA' }] })).toBe('dsse.signature')
    for (const wrong of [null, undefined, 'x', 7, [7], [null], [{}], [{ sig: 7 }], {}])
      expect(codeOf({ signatures: wrong as never })).toBe('dsse.signature')
    for (const wrong of [null, undefined, 7, {}]) {
      expect(codeOf({ payload: wrong as never })).toBe('dsse.payload')
      expect(codeOf({ payloadType: wrong as never })).toBe('dsse.type')
      expect(() => fromDsse(wrong as never)).toThrow(expect.objectContaining({ code: 'dsse.type' }))
    }
    expect(codeOf({ payload: '%' })).toBe('dsse.payload')
    expect(codeOf(payload('[]'))).toBe('dsse.payload')
    expect(codeOf(payload('{"id":"a","id":"b"}'))).toBe('dsse.payload')
    expect(codeOf(payload('{}'))).toBe('dsse.payload')
    expect(codeOf(payload(` ${text}`))).toBe('dsse.payload')
    expect(codeOf(payload(text.replace(/}$/, ',"steps":[]}')))).toBe('dsse.payload')
    expect(() => toDsse('run', protectedRun())).toThrow(expect.objectContaining({ code: 'dsse.unsigned' }))
  })
})

describe('an in-toto statement', () => {
  it('has the published shape, is signed anew and names the record by its SHA-256', async () => {
    const sealed = await sealedRun()
    const envelope = await toInToto(sealed, person)
    expect(envelope.payloadType).toBe('application/vnd.in-toto+json')
    const statement = decoded(envelope) as Record<string, unknown>
    expect(Object.keys(statement).sort()).toEqual(['_type', 'predicate', 'predicateType', 'subject'])
    expect(statement._type).toBe('https://in-toto.io/Statement/v1')
    expect(statement.predicateType).toBe(predicateType)
    expect(statement.subject).toEqual([
      { name: 'run_1', digest: { sha256: sealed.provenance.record_hash!.slice('sha256:'.length) } },
    ])
    expect(recordHash(statement.predicate as AgentRun)).toBe(sealed.provenance.record_hash)
    expect(checkSignature('run', statement.predicate as object)).toBe('pass')
    expect(verifiedBySigstore(envelope, person.did)).toBe(true)
    expect(verifiedBySigstore(envelope, runtime.did)).toBe(false)
    expect(envelope.signatures[0]!.sig).not.toBe(toDsse('run', sealed).signatures[0]!.sig)
  })

  it('is not made of a record that is not sealed or was changed', async () => {
    await expect(toInToto(protectedRun(), person)).rejects.toMatchObject({ code: 'seal.mismatch' })
    const forged = { ...(await sealedRun()), status: 'failed' as const }
    await expect(toInToto(forged, person)).rejects.toMatchObject({ code: 'seal.mismatch' })
  })
})

describe('named hashes', () => {
  it('action_hash takes absent members as null and changes with every one of them', () => {
    const bare = { run_id: 'r', step_id: 's' }
    const nulls = { nonce: null, tool_name: null, mcp_server: null, tool_hash: null, arguments_hash: null }
    expect(actionHash(bare)).toBe(hash('action', { ...bare, ...nulls }))
    expect(actionHash({ ...bare, tool_name: undefined })).toBe(actionHash(bare))
    const variants = ['run_id', 'step_id', ...Object.keys(nulls)].map((member) =>
      actionHash({ ...bare, [member]: 'x' }),
    )
    expect(new Set([actionHash(bare), ...variants]).size).toBe(8)
    expect(actionHash({ ...bare, extra: 1 } as never)).toBe(actionHash(bare))
  })

  it('request_hash is that of the public form without the signature', async () => {
    const event = protectedRun().approvals![0]!
    const { reason: _, salt: __, ...form } = event
    expect(requestHash(event)).toBe(hash('approval', form))
    expect(requestHash({ ...event, signature: 'x' })).toBe(hash('approval', form))
  })

  it('document_hash leaves out eval and what is private, and covers steps and signature', async () => {
    const sealed = await sealedRun()
    const own = documentHash(sealed)
    expect(documentHash({ ...sealed, eval: { pass: true, score: 1 } })).toBe(own)
    expect(documentHash(changed(sealed, (run) => run.steps.pop()))).not.toBe(own)
    expect(documentHash(changed(sealed, (run) => delete run.provenance.signature))).not.toBe(own)
    expect(documentHash(changed(sealed, (run) => delete run.intent))).toBe(own)
  })
})
