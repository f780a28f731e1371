import type { AgentRun, BatchProof, EvalResult, Statement, Trust, Verdict } from '@agent-run/types'
import type { Journal } from '../journal/index.ts'

/** How much a verdict may rest on: see `spec/levels.md`. */
export type Level = Verdict['level']

/** What a verifier is given beside the record. All of it is looked at, none of it is believed without a comparison. */
export interface VerifyOptions {
  /** Whose keys are whose: the caller's trust file, read by `parseTrust`. The only source of trust (AR-TRUST-001). */
  readonly trust?: Trust
  /** The journal of the run: as `readJournal` gives it, or its bytes. */
  readonly journal?: Journal | Uint8Array | string
  /** Records of parents and children, for the check `lineage`. */
  readonly related?: readonly AgentRun[]
  /** Statements about the record, its keys or its batch. */
  readonly statements?: readonly Statement[]
  /** Evals that came later. */
  readonly evals?: readonly EvalResult[]
  /** Proofs that a batch statement covers the record. */
  readonly proofs?: readonly BatchProof[]
  /**
   * Level that must be reached for `ok`; default `sealed`, so that a stripped seal is never green (AR-VERD-006). With `none`
   * only a check that fails is not ok.
   */
  readonly level?: Level
  /** The present time, RFC 3339; default the clock. */
  readonly now?: string | (() => string)
}
