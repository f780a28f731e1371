export type { AskedApproval, Desk } from './desk.ts'
export { type LedgerEntry, ledgerText } from './ledger.ts'
export { type OfferedTools, offerTools } from './offer-tools.ts'
export { createScenarioTools, type ScenarioTools } from './scenario-tools.ts'
