import { type Signer, signObject } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'

/** Whether a record holds an evaluation that nobody has signed. */
export const hasUnsignedEval = ({ eval: judgement }: AgentRun): boolean =>
  judgement !== undefined && judgement !== null && (judgement.signature ?? undefined) === undefined

/**
 * A sealed record whose evaluation names it and is signed (AR-EVAL-011, AR-EVAL-012). A seal does not cover the evaluation,
 * so nothing else changes.
 * @param at when, RFC 3339, where the evaluation does not say
 * @throws AgentRunError `seal.other_key` if the evaluation names another key, `seal.invalid` for what would never verify
 */
export const signEval = async (run: AgentRun, signer: Signer, at: string): Promise<AgentRun> => {
  const { eval: judgement, provenance, id } = run
  const named = { at, ...judgement, run_id: id, record_hash: provenance.record_hash }
  return { ...run, eval: await signObject('eval', named, signer) } as AgentRun
}
