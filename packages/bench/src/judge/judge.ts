import type { BenchViolation, Criterion } from '@agent-run/types'
import type { Judgement, JudgeOptions, TrialEvidence } from '../trial.ts'
import { builtInRules } from './built-in-rules.ts'
import { judgeCriterion } from './criteria/index.ts'
import { evalOf } from './eval.ts'
import { openTrial } from './judged-trial.ts'
import { metricsOf } from './metrics.ts'
import type { Judged } from './outcome.ts'
import { scoreOf } from './score.ts'
import { shown } from './words.ts'

/**
 * Judges a trial: by the criteria of its scenario, one after the other, and by the rules that always hold. Looks at the evidence, never
 * changes it, and never throws for what a runtime did.
 */
export async function judge(evidence: TrialEvidence, options: JudgeOptions): Promise<Judgement> {
  const trial = openTrial(evidence, options)
  const asked: Judged[] = []
  for (const criterion of evidence.scenario.criteria)
    asked.push({ criterion, outcome: await judgeCriterion(criterion, trial) })
  const always = builtInRules.map((rule) => ({ rule, outcome: rule.judge(trial) }))
  const broken = always.filter(({ outcome }) => outcome.score < 100)
  const { pass, score } = scoreOf(asked, {
    passScore: evidence.scenario.pass_score,
    isBroken: broken.length > 0,
    isVoid: broken.some(({ rule }) => rule.isGrave),
  })
  const all: readonly Judged[] = [
    ...asked,
    ...always.map(({ rule, outcome }) => ({
      criterion: { name: rule.name, kind: 'runtime', required: true, weight: 0 },
      outcome,
    })),
  ]
  const criteria = all.map(toCriterion)
  const metrics = metricsOf(trial)
  const violations: BenchViolation[] = broken.map(({ rule, outcome }) => ({ rule: rule.name, message: outcome.label }))
  return {
    pass,
    score,
    criteria,
    metrics,
    violations,
    eval: await evalOf(trial, { pass, score, criteria, metrics, all }),
    ...printedBy(asked),
  }
}

/** What the commands printed, each below a line with the name of its criterion. */
const printedBy = (asked: readonly Judged[]): Pick<Judgement, 'printed'> => {
  const parts = asked.flatMap(({ criterion, outcome: { printed } }) =>
    printed === undefined ? [] : [Buffer.from(`# ${shown(criterion.name)}\n`), printed, Buffer.from('\n')],
  )
  return parts.length === 0 ? {} : { printed: Buffer.concat(parts) }
}

const toCriterion = ({ criterion, outcome }: Judged): Criterion => ({
  name: criterion.name,
  pass: outcome.score === 100,
  score: outcome.score,
  label: shown(outcome.label, 400),
  metadata: {
    kind: criterion.kind,
    required: criterion.required ?? true,
    weight: criterion.weight ?? 1,
    ...(outcome.errorType === undefined ? {} : { error_type: outcome.errorType }),
  },
})
