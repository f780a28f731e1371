import type { TrustedKey } from '@agent-run/types'
import { parseInstant } from '../semantics/instant.ts'
import type { KeyRevocation, KeyStates } from '../trust/index.ts'
import type { Evidence } from './evidence.ts'

/**
 * The revocations of a key that statements make: those of the key itself, and of a trusted key of the same identity
 * (`spec/trust.md`, statements about keys).
 * @param fromFile what the keys are worth by the trust file alone
 */
export const statedRevocations =
  (fromFile: KeyStates, evidence: Evidence) =>
  ({ key, identity }: TrustedKey): readonly KeyRevocation[] =>
    evidence
      .about(key)
      .filter(({ kind, signed_by }) => {
        if (kind !== 'revocation') return false
        const isColleague = (): boolean =>
          fromFile.entryOf(signed_by)?.identity === identity && fromFile.stateOf(signed_by) === 'trusted'
        return signed_by === key || isColleague()
      })
      .filter((statement) => evidence.isSigned(statement))
      .map(({ at, body }) => ({
        at: typeof body?.at === 'string' && parseInstant(body.at) !== undefined ? body.at : at,
        reason: String(body?.reason),
      }))
