import { canonicalize } from '../../canonical/index.ts'
import { type RunInputs, runHash } from '../../hash/index.ts'
import { sha256Hex } from '../../hash/sha256.ts'
import { isGiven, type JsonObject, listOf, textOf } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'

const path = '/provenance/run_hash'

/** The fingerprint of the configuration, recomputed (AR-BYTES-011). */
export const checkRunHash = ({ run, provenance }: VerifyContext): Outcome => {
  const found = textOf(provenance, 'run_hash') ?? ''
  if (!/^[0-9a-f]{64}$/.test(found))
    return unknown({
      code: 'run_hash.form',
      path,
      detail: 'it is no SHA-256 in hexadecimal, so there is nothing to recompute',
    })
  const expected = runHash(run as unknown as RunInputs)
  if (found === expected) return pass('recomputed', 1)
  if (!isGiven(run, 'spec_version') && !isGiven(provenance, 'record_hash') && found === legacyRunHash(run, provenance))
    return unknown({ code: 'run_hash.legacy', path, detail: 'it is the one of 0.1, which proves nothing' }, 1)
  return fail({ code: 'run_hash.mismatch', path, detail: 'it is not the one of this configuration', expected, found })
}

/** The formula of 0.1: five parts joined by `|`, of which any may hold one. */
const legacyRunHash = (run: JsonObject, provenance: JsonObject): string => {
  const tools = [...listOf(run, 'tools_available')].sort((a, b) => (String(a) < String(b) ? -1 : 1))
  const parts = [run.agent_id, run.model, canonicalize(tools), provenance.config_hash, run.trigger]
  return sha256Hex(parts.map((part) => part ?? '').join('|'))
}
