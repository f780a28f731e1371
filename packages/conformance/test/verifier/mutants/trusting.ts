import { type Mutant, mutantsOf } from './mutant.ts'

/** Verifiers that trust otherwise: keys, evaluators, who erases. */
export const trustingMutants: readonly Mutant[] = [
  ...mutantsOf('verify/checks/signer.js', [
    [
      'AR-TRUST-001',
      'trusts_the_record',
      'trusts the key that the record names',
      'if (options.trust === undefined)',
      'if (options.trust === undefined) return pass(key, 1);\n    if (false)',
    ],
    [
      'AR-TRUST-002',
      'strangers_fail',
      'fails a key that nobody knows',
      'if (entry === undefined) {',
      "if (entry === undefined) {\n        return fail({ code: 'signer.untrusted_key', path, detail: key, expected: 'a known key', found: key });",
    ],
    [
      'AR-TRUST-003',
      'any_role_signs',
      'lets any role sign records',
      "if (!roles.includes('runtime') && !roles.includes('recorder'))",
      'if (false)',
    ],
  ]),
  ...mutantsOf('trust/restriction.js', [
    [
      'AR-TRUST-004',
      'any_agent',
      'does not look at the agents of a key',
      'if (!isFor(agents, agent_id))',
      'if (false)',
    ],
    [
      'AR-TRUST-005',
      'no_workspace',
      'lets a key sign what names no workspace',
      'return isFor(workspaces, workspace_id)',
      'return workspace_id === undefined || isFor(workspaces, workspace_id)',
    ],
  ]),
  ...mutantsOf('trust/glob.js', [
    [
      'AR-TRUST-004',
      'letters_of_any_case',
      'takes upper case for lower case in patterns',
      'pattern[p] === text[t]',
      'pattern[p].toLowerCase() === text[t].toLowerCase()',
    ],
  ]),
  ...mutantsOf('trust/key-states.js', [
    [
      'AR-TRUST-006',
      'known_reasons_only',
      'takes a revocation for a mild one if it does not know the reason',
      "reason !== 'superseded' && reason !== 'retired'",
      "reason === 'compromised'",
    ],
    ['AR-TRUST-007', 'valid_now_only', 'judges keys at the present time only', 'vouchedAt ?? now', 'now'],
  ]),
  ...mutantsOf('verify/revocations.js', [
    [
      'AR-TRUST-006',
      'revocations_believed',
      'believes a revocation without looking at its signature',
      '.filter((statement) => evidence.isSigned(statement))',
      '',
    ],
  ]),
  ...mutantsOf('verify/vouched.js', [
    [
      'AR-TRUST-008',
      'anybody_vouches',
      'lets any role of the trust file vouch for a time',
      '!witnesses.some((role) => entry.roles.includes(role)) || ',
      '',
    ],
    [
      'AR-TRUST-010',
      'vouches_for_any_agent',
      'lets a key vouch for agents that are none of its own',
      ' || restrictionOf(entry, run) !== undefined',
      '',
    ],
  ]),
  ...mutantsOf('trust/parse-trust.js', [
    ['AR-TRUST-009', 'key_twice', 'takes a trust file with a key twice', 'if (known.has(key))', 'if (false)'],
  ]),
  ...mutantsOf('verify/checks/evals.js', [
    [
      'AR-EVAL-010',
      'unsigned_counts',
      'counts an eval that nobody signed',
      'const nameless = found.find(',
      'const nameless = [].find(',
    ],
    [
      'AR-EVAL-011',
      'eval_signature_believed',
      'believes the signature of an eval',
      "signature === 'fail' || signature === 'stripped'",
      "signature === 'stripped'",
    ],
    [
      'AR-EVAL-012',
      'eval_of_anything',
      'counts an eval that does not say what it is about',
      "if (signature === 'pass' && !isGiven(value, 'record_hash')",
      "if (false && !isGiven(value, 'record_hash')",
    ],
    [
      'AR-EVAL-013',
      'anybody_evaluates',
      'lets any key of the trust file evaluate',
      "entry?.roles.includes('evaluator')",
      'entry !== undefined',
    ],
  ]),
  ...mutantsOf('verify/checks/erasures.js', [
    [
      'AR-PRIV-010',
      'one_for_all',
      'takes one tombstone for everything that was erased',
      'if (attested.has(value.private_hash))',
      'if (attested.size > 0)',
    ],
    [
      'AR-PRIV-010',
      'anybody_erases',
      'lets any role of the trust file answer for an erasure',
      "!(entry.roles.includes('recorder') || entry.roles.includes('server'))",
      'false',
    ],
    [
      'AR-PRIV-011',
      'tombstones_believed',
      'believes the signature of a tombstone',
      ' && evidence.isSigned(statement)',
      '',
    ],
  ]),
]
