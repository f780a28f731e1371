import { type Mutant, mutantsOf } from './mutant.ts'

/** Verifiers that say otherwise what they found. */
export const verdictMutants: readonly Mutant[] = [
  ...mutantsOf('verify/levels.js', [
    [
      'AR-LEVEL-001',
      'no_level_for_0_1',
      'gives records of 0.1 no level',
      'if (recorded.length > 0 || context === undefined)',
      "if (recorded.length > 0 || context === undefined || !isGiven(context.run, 'spec_version'))",
    ],
    [
      'AR-LEVEL-002',
      'sealed_and_changed',
      'gives the level sealed to what has a seal, right or wrong',
      'if (sealed.length > 0)',
      "if (sealed.some(({ code }) => code === 'level.not_sealed'))",
    ],
    [
      'AR-LEVEL-003',
      'converted_accountable',
      'gives the level accountable to what was converted',
      "if (isGiven(run, 'source'))",
      'if (false)',
    ],
    [
      'AR-LEVEL-003',
      'nobody_accountable',
      'gives the level accountable where nobody answers for the seal',
      "if (previous.get('signer')?.result !== 'pass')",
      'if (false)',
    ],
    [
      'AR-LEVEL-003',
      'effects_unknown',
      'gives the level accountable where nothing says what a call touched',
      'if (effects.length === 0)\n            yield',
      'if (false)\n            yield',
    ],
    [
      'AR-LEVEL-003',
      'approval_unknown',
      'gives the level accountable where nothing says whether a call was allowed',
      'if (state === undefined)',
      'if (false)',
    ],
    [
      'AR-LEVEL-003',
      'basis_unknown',
      'gives the level accountable where nothing says by what a call was allowed',
      "if ((state === 'auto_approved' || state === 'not_required') && !hasBasis(approval, grants))",
      'if (false)',
    ],
    [
      'AR-LEVEL-003',
      'tool_unknown',
      'gives the level accountable where a tool is not in the inventory',
      "if (isGiven(step, 'tool_name') && ",
      'if (false && ',
    ],
  ]),
  ...mutantsOf('verify/outcome.js', [
    [
      'AR-VERD-001',
      'checks_out_of_order',
      'gives the checks in another order',
      "    'evals',\n    'erasures',",
      "    'erasures',\n    'evals',",
    ],
    [
      'AR-VERD-002',
      'nothing_compared',
      'does not say how much it compared',
      "return { result: 'pass', detail: shownDetail(detail), compared }",
      "return { result: 'pass', detail: shownDetail(detail), compared: 0 }",
    ],
  ]),
  ...mutantsOf('verify/checks/approvals.js', [
    [
      'AR-VERD-003',
      'unsigned_is_unknown',
      'takes an unsigned request for something to compare',
      'if (steps.length === 0 && signed === undefined)',
      'if (steps.length === 0 && events.length === 0)',
    ],
  ]),
  ...mutantsOf('verify/checks/record.js', [
    [
      'AR-VERD-003',
      'no_seal_passes',
      'passes the record if there is nothing to compare',
      "absent('the record is not sealed')",
      "pass('the record is not sealed', 1)",
    ],
  ]),
  ...mutantsOf('verify/verify.js', [
    [
      'AR-VERD-004',
      'judges_anything',
      'makes all checks of what is no record',
      "if (made.get('schema')?.result === 'pass' && isObject(report.value))",
      'if (isObject(report.value))',
    ],
    [
      'AR-VERD-005',
      'last_failure',
      'names the last failure',
      "const failure = checks.find(({ result }) => result === 'fail')",
      "const failure = checks.findLast(({ result }) => result === 'fail')",
    ],
    [
      'AR-VERD-006',
      'any_level_ok',
      'is content with any level',
      'failure === undefined && levels.indexOf(level) >= levels.indexOf(asked) && ',
      'failure === undefined && ',
    ],
    ['AR-VERD-007', 'asked_left_out', 'leaves out what was asked', '        asked,\n', ''],
  ]),
  ...mutantsOf('verify/checks/private-state.js', [
    [
      'AR-PRIV-005',
      'private_quoted',
      'quotes what it found in private members',
      'broken: brokenAt(path)',
      'broken: { ...brokenAt(path), detail: JSON.stringify(value) }',
    ],
  ]),
]
