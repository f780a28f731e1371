import { sealHash } from '../../../src/bytes/covered.ts'
import { type Loose, type Mutant, signed, writes } from './mutant.ts'

/** A runtime that writes a judgement into its record. */
const judges = (name: string, fault: string, judge: (run: Loose, hash: string) => Loose): Mutant =>
  writes(name, 'judged', fault, () => undefined, {
    after: (run) => {
      run.eval = judge(run, sealHash('run', run))
    },
  })

/** Runtimes whose judgements are about something else, or wrongly signed. */
export const evalMutants: readonly Mutant[] = [
  judges('eval_of_another_run', 'keeps a judgement of another run', () => ({
    pass: true,
    score: 90,
    run_id: 'another',
  })),
  judges('eval_of_another_record', 'keeps a judgement of another record', (run) => ({
    pass: true,
    score: 90,
    run_id: run.id,
    record_hash: `sha256:${'0'.repeat(64)}`,
  })),
  judges('eval_edited', 'edits a judgement', (run, record_hash) => ({
    ...signed('eval', { pass: true, score: 40, run_id: run.id, record_hash }, 'evaluator'),
    score: 90,
  })),
  judges('eval_of_no_record', 'signs a judgement that names no record', (run) =>
    signed('eval', { pass: true, score: 90, run_id: run.id }, 'evaluator'),
  ),
  {
    name: 'eval_beside_edited',
    fault: 'edits a judgement that it sends',
    scenario: 'judged',
    change: (played) => ({
      ...played,
      deposits: played.deposits.map((deposit) => {
        if (deposit.kind !== 'companion') return deposit
        const value: Loose = JSON.parse(Buffer.from(deposit.octets).toString('utf8'))
        return { ...deposit, octets: Buffer.from(JSON.stringify({ ...value, detail: 'edited' })) }
      }),
    }),
  },
]
