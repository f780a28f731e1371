import { createCipheriv, createPrivateKey, pbkdf2Sync, randomFillSync } from 'node:crypto'

// What OpenSSL does by default, 2,048 rounds, is guessed through in no time.
const ROUNDS = 600_000

/**
 * PEM of an Ed25519 seed under a passphrase: PKCS#8 EncryptedPrivateKeyInfo with PBES2, PBKDF2-HMAC-SHA256 of 600,000
 * rounds and AES-256-CBC (RFC 5958, RFC 8018), which OpenSSL and everything built on it reads.
 *
 * @param pkcs8 the key as PKCS#8 DER (RFC 8410)
 */
export function encryptPem(pkcs8: Uint8Array, passphrase: string): string {
  const salt = randomFillSync(new Uint8Array(16))
  const iv = randomFillSync(new Uint8Array(16))
  const key = pbkdf2Sync(passphrase, salt, ROUNDS, 32, 'sha256')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = [...cipher.update(pkcs8), ...cipher.final()]
  key.fill(0)
  const derivation = sequence(PBKDF2, sequence(octets([...salt]), integer(ROUNDS), sequence(HMAC_SHA256, [0x05, 0x00])))
  const scheme = sequence(PBES2, sequence(derivation, sequence(AES_256_CBC, octets([...iv]))))
  const base64 = btoa(String.fromCharCode(...sequence(scheme, octets(encrypted))))
  const lines = base64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN ENCRYPTED PRIVATE KEY-----', ...lines, '-----END ENCRYPTED PRIVATE KEY-----', ''].join('\n')
}

/** The seed (32 bytes) in an encrypted PEM; `undefined` if the passphrase is wrong or the key is not Ed25519. */
export function decryptPem(pem: string, passphrase: string): Uint8Array | undefined {
  try {
    const key = createPrivateKey({ key: pem, format: 'pem', passphrase })
    if (key.asymmetricKeyType !== 'ed25519') return undefined
    const pkcs8 = key.export({ format: 'der', type: 'pkcs8' })
    const seed = Uint8Array.from(pkcs8.subarray(-32))
    pkcs8.fill(0)
    return seed
  } catch {
    // What OpenSSL says about it may quote the file.
    return undefined
  }
}

type Der = readonly number[]

// Object identifiers of RFC 8018 (1.2.840.113549.1.5.13, 1.2.840.113549.1.5.12, 1.2.840.113549.2.9) and of NIST
// (2.16.840.1.101.3.4.1.42).
const PBES2: Der = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d]
const PBKDF2: Der = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c]
const HMAC_SHA256: Der = [0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09]
const AES_256_CBC: Der = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a]

const element = (tag: number, content: Der): Der => {
  const size = content.length
  const length = size < 0x80 ? [size] : [0x81, size]
  return [tag, ...length, ...content]
}
const sequence = (...parts: readonly Der[]): Der => element(0x30, parts.flat())
const octets = (bytes: Der): Der => element(0x04, bytes)
const integer = (value: number): Der => element(0x02, [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff])
