import { textOf } from '../../semantics/object.ts'
import { restrictionOf } from '../../trust/index.ts'
import type { VerifyContext } from '../context.ts'
import { absent, fail, type Outcome, pass, skipped, unknown } from '../outcome.ts'

const path = '/provenance/signed_by'

/** May that key sign for this agent? (AR-TRUST-002 to AR-TRUST-007) */
export const checkSigner = (context: VerifyContext): Outcome => {
  const { run, provenance, keys, options, evidence, now } = context
  const { result } = context.previous.get('signature') ?? {}
  if (result === 'fail') return skipped('the signature is wrong')
  if (result !== 'pass') return absent('nothing is signed')
  const key = textOf(provenance, 'signed_by') ?? ''
  if (options.trust === undefined)
    return unknown({ code: 'signer.no_trust_file', path, detail: `${key}: no trust file says whose key it is` })
  const entry = keys.entryOf(key)
  if (entry === undefined) {
    const old = predecessorOf(key, context)
    const hint = old === undefined ? '' : `; ${old} says that it follows its own key`
    return unknown({ code: 'signer.untrusted_key', path, detail: `${key}: not in the trust file${hint}` })
  }
  const { identity, roles, agents, workspaces, valid_from } = entry
  const wrong = (code: string, at: string, expected: string, found: string): Outcome =>
    fail({ code, path: at, detail: `${identity} may not sign this record`, expected, found })
  if (!roles.includes('runtime') && !roles.includes('recorder'))
    return wrong('signer.role', path, 'the role runtime or recorder', roles.join(', '))
  const names = (patterns: readonly string[] | undefined): string => patterns?.join(', ') || 'nothing at all'
  const restriction = restrictionOf(entry, run)
  if (restriction === 'agent')
    return wrong('signer.agent', '/agent_id', names(agents), textOf(run, 'agent_id') ?? 'none')
  if (restriction === 'workspace')
    return wrong('signer.workspace', '/workspace_id', names(workspaces), textOf(run, 'workspace_id') ?? 'none')
  const { vouched } = context
  switch (keys.stateOf(key, vouched?.at)) {
    case 'revoked':
      return wrong('signer.revoked', path, 'a key that is not compromised, or a vouched time before it was', identity)
    case 'time_unproven':
      return unknown({
        code: 'signer.time_unproven',
        path,
        detail: `the key of ${identity} does not count ${vouched ? `at the vouched time ${vouched.at}` : `now, ${now}`}, and nobody it trusts says that the record is older`,
      })
    default: {
      const since = valid_from === undefined ? '' : `, valid since ${valid_from}`
      const statements = evidence.about(key).length === 0 ? '' : ', statements about the key looked at'
      return pass(`${identity} (${roles.join(', ')})${since}${statements}`, 1)
    }
  }
}

/** Identity whose trusted key says that this one follows it: a hint for a person, no trust. */
const predecessorOf = (key: string, { options, evidence }: VerifyContext): string | undefined =>
  options.trust?.keys.find(({ key: old }) =>
    evidence
      .about(old)
      .some(
        (statement) =>
          statement.kind === 'rotation' &&
          statement.body?.new_key === key &&
          statement.signed_by === old &&
          evidence.isSigned(statement),
      ),
  )?.identity
