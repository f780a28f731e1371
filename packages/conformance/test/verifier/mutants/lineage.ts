import { type Mutant, mutantsOf } from './mutant.ts'

/** Verifiers that judge journals and the links between runs in another way. */
export const lineageMutants: readonly Mutant[] = [
  ...mutantsOf('verify/lineage/delegation.js', [
    [
      'AR-LIN-001',
      'entry_without_leaf',
      'takes an entry without handoff_leaf for a link',
      "{ state: parent.children.names(child.id, delegation) ? 'parent_only' : 'child_only' }",
      "{ state: 'open' }",
    ],
    [
      'AR-LIN-002',
      'handoff_to_another',
      'does not ask to whom the parent handed off',
      "type === 'handoff' && child_run_id === child && ",
      "type === 'handoff' && ",
    ],
    [
      'AR-LIN-003',
      'delegated_twice',
      'lets one delegation stand on two handoffs',
      'ownHandoff === undefined && parent.children.countOf(delegation) > 1',
      'false',
    ],
    [
      'AR-LIN-004',
      'any_child',
      'does not compare the hash of the child',
      'stated.find((hash) => hash !== child.hash)',
      'undefined',
    ],
  ]),
  ...mutantsOf('verify/lineage/as-child.js', [
    [
      'AR-LIN-005',
      'any_parent',
      'does not compare the hash of a run that triggered this one',
      "return conflict('lineage.parent_hash', shown(entry.record_hash), shown(other.hash))",
      "return { state: 'chained' }",
    ],
  ]),
  ...mutantsOf('verify/lineage/resolve.js', [
    ['AR-LIN-006', 'circles', 'lets runs descend from each other', 'isCyclic ? {', 'false ? {'],
  ]),
  ...mutantsOf('verify/lineage/ancestors.js', [
    [
      'AR-LIN-007',
      'any_parent_run_hash',
      'does not compare parent_run_hash',
      'if (parent_run_hash !== hashes[0])',
      'if (false)',
    ],
    [
      'AR-LIN-007',
      'any_length_of_lineage',
      'does not count the ancestors',
      'lineage.length < least || (isWhole && lineage.length > least)',
      'false',
    ],
  ]),
  ...mutantsOf('journal/shape.js', [
    [
      'AR-JRNL-001',
      'private_in_the_chain',
      'lets private members stand in the chain',
      'if (kind !== undefined && publicForm(kind, data) !== data)',
      'if (false)',
    ],
    ['AR-JRNL-001', 'patches_anything', 'lets run.updated change anything', 'if (foreign)', 'if (false)'],
  ]),
  ...mutantsOf('journal/open.js', [
    ['AR-JRNL-002', 'any_seq', 'does not count the lines', 'if (line.seq !== seq)', 'if (false)'],
    [
      'AR-JRNL-003',
      'any_prev',
      'does not compare the digest of the line before',
      'if (line.prev !== prev)',
      'if (false)',
    ],
    [
      'AR-JRNL-004',
      'starts_twice',
      'lets a run start twice',
      "else if (line.type === 'run.started')",
      'else if (false)',
    ],
    ['AR-JRNL-009', 'after_the_seal', 'reads on after the seal', 'if (before?.sealed)', 'if (false)'],
    [
      'AR-JRNL-010',
      'resumed_anywhere',
      'does not ask after which line a run was resumed',
      'if (line.data.seq !== before?.seq)',
      'if (false)',
    ],
    [
      'AR-JRNL-010',
      'discarded_silently',
      'does not ask how much was discarded',
      'if (!Number.isSafeInteger(octets) || octets < 0)',
      'if (false)',
    ],
  ]),
  ...mutantsOf('journal/head.js', [
    ['AR-JRNL-005', 'head_of_any_key', 'accepts heads of any key', 'if (head.signed_by !== key)', 'if (false)'],
    [
      'AR-JRNL-006',
      'head_signature_believed',
      'believes the signatures of heads',
      "if (checkSignature('head', head) !== 'pass')",
      'if (false)',
    ],
    ['AR-JRNL-007', 'any_head', 'does not compare what a head says', 'if (head[member] !== value)', 'if (false)'],
  ]),
  ...mutantsOf('journal/read.js', [
    [
      'AR-JRNL-008',
      'private_of_nobody',
      'accepts private members that the chain does not know',
      'if (!known.has(hash))',
      'if (false)',
    ],
  ]),
  ...mutantsOf('journal/check.js', [
    ['AR-JRNL-011', 'another_run', 'does not compare the fold with the record', 'if (unequal)', 'if (false)'],
    ['AR-JRNL-012', 'another_end', 'does not compare journal_head', 'if (wrongHead)', 'if (false)'],
    [
      'AR-JRNL-014',
      'no_checkpoint',
      'does not say how far the journal is fixed',
      "typeof checkpoint === 'number' ? { ...passed, checkpoint } : passed",
      'passed',
    ],
  ]),
  ...mutantsOf('journal/fold.js', [
    [
      'AR-JRNL-011',
      'open_steps_forgotten',
      'forgets steps that never ended',
      '[...started.values()].filter(({ id }) => !endedIds.has(id))',
      '[]',
    ],
  ]),
  ...mutantsOf('verify/checks/journal.js', [
    [
      'AR-JRNL-013',
      'journal_not_missed',
      'does not miss a journal that was not given',
      "return isGiven(context.provenance, 'journal_head')",
      'return false',
    ],
    [
      'AR-JRNL-015',
      'journal_of_anybody',
      'accepts a journal of anybody',
      'if (context.sealed && !bound)',
      'if (false)',
    ],
  ]),
]
