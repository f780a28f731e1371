import { describe, expect, it } from 'vitest'
import { checkSignature, type SignedObjectKind, signedBytes } from '../../src/seal/index.ts'
import { engine as node } from '../../src/sign/ed25519-node.ts'
import { engine as portable } from '../../src/sign/ed25519-portable.ts'
import { decodeSignature, didKeyOf, publicKeyOf, verifyEd25519 } from '../../src/sign/index.ts'
import { isStrictForm } from '../../src/sign/strict-form.ts'
import { bytesOf, counted, vectorFiles, vectors } from '../vectors.ts'

const each = <T>(file: string): readonly (T & { readonly name: string })[] => vectors('sign', file)
const hexOf = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : Buffer.from(bytes).toString('hex')

it('has the vectors that the manifest promises', () => {
  expect(counted('sign')).toEqual(vectorFiles('sign').manifest)
})

describe.each([
  ['node', node],
  ['portable', portable],
] as const)('the %s engine', (_, engine) => {
  type Signing = {
    seed_hex: string
    message_hex: string
    expect: { public_key_hex: string; did: string; signature_hex: string }
  }
  it.each(each<Signing>('sign.json'))('signs: $name', ({ seed_hex, message_hex, expect: expected }) => {
    const seed = bytesOf(seed_hex)
    expect(hexOf(engine.publicKey(seed))).toBe(expected.public_key_hex)
    expect(didKeyOf(engine.publicKey(seed))).toBe(expected.did)
    expect(hexOf(engine.sign(seed, bytesOf(message_hex)))).toBe(expected.signature_hex)
  })

  type Verifying = { key_hex: string; message_hex: string; signature_hex: string; expect: boolean }
  it.each(each<Verifying>('verify.json'))('verifies: $name', ({ expect: expected, ...given }) => {
    const [key, message, signature] = [given.key_hex, given.message_hex, given.signature_hex].map(bytesOf)
    expect(isStrictForm(key!, signature!) && engine.verify(key!, message!, signature!)).toBe(expected)
    expect(verifyEd25519(key!, message!, signature!)).toBe(expected)
  })
})

describe('publicKeyOf', () => {
  it.each(each<{ did: string; expect: string | null }>('did-key.json'))('$name', ({ did, expect: expected }) => {
    expect(hexOf(publicKeyOf(did))).toBe(expected)
  })
})

describe('decodeSignature', () => {
  type Spelling = { text: string; expect: string | null }
  it.each(each<Spelling>('signature-text.json'))('$name', ({ text, expect: expected }) => {
    expect(hexOf(decodeSignature(text))).toBe(expected)
  })
})

describe('checkSignature', () => {
  type Signed = { kind: SignedObjectKind; object: object; signed_bytes_hex: string; expect: boolean }
  it.each(each<Signed>('object.json'))('$name', ({ kind, object, signed_bytes_hex, expect: expected }) => {
    expect(hexOf(signedBytes(kind, object))).toBe(signed_bytes_hex)
    expect(checkSignature(kind, object) === 'pass').toBe(expected)
  })
})
