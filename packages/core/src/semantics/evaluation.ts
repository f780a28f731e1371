import { objectOf, textOf } from './object.ts'
import { quote } from './quote.ts'
import type { Rule } from './rule.ts'

/** Rules about an embedded eval. */
export const evaluationRules: readonly Rule[] = [
  {
    code: 'eval.other_run',
    severity: 'error',
    requirement: 'AR-EVAL-002',
    summary: "an embedded eval's run_id is the run's id",
    check: ({ run, id }, report) => {
      const evaluation = objectOf(run, 'eval')
      const judged = evaluation && textOf(evaluation, 'run_id')
      if (judged !== undefined && id !== undefined && judged !== id)
        report('/eval/run_id', `the eval is about ${quote(judged)}; expected the id of this run`)
    },
  },
  {
    code: 'eval.other_record',
    severity: 'error',
    requirement: 'AR-EVAL-003',
    summary: "an embedded eval's record_hash is the record's",
    check: ({ run }, report) => {
      const evaluation = objectOf(run, 'eval')
      const judged = evaluation && textOf(evaluation, 'record_hash')
      const provenance = objectOf(run, 'provenance')
      const own = provenance && textOf(provenance, 'record_hash')
      if (judged !== undefined && judged !== own)
        report(
          '/eval/record_hash',
          `the eval is about another record; expected ${own === undefined ? 'document_hash, as this one is not sealed' : 'the record_hash in provenance'}`,
        )
    },
  },
]
