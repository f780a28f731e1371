import { describe, expect, it } from 'vitest'
import { type Judgement, judgeRecord } from '../../src/record/index.ts'
import { data, filesOf } from './data.ts'

const CLASSES = 'schema canonical digest tree chain signature trust approval lineage privacy level'.split(' ')

/**
 * The only check of a verdict that says nothing about the record: whose key it is stands in the trust file. It still keeps
 * the level (`signer` fails → no more than recorded), and that is compared below.
 */
const NOT_ABOUT_THE_RECORD = 'signer'

/** What a verifier lets pass and a producer must not write: the fault is there although no check fails. */
const ONLY_A_PRODUCERS = new Map([
  ['digest/run_hash_form', 'run_hash.form'],
  ['lineage/child_only_no_leaf', 'lineage.entry'],
  ['lineage/cycle_not_pinned', 'lineage.entry'],
  ['lineage/parent_only_no_leaf', 'lineage.entry'],
  ['lineage/unresolved_among_several', 'lineage.entry'],
  ['signature/eval_of_no_form_beside', 'bundle.line'],
  ['signature/eval_signature_wrong_beside', 'evals.beside'],
  ['signature/eval_stripped_beside', 'evals.beside'],
])

/** Without a trust file a signer and an approver are taken at their word; a verifier stops at `sealed`. */
const TAKEN_AT_THEIR_WORD = new Set(['trust/no_trust_file', 'approval/claimed_no_trust'])

/**
 * Sentences about verifiers, or about more than records, with what a record breaks in their cases. Every other case that
 * fails has a fault of its own sentence.
 */
const OTHER_SENTENCES = new Map([
  ['AR-SEAL-011', 'AR-SEAL-005'], // a verifier recomputes what a seal covers
  ['AR-SEAL-012', 'AR-SEAL-014'], // a verifier fails a signature that is gone
  ['AR-SEAL-003', 'AR-SEAL-014'], // a verifier accepts only a strict signature
  ['AR-BYTES-009', 'AR-SEAL-005'], // these records were changed where a careless canonical form does not look
  ['AR-TRUST-008', 'AR-SEAL-005'], // a vouched record that was changed
  ['AR-LEVEL-002', 'AR-SEAL-005'], // one that was changed can't reach the level
  ['AR-VERD-006', 'AR-SEAL-005'], // nor satisfy what was asked
  ['AR-VERD-004', 'AR-RUN-004'], // nothing else is judged after the schema
  ['AR-VERD-005', 'AR-RUN-008'], // the first of two failures
])

/** Cases whose fault makes another sentence say it first. */
const OTHER_IN_CASE = new Map([
  ['chain/fold_ended_twice', 'AR-STEP-016'],
  ['chain/unbound_without_record_hash', 'AR-SEAL-009'],
  ['approval/journal_unsealed_other_agents_key', 'AR-APPR-032'],
  ['approval/journal_unsealed_proves_nothing', 'AR-APPR-032'],
  ['tree/batch_record_changed', 'AR-SEAL-005'],
  ['tree/batch_record_hash_changed', 'AR-SEAL-005'],
  ['schema/first_error_as_it_stands', 'AR-RUN-004'],
  ['schema/first_error_by_rule', 'AR-RUN-010'],
  ['schema/first_error_missing_member', 'AR-RUN-004'],
  ['schema/first_error_of_private_members', 'AR-PRIV-001'],
  ['schema/first_error_of_references', 'AR-RUN-011'],
  ['schema/first_error_of_times', 'AR-RUN-007'],
])

interface Row {
  readonly check: string
  readonly result: string
  readonly code?: string
  readonly path?: string
}

const judge = ({ input, options }: ReturnType<typeof data>): Judgement =>
  judgeRecord(Buffer.from(input.record_text ?? JSON.stringify(input.record)), {
    ...(input.trust === undefined ? {} : { trust: input.trust }),
    ...(input.journal_text === undefined ? {} : { journal: Buffer.from(input.journal_text) }),
    related: input.related ?? [],
    statements: [...(input.statements ?? []), ...(input.evals ?? []), ...(input.proofs ?? [])],
    now: options.now,
  })

const verdicts = new Map<string, Judgement>()

/** The judgement of a case; each is judged once. */
const judged = (name: string, each: ReturnType<typeof data>): Judgement => {
  const known = verdicts.get(name) ?? judge(each)
  verdicts.set(name, known)
  return known
}

const nameOf = (file: string): string => file.slice('vectors/verify/'.length, -'.json'.length)

describe('a whole record', () => {
  for (const folder of CLASSES) {
    const cases = filesOf(`vectors/verify/${folder}`).map((file) => [nameOf(file), data(file)] as const)

    it(`${folder}: what fails is found, with code and place, and nothing else is`, () => {
      for (const [name, each] of cases) {
        const errors = judged(name, each).faults.filter(({ severity }) => severity === 'error')
        const found = errors.map(({ code, path }) => `${code} ${path}`)
        const failed: readonly Row[] = each.expect.checks.filter(
          ({ check, result }: Row) => result === 'fail' && check !== NOT_ABOUT_THE_RECORD,
        )
        for (const { code, path } of failed) expect(found, name).toContain(`${code} ${path}`)
        const own = ONLY_A_PRODUCERS.get(name)
        if (own !== undefined) expect([...new Set(errors.map(({ check }) => check))], name).toEqual([own])
        else if (failed.length === 0) expect(found, name).toEqual([])
      }
    })

    it(`${folder}: the fault is one of the sentence of the case`, () => {
      for (const [name, each] of cases) {
        const failed = each.expect.checks.some(
          (row: Row) => row.result === 'fail' && row.check !== NOT_ABOUT_THE_RECORD,
        )
        const sentences = judged(name, each).faults.map(({ requirement }) => requirement)
        const stated = OTHER_IN_CASE.get(name) ?? each.requirement
        if (failed)
          expect(
            [OTHER_SENTENCES.get(stated) ?? stated, stated].some((id) => sentences.includes(id)),
            name,
          ).toBe(true)
      }
    })

    it(`${folder}: the level is that of a verifier`, () => {
      for (const [name, each] of cases) {
        const { level, missing } = judged(name, each)
        expect(level, name).toBe(TAKEN_AT_THEIR_WORD.has(name) ? 'accountable' : each.expect.level)
        expect(missing.length > 0, name).toBe(level !== 'accountable')
        const codes = new Set(missing.map(({ code }) => code))
        // A verifier names what keeps a sealed record from being accountable.
        if (level === 'sealed' && each.expect.missing !== undefined)
          expect([...codes].sort(), name).toEqual([...each.expect.missing].sort())
      }
    })
  }

  it('the tables above name cases that exist', () => {
    const names = CLASSES.flatMap((folder) => filesOf(`vectors/verify/${folder}`).map(nameOf))
    const listed = [...ONLY_A_PRODUCERS.keys(), ...TAKEN_AT_THEIR_WORD, ...OTHER_IN_CASE.keys()]
    expect(listed.filter((name) => !names.includes(name))).toEqual([])
    expect(names.length).toBe(data('vectors/verify/manifest.json').total)
  })
})
