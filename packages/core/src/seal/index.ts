export { type Batch, type BatchVerdict, sealBatch, verifyBatchProof } from './batch.ts'
export { type Bundle, type BundleContent, readBundle, sortOfLine, writeBundle } from './bundle.ts'
export { checkSignature, type SignatureState } from './check-signature.ts'
export { type DsseEnvelope, fromDsse, type Opened, toDsse } from './dsse.ts'
export { type Erased, type Erasure, erase } from './erase.ts'
export { predicateType, toInToto } from './in-toto.ts'
export { type Action, actionHash, documentHash, requestHash } from './named-hashes.ts'
export {
  type PrivatePlace,
  type PrivateState,
  privateState,
  privateStates,
} from './private-objects.ts'
export { protect, protectObject } from './protect.ts'
export type { RandomBytes } from './random-hex.ts'
export { type SealOptions, sealRun } from './seal-run.ts'
export { isSealed, missingFromSeal, openStatuses } from './sealed.ts'
export { isDecision, type SignedObjectKind, signedDecisionMembers, signObject } from './sign-object.ts'
export { recordHash, type SignedKind, sealedPayload, sealHash, signedBytes } from './signed-bytes.ts'
export { type BatchEvidence, proveStep, type StepProofVerdict, verifyStepProof } from './step-proof.ts'
export { type StepsRoot, stepsRoot } from './steps-root.ts'
