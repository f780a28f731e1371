import {
  AgentRunError,
  createSigner,
  generateSeed,
  keysOfJwk,
  type Signer,
  seedOfPem,
  seedToJwk,
  seedToPem,
} from '@agent-run/core'
import { decryptPem, encryptPem } from './encrypted-pem.ts'
import { findPassphrase, normalPassphrase, type PassphraseSource } from './passphrase.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'

/**
 * How a key is kept: `encrypted_pem`, PKCS#8 under a passphrase; `pem`, PKCS#8 in the open; `jwk`, a JSON Web Key in the
 * open (RFC 8037).
 */
export type KeyFormat = 'encrypted_pem' | 'pem' | 'jwk'

/** Options of {@link createKeyFile}. */
export interface CreateKeyOptions extends PassphraseSource {
  /** `encrypted_pem` unless said otherwise. */
  readonly format?: KeyFormat
  /** The private key (32 bytes); fresh random bytes unless given. */
  readonly seed?: Uint8Array
}

/**
 * Writes a new key into a new file that only its owner may read (mode 0600).
 * @returns the public side: the did:key to put into trust files
 * @throws AgentRunError `key.exists`, `key.unwritable`, `key.passphrase_missing`
 */
export async function createKeyFile(path: string, options: CreateKeyOptions = {}): Promise<{ did: string }> {
  const { format = 'encrypted_pem', seed = generateSeed() } = options
  const { did } = createSigner(seed)
  if (format === 'jwk') writePrivateFile(path, `${JSON.stringify(seedToJwk(seed))}\n`)
  else if (format === 'pem') writePrivateFile(path, seedToPem(seed))
  else {
    const passphrase = await findPassphrase(options)
    if (passphrase === undefined)
      throw new AgentRunError(
        'key.passphrase_missing',
        'an encrypted key needs a passphrase; expected one, or another format',
      )
    writePrivateFile(path, encryptPem(pkcs8Of(seed), normalPassphrase(passphrase)))
  }
  return { did }
}

/**
 * The signer of a key file: what kind of file it is is seen from its content. The key itself stays inside the signer.
 * @throws AgentRunError `key.unreadable`, `key.permissions` if others may read the file, `key.passphrase_missing`,
 * `key.passphrase_wrong`, `key.invalid` if it holds no Ed25519 private key. No message quotes the file.
 */
export async function loadSigner(path: string, source: PassphraseSource = {}): Promise<Signer> {
  const text = readPrivateFile(path)
  const seed = text.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')
    ? await decrypt(path, text, source)
    : (seedOfPem(text) ?? seedOfJwk(text))
  if (seed === undefined)
    throw new AgentRunError('key.invalid', `${path} holds no Ed25519 private key; expected PKCS#8 PEM or a JWK`)
  const signer = createSigner(seed)
  seed.fill(0)
  return signer
}

async function decrypt(path: string, pem: string, source: PassphraseSource): Promise<Uint8Array> {
  const passphrase = await findPassphrase(source)
  if (passphrase === undefined)
    throw new AgentRunError('key.passphrase_missing', `${path} is encrypted; expected a passphrase`)
  // Other programs encrypt with the bytes as they were typed.
  const seed = decryptPem(pem, normalPassphrase(passphrase)) ?? decryptPem(pem, passphrase)
  if (seed === undefined)
    throw new AgentRunError(
      'key.passphrase_wrong',
      `${path} cannot be decrypted to an Ed25519 key with this passphrase`,
    )
  return seed
}

const pkcs8Of = (seed: Uint8Array): Uint8Array => {
  const base64 = seedToPem(seed).split('\n').slice(1, -2).join('')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

const seedOfJwk = (text: string): Uint8Array | undefined => {
  try {
    return keysOfJwk(JSON.parse(text))?.seed
  } catch {
    return undefined
  }
}
