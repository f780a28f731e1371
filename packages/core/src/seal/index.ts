export { recordHash, type SignedKind, sealedPayload, sealHash, signedBytes } from './signed-bytes.ts'
