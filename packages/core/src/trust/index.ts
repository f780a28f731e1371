export { type ApprovedRun, isApprover, mayApprove } from './approver.ts'
export { fits } from './glob.ts'
export {
  createKeyStates,
  type KeyRevocation,
  type KeyState,
  type KeyStates,
  keyEntries,
} from './key-states.ts'
export { type ParsedTrust, parseTrust } from './parse-trust.ts'
export { restrictionOf } from './restriction.ts'
