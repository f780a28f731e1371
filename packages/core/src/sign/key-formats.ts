import { engine } from '#ed25519'
import { decodeBase64, encodeBase64 } from './base64.ts'

// DER around the 32 bytes: RFC 8410 sections 4 and 7.
const SPKI = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00)
const PKCS8 = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x70,
  0x04,
  0x22,
  0x04,
  0x20,
)

/** An Ed25519 key as JSON Web Key (RFC 8037): `x` is the public key, `d` the seed, both base64url without padding. */
export interface Ed25519Jwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly d?: string
}

const toBase64Url = (bytes: Uint8Array): string =>
  encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const fromBase64Url = (text: unknown): Uint8Array | undefined => {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(text)) return undefined
  const bytes = decodeBase64(`${text.replaceAll('-', '+').replaceAll('_', '/')}=`)
  return bytes?.length === 32 ? bytes : undefined
}

/** JWK of a public key. */
export const publicKeyToJwk = (publicKey: Uint8Array): Ed25519Jwk => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: toBase64Url(publicKey),
})

/** JWK of a seed, private part included. */
export const seedToJwk = (seed: Uint8Array): Ed25519Jwk => ({
  ...publicKeyToJwk(engine.publicKey(seed)),
  d: toBase64Url(seed),
})

/** The keys of a JWK; `undefined` if it is not Ed25519 or its two halves do not belong together. */
export const keysOfJwk = (jwk: unknown): { publicKey: Uint8Array; seed?: Uint8Array } | undefined => {
  if (typeof jwk !== 'object' || jwk === null) return undefined
  const { kty, crv, x, d } = jwk as Partial<Record<keyof Ed25519Jwk, unknown>>
  const publicKey = fromBase64Url(x)
  if (kty !== 'OKP' || crv !== 'Ed25519' || publicKey === undefined) return undefined
  if (d === undefined) return { publicKey }
  const seed = fromBase64Url(d)
  if (seed === undefined || toBase64Url(engine.publicKey(seed)) !== x) return undefined
  return { publicKey, seed }
}

const toPem = (label: string, der: readonly number[]): string =>
  `-----BEGIN ${label}-----\n${encodeBase64(Uint8Array.from(der))}\n-----END ${label}-----\n`

const fromPem = (pem: string, label: string, prefix: Uint8Array): Uint8Array | undefined => {
  const body = new RegExp(`^-----BEGIN ${label}-----\\s+([A-Za-z0-9+/=\\s]+?)\\s+-----END ${label}-----\\s*$`).exec(
    pem,
  )?.[1]
  const der = body === undefined ? undefined : decodeBase64(body.replaceAll(/\s/g, ''))
  if (der?.length !== prefix.length + 32 || !prefix.every((byte, i) => byte === der[i])) return undefined
  return der.slice(prefix.length)
}

/** PEM of a public key: SubjectPublicKeyInfo (RFC 8410). */
export const publicKeyToPem = (publicKey: Uint8Array): string => toPem('PUBLIC KEY', [...SPKI, ...publicKey])

/** PEM of a seed: PKCS#8 without a passphrase (RFC 8410). */
export const seedToPem = (seed: Uint8Array): string => toPem('PRIVATE KEY', [...PKCS8, ...seed])

/** The public key in a PEM text; `undefined` if it holds no Ed25519 public key. */
export const publicKeyOfPem = (pem: string): Uint8Array | undefined => fromPem(pem, 'PUBLIC KEY', SPKI)

/** The seed in a PEM text without a passphrase; `undefined` if it holds no Ed25519 private key. */
export const seedOfPem = (pem: string): Uint8Array | undefined => fromPem(pem, 'PRIVATE KEY', PKCS8)
