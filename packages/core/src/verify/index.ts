export { type BundleVerdicts, verifyBundle } from './bundle.ts'
export type { Level, VerifyOptions } from './options.ts'
export { type CheckName, checkNames } from './outcome.ts'
export { createVerifier, type OwnEvidence, type Verifier, verify } from './verify.ts'
