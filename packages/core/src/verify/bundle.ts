import type { Verdict } from '@agent-run/types'
import type { Finding } from '../finding.ts'
import { readBundle } from '../seal/index.ts'
import type { VerifyOptions } from './options.ts'
import { createVerifier } from './verify.ts'

/** What came of a bundle. */
export interface BundleVerdicts {
  /** One for each record, in their order. */
  readonly verdicts: readonly Verdict[]
  /** Lines that are nothing a bundle can hold; `position` names the line. They were left out (AR-SEAL-019). */
  readonly findings: readonly Finding[]
}

/**
 * Verifies the records of a bundle, each with the statements, evals and batch proofs that stand in it, beside those of the options.
 * The bundle is held in memory; a stream of many records is verified line by line with `createVerifier`.
 */
export const verifyBundle = (bytes: Uint8Array, options: VerifyOptions = {}): BundleVerdicts => {
  const { statements, evals, proofs, recordLines, findings } = readBundle(bytes)
  const verifier = createVerifier({
    ...options,
    statements: [...(options.statements ?? []), ...statements],
    evals: [...(options.evals ?? []), ...evals],
    proofs: [...(options.proofs ?? []), ...proofs],
  })
  return { verdicts: recordLines.map((line) => verifier(line)), findings }
}
