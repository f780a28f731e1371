import { type Mutant, mutantsOf } from './mutant.ts'

/** Verifiers that judge keys, signatures, trees and seals in another way. */
export const sealingMutants: readonly Mutant[] = [
  ...mutantsOf('sign/did-key.js', [
    ['AR-SEAL-001', 'any_codec', 'takes a key of any kind', 'bytes[0] !== CODEC[0] || bytes[1] !== CODEC[1]', 'false'],
  ]),
  ...mutantsOf('sign/base64.js', [
    [
      'AR-SEAL-002',
      'lenient_base64',
      'decodes any spelling of a signature',
      'SIGNATURE.test(text) ? decodeBase64(text) : undefined',
      "Uint8Array.from(Buffer.from(text, 'base64'))",
    ],
  ]),
  ...mutantsOf('sign/strict-form.js', [
    [
      'AR-SEAL-003',
      'small_order',
      'accepts points of small order',
      ' && !SMALL_ORDER.some((y) => isY(bytes, from, y))',
      '',
    ],
  ]),
  ...mutantsOf('seal/signed-bytes.js', [
    [
      'AR-SEAL-004',
      'evals_as_statements',
      'checks the signature of an eval as that of a statement',
      'pae(mediaType(kind), ',
      "pae(mediaType(kind === 'eval' ? 'statement' : kind), ",
    ],
    [
      'AR-SEAL-005',
      'eval_covered',
      'takes the eval into what a seal covers',
      'const { steps: _, eval: __, ...rest } = run',
      'const { steps: _, ...rest } = run',
    ],
    [
      'AR-SEAL-006',
      'private_reason_covered',
      'takes the private members of an approval into what is signed',
      "kind === 'approval' ? publicForm('approval', object) : object",
      'object',
    ],
  ]),
  ...mutantsOf('tree/merkle-tree.js', [
    [
      'AR-SEAL-007',
      'tree_from_the_left',
      'joins what is left over from the left',
      'peaks.reduceRight((right, left) => hashNode(left, right))',
      'peaks.reduce((left, right) => hashNode(left, right))',
    ],
    [
      'AR-SEAL-007',
      'path_too_short',
      'accepts a path that ends too early',
      'return sn === 0 && equal(hash, root)',
      'return equal(hash, root)',
    ],
    [
      'AR-SEAL-007',
      'path_too_long',
      'does not mind what follows in a path after the root',
      'for (const sibling of path) {\n        if (sn === 0)\n            return false;',
      'for (const sibling of path) {\n        if (sn === 0)\n            break;',
    ],
    [
      'AR-SEAL-007',
      'only_new_root',
      'looks at the larger tree alone',
      'return sn === 0 && equal(fr, root1) && equal(sr, root2)',
      'return sn === 0 && equal(sr, root2)',
    ],
  ]),
  ...mutantsOf('verify/checks/steps.js', [
    ['AR-SEAL-007', 'any_count', 'does not count the steps', "if (isGiven(provenance, 'steps_count'))", 'if (false)'],
  ]),
  ...mutantsOf('seal/private-objects.js', [
    [
      'AR-SEAL-008',
      'private_unhashed',
      'takes private members as they are',
      "privateHash(kind, object) === object.private_hash ? 'whole' : 'broken'",
      "'whole'",
    ],
  ]),
  ...mutantsOf('seal/sealed.js', [
    ['AR-SEAL-009', 'no_nonce', 'seals hold without a nonce', "    ['nonce', '/provenance/nonce'],\n", ''],
    [
      'AR-SEAL-009',
      'remains_of_a_seal',
      'takes a record for sealed only if it has a record_hash',
      "['record_hash', 'sealed_at', 'journal_head'].some",
      "['record_hash'].some",
    ],
  ]),
  ...mutantsOf('seal/seal-run.js', [
    ['AR-SEAL-011', 'own_time', 'seals at a time of its own', 'sealed_at: at,', "sealed_at: '2026-11-20T00:00:00Z',"],
  ]),
  ...mutantsOf('seal/dsse.js', [
    [
      'AR-SEAL-004',
      'envelope_without_key',
      'leaves the key out of an envelope',
      '{ keyid: signed_by, sig: signature }',
      '{ sig: signature }',
    ],
  ]),
  ...mutantsOf('sign/signer.js', [
    [
      'AR-SEAL-003',
      'signs_a_digest',
      'signs the bytes in another order',
      'engine.sign(key, message)',
      'engine.sign(key, message.toReversed())',
    ],
  ]),
  ...mutantsOf('verify/checks/record.js', [
    ['AR-SEAL-010', 'sealed_while_open', 'lets a run be sealed that goes on', 'openStatuses.has(run.status)', 'false'],
    [
      'AR-SEAL-011',
      'record_hash_believed',
      'believes the record_hash',
      '[context.recordHash, String(provenance.record_hash)]',
      '[String(provenance.record_hash), String(provenance.record_hash)]',
    ],
  ]),
  ...mutantsOf('verify/checks/signature.js', [
    [
      'AR-SEAL-012',
      'stripped_is_absent',
      'takes a record whose signature is gone for one that was not signed',
      'return inBatch(context)',
      "return context.evidence.proofsOf(textOf(provenance, 'record_hash') ?? '').length > 0 ? inBatch(context) : absent('the record is not signed')",
    ],
    [
      'AR-SEAL-013',
      'signature_of_nobody',
      'takes a signature without a key for none',
      'if (signedBy === undefined || publicKeyOf(signedBy) === undefined)',
      "if (signedBy === undefined) return absent('the record is not signed');\n    if (publicKeyOf(signedBy) === undefined)",
    ],
    [
      'AR-SEAL-014',
      'signature_believed',
      'believes signatures of records',
      'if (!verifyWithDid(signedBy, context.signedBytes, signature))',
      'if (false)',
    ],
    [
      'AR-SEAL-015',
      'signatures_of_0_1',
      'judges signatures of 0.1 by the rules of 1.0',
      "if (!isGiven(run, 'spec_version'))",
      'if (false)',
    ],
    [
      'AR-SEAL-017',
      'batch_of_anybody',
      'accepts the batch of another key',
      '.filter(({ signed_by }) => signed_by === provenance.signed_by)',
      '',
    ],
  ]),
  ...mutantsOf('seal/batch.js', [
    [
      'AR-SEAL-017',
      'batch_proof_of_anybody',
      'accepts a batch proof by another key',
      'if (statement.signed_by !== record.signed_by)',
      'if (false)',
    ],
  ]),
  ...mutantsOf('seal/step-proof.js', [
    [
      'AR-SEAL-018',
      'step_of_any_record',
      'accepts a step proof whose record was changed',
      'if (recordHash(run) !== record_hash)',
      'if (false)',
    ],
  ]),
  ...mutantsOf('verify/evidence.js', [
    [
      'AR-SEAL-019',
      'evidence_of_any_form',
      'judges what came beside the record whatever its form is',
      'items.filter((item) => validateValue(item, { schema, limit: 1 }).ok)',
      'items',
    ],
  ]),
]
