export { decodeBase64, decodeSignature, encodeBase64 } from './base64.ts'
export { didKeyOf, publicKeyOf } from './did-key.ts'
export {
  type Ed25519Jwk,
  keysOfJwk,
  publicKeyOfPem,
  publicKeyToJwk,
  publicKeyToPem,
  seedOfPem,
  seedToJwk,
  seedToPem,
} from './key-formats.ts'
export { createSigner, generateSeed, type Signer } from './signer.ts'
export { verifyEd25519, verifyWithDid } from './verify.ts'
