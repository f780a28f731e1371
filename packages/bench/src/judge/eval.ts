import { documentHash, isSealed, recordHash, signObject } from '@agent-run/core'
import type { Criterion, EvalResult } from '@agent-run/types'
import type { JudgedTrial } from './judged-trial.ts'
import { CONVERGENCE_FORMULA } from './metrics.ts'
import type { Judged } from './outcome.ts'
import { counted, listed, number, shown } from './words.ts'

/** What the eval says. */
export interface Finding {
  readonly pass: boolean
  readonly score: number
  readonly criteria: readonly Criterion[]
  readonly metrics: Readonly<Record<string, number>>
  readonly all: readonly Judged[]
}

/**
 * The judgement as an EvalResult. It names the record by its `record_hash`, or by its `document_hash` where it isn't sealed; it is signed if
 * there is a signer and a record to name (AR-EVAL-012). No word of it quotes what stands in the record.
 */
export async function evalOf(
  trial: JudgedTrial,
  { pass, score, criteria, metrics, all }: Finding,
): Promise<EvalResult> {
  const { evidence, options, run } = trial
  const { scenario, pack } = evidence
  const failed = all.filter(({ outcome }) => outcome.score < 100)
  const worse = options.regressionFrom?.({ pass, score })
  const result: EvalResult = {
    pass,
    score,
    ...(scenario.task_type === undefined ? {} : { task_type: scenario.task_type }),
    eval_layer: 'outcome',
    expected_outcome: expectation(scenario.title, all, scenario.pass_score),
    actual_outcome: actual(pass, failed),
    criteria: [...criteria],
    metrics,
    ...(worse === undefined ? {} : { regression_from: worse }),
    ...(failed.length === 0 ? {} : { detail: failed.map(sentenceOf).join(' ') }),
    benchmark_id: evidence.taskId,
    evaluator: options.evaluator,
    ...(run === undefined ? {} : { run_id: run.id, ...nameOf(run) }),
    at: options.now(),
    metadata: {
      pack_version: pack.pack.version,
      pack_digest: pack.digest,
      seed: evidence.seed,
      repeat: evidence.repeat,
      ...(options.benchId === undefined ? {} : { bench_id: options.benchId }),
      convergence_formula: CONVERGENCE_FORMULA,
    },
  }
  if (options.signer === undefined || run === undefined) return result
  return signObject('eval', result, options.signer)
}

/** The hash is worked out anew: of a record whose seal is broken, the stated one names another record. */
const nameOf = (run: NonNullable<JudgedTrial['run']>): Pick<EvalResult, 'record_hash' | 'document_hash'> =>
  isSealed(run) ? { record_hash: recordHash(run) } : { document_hash: documentHash(run) }

const expectation = (title: string, all: readonly Judged[], passScore: number | undefined): string => {
  const required = all.filter(({ criterion }) => criterion.required !== false).length
  const score = passScore === undefined ? '' : ` and a score of ${number(passScore)}`
  return `${shown(title, 200).replace(/\.$/, '')}: ${counted(required, 'rule')} met${score}`
}

const actual = (pass: boolean, failed: readonly Judged[]): string => {
  if (failed.length === 0) return pass ? 'every rule was met' : 'every rule was met, but the score was not reached'
  const names = failed.map(({ criterion }) => criterion.name)
  const decisive = failed.filter(({ criterion }) => criterion.required !== false).map(({ criterion }) => criterion.name)
  if (decisive.length > 0) return `not met: ${listed(decisive)}`
  return `${pass ? 'passed' : 'score not reached'}; not met, and not required: ${listed(names)}`
}

const sentenceOf = ({ criterion, outcome }: Judged): string => `${shown(criterion.name)}: ${shown(outcome.label, 400)}.`
