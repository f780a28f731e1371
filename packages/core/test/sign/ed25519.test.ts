import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { engine as node } from '../../src/sign/ed25519-node.ts'
import { engine as portable } from '../../src/sign/ed25519-portable.ts'
import {
  createSigner,
  decodeSignature,
  didKeyOf,
  encodeBase64,
  generateSeed,
  keysOfJwk,
  publicKeyOf,
  publicKeyOfPem,
  publicKeyToJwk,
  publicKeyToPem,
  seedOfPem,
  seedToJwk,
  seedToPem,
  verifyEd25519,
  verifyWithDid,
} from '../../src/sign/index.ts'
import { isStrictForm } from '../../src/sign/strict-form.ts'

const engines = { node, portable }
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const shared = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../../../../shared/vectors/${name}`, import.meta.url)), 'utf8'))

describe.skipIf(!tool('shared'))('the foreign vectors', () => {
  const strictly = (engine: typeof node, key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
    isStrictForm(key, signature) && engine.verify(key, message, signature)

  it('of CCTV: exactly 43 of 914 are accepted, the same by both engines', () => {
    const all = shared('cctv-ed25519vectors.json') as { number: number; key: string; sig: string; msg: string }[]
    expect(all.length).toBe(914)
    const accepted = Object.values(engines).map((engine) =>
      all
        .filter(({ key, sig, msg }) => strictly(engine, bytes(key), text(msg), bytes(sig)))
        .map(({ number }) => number),
    )
    expect(accepted[0]).toHaveLength(43)
    expect(accepted[1]).toEqual(accepted[0])
  })

  it('of Wycheproof: all are judged as they say, by both engines', () => {
    const { testGroups } = shared('wycheproof-ed25519_test.json') as {
      testGroups: { publicKey: { pk: string }; tests: { tcId: number; msg: string; sig: string; result: string }[] }[]
    }
    let count = 0
    for (const { publicKey, tests } of testGroups) {
      for (const { tcId, msg, sig, result } of tests) {
        count++
        for (const [name, engine] of Object.entries(engines))
          expect(strictly(engine, bytes(publicKey.pk), bytes(msg), bytes(sig)), `${tcId} ${name}`).toBe(
            result === 'valid',
          )
      }
    }
    expect(count).toBe(151)
  })
})

describe('signing', () => {
  // RFC 8032 section 7.1, test 2.
  const seed = bytes('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
  const publicKey = bytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
  const signature = bytes(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  )

  it('is that of RFC 8032, by both engines', () => {
    for (const engine of Object.values(engines)) {
      expect(engine.publicKey(seed)).toEqual(publicKey)
      expect(engine.sign(seed, Uint8Array.of(0x72))).toEqual(signature)
    }
    expect(verifyEd25519(publicKey, Uint8Array.of(0x72), signature)).toBe(true)
  })

  it('is undone by any changed bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 511 }), (bit) => {
        const changed = Uint8Array.from(signature)
        changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7))
        expect(verifyEd25519(publicKey, Uint8Array.of(0x72), changed)).toBe(false)
      }),
    )
  })

  it('and verifying agree for fresh keys and any message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (message) => {
        const signer = createSigner(generateSeed())
        const signed = encodeBase64(await signer.sign(message))
        expect(verifyWithDid(signer.did, message, signed)).toBe(true)
        expect(verifyWithDid(signer.did, Uint8Array.of(...message, 0), signed)).toBe(false)
        expect(verifyWithDid(createSigner(generateSeed()).did, message, signed)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  it('takes seeds of 32 bytes only', () => {
    expect(() => createSigner(new Uint8Array(31))).toThrow(RangeError)
    expect(() => didKeyOf(new Uint8Array(33))).toThrow(RangeError)
  })

  it('refuses wrong lengths without throwing', () => {
    for (const length of [0, 31, 33])
      expect(verifyEd25519(new Uint8Array(length), Uint8Array.of(0x72), signature)).toBe(false)
    for (const length of [0, 63, 65])
      expect(verifyEd25519(publicKey, Uint8Array.of(0x72), new Uint8Array(length))).toBe(false)
  })
})

describe('the spelling of a signature', () => {
  const right = encodeBase64(Uint8Array.from({ length: 64 }, (_, i) => i))

  it('is one: 88 characters of base64', () => {
    expect(right).toHaveLength(88)
    expect(decodeSignature(right)).toEqual(Uint8Array.from({ length: 64 }, (_, i) => i))
  })

  it.each([
    ['without padding', (s: string) => s.slice(0, 86)],
    ['with one sign of padding', (s: string) => s.slice(0, 87)],
    ['with stray bits at the end', (s: string) => `${s.slice(0, 85)}x==`],
    ['with white space', (s: string) => `${s.slice(0, 40)}\n${s.slice(40)}`],
    ['with a space at the end', (s: string) => `${s} `],
    ['in base64url', () => encodeBase64(new Uint8Array(64).fill(0xff)).replaceAll('/', '_')],
    ['in hexadecimal', () => '00'.repeat(44)],
  ])('is refused %s', (_, change) => {
    expect(decodeSignature(change(right))).toBeUndefined()
  })
})

describe('keys', () => {
  it('have one did:key, that of the did:key specification', () => {
    const did = 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'
    const key = publicKeyOf(did)
    expect(key && Buffer.from(key).toString('hex')).toBe(
      '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29',
    )
    expect(didKeyOf(key!)).toBe(did)
    expect(engineKeyOfZeros()).toBe(did)
  })

  const engineKeyOfZeros = (): string => didKeyOf(node.publicKey(new Uint8Array(32)))

  it.each([
    '',
    'did:key:',
    'did:key:z',
    'did:web:example.org',
    'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc',
    'did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp',
    'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0',
    `did:key:z${'1'.repeat(100_000)}`,
  ])('are not found in %.60s', (did) => {
    expect(publicKeyOf(did)).toBeUndefined()
  })

  it('pass to node:crypto and back as PEM and JWK', () => {
    for (let i = 0; i < 5; i++) {
      const seed = generateSeed()
      const publicKey = node.publicKey(seed)
      const theirs = createPrivateKey(seedToPem(seed))
      expect(theirs.asymmetricKeyType).toBe('ed25519')
      const message = text('a message')
      expect(verifyEd25519(publicKey, message, new Uint8Array(sign(null, message, theirs)))).toBe(true)
      expect(verify(null, message, createPublicKey(publicKeyToPem(publicKey)), node.sign(seed, message))).toBe(true)
      expect(createPublicKey({ key: { ...publicKeyToJwk(publicKey) }, format: 'jwk' }).asymmetricKeyType).toBe(
        'ed25519',
      )
      const pair = { publicKey, seed }
      expect(keysOfJwk(seedToJwk(seed))).toEqual(pair)
      expect(keysOfJwk(theirs.export({ format: 'jwk' }))).toEqual(pair)
      expect(seedOfPem(theirs.export({ format: 'pem', type: 'pkcs8' }) as string)).toEqual(seed)
      expect(publicKeyOfPem(createPublicKey(theirs).export({ format: 'pem', type: 'spki' }) as string)).toEqual(
        publicKey,
      )
    }
  })

  it('of another kind are refused', () => {
    const other = generateKeyPairSync('x25519')
    expect(publicKeyOfPem(other.publicKey.export({ format: 'pem', type: 'spki' }) as string)).toBeUndefined()
    expect(seedOfPem(other.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)).toBeUndefined()
    expect(keysOfJwk(other.publicKey.export({ format: 'jwk' }))).toBeUndefined()
    const jwk = seedToJwk(generateSeed())
    expect(keysOfJwk({ ...jwk, x: seedToJwk(generateSeed()).x })).toBeUndefined()
    for (const junk of [null, 'x', {}, { ...jwk, d: 7 }, { ...jwk, x: `${jwk.x}=` }])
      expect(keysOfJwk(junk)).toBeUndefined()
  })
})
