import type { AgentRun, Difference, NumberDifference, Step } from '@agent-run/types'
import { hasRun } from '../verify/approvals/gather.ts'
import { type Setting, textOfValue } from './difference.ts'
import type { Suppression } from './suppression.ts'

/** What came of a run: how it ended, how it was judged, what speaks for it, what it left. */
export const resultsOf = (run: AgentRun): Setting[] => {
  const { eval: evaluation, evidence = [], artifacts = [] } = run
  const one = (name: string, value: unknown): Setting[] =>
    value === undefined || value === null ? [] : [{ name, value: textOfValue(value) }]
  return [
    ...one('status', run.status),
    ...one('outcome', run.outcome),
    ...one('error_type', run.error_type),
    ...one('error', run.error),
    ...(evaluation
      ? [
          ...one('eval.pass', evaluation.pass),
          ...one('eval.score', evaluation.score),
          ...(evaluation.criteria ?? []).map(({ name, pass, score, label }) => ({
            name: 'eval.criterion',
            subject: name,
            value: [pass === undefined ? undefined : pass ? 'pass' : 'fail', score, label]
              .filter((part) => part !== undefined)
              .join(' '),
          })),
        ]
      : []),
    ...evidence.map(({ kind, name, result }) => ({
      name: `evidence.${kind}`,
      subject: name ?? kind,
      ...(result === undefined ? {} : { value: result }),
    })),
    ...artifacts.map(({ id, name, content }) => ({
      name: 'artifact',
      subject: name ?? id,
      ...(content?.digest === undefined ? {} : { value: content.digest }),
    })),
  ]
}

/** Side effects of the steps that ran, reading aside: by kind and target, with what was there in the end. */
export const effectsOf = ({ steps }: AgentRun): Setting[] => {
  const effects = new Map<string, Setting>()
  for (const step of steps) {
    if (step.side_effects === undefined || !hasRun(step)) continue
    for (const { kind, target, target_kind, operation, after_digest } of step.side_effects) {
      if (kind === 'none' || kind === 'read') continue
      const subject = target ?? callOf(step, operation) ?? target_kind
      const setting = {
        name: kind,
        ...(subject === undefined ? {} : { subject }),
        ...(after_digest === undefined ? {} : { value: after_digest }),
      }
      effects.set(JSON.stringify([kind, subject ?? null]), setting)
    }
  }
  // What reaches files and beyond says more than the commands that did it.
  const all = [...effects.values()]
  const isCommand = ({ name }: Setting): boolean => name === 'exec' || name === 'network'
  return [...all.filter((each) => !isCommand(each)), ...all.filter(isCommand)]
}

/** Longest beginning of a call's input that stands for a target, in UTF-16 units. */
const PREVIEW = 200

/** What was done where no target is recorded: the operation or the tool, and what it was called with. */
const callOf = ({ tool_name, input_preview }: Step, operation: string | undefined): string | undefined => {
  if (input_preview === undefined || input_preview === null) return operation
  const preview = Array.from(
    input_preview
      .replace(/\s+/gu, ' ')
      .trim()
      .slice(0, 2 * PREVIEW),
  )
  return [operation ?? tool_name, preview.slice(0, PREVIEW).join('')].filter(Boolean).join(' ')
}

/** Counts what only one of two runs has read. */
export const countReads = (before: AgentRun, after: AgentRun, suppressed: Suppression): void => {
  const [old, fresh] = [readsOf(before), readsOf(after)]
  let count = 0
  for (const target of old) if (!fresh.has(target)) count++
  for (const target of fresh) if (!old.has(target)) count++
  suppressed.add('reads', count)
}

const readsOf = ({ steps }: AgentRun): Set<string> => {
  const targets = new Set<string>()
  for (const step of steps)
    if (hasRun(step))
      for (const { kind, target } of step.side_effects ?? [])
        if (kind === 'read' && target !== undefined) targets.add(target)
  return targets
}

/** What both runs left and left otherwise: that one of the digests is not recorded is no difference. */
export const isKnownChange = ({ change, before, after }: Difference): boolean =>
  change !== 'changed' || (before !== undefined && after !== undefined)

/** Results without artifacts that effects tell of already. */
export const withoutEffects = (results: readonly Difference[], effects: readonly Difference[]): Difference[] => {
  const told = new Set(effects.map(({ subject }) => subject))
  return results.filter((result) => result.name !== 'artifact' || (isKnownChange(result) && !told.has(result.subject)))
}

/** What a run took, `null` where it is unknown, in the order in which it is read. */
const NUMBERS: readonly (readonly [string, (run: AgentRun) => number | null | undefined])[] = [
  ['cost_usd', ({ cost }) => cost.cost_usd],
  ['amount', ({ cost }) => cost.amount],
  ['input_tokens', ({ cost }) => cost.input_tokens],
  ['cache_read_tokens', ({ cost }) => cost.cache_read_tokens],
  ['cache_write_tokens', ({ cost }) => cost.cache_write_tokens],
  ['output_tokens', ({ cost }) => cost.output_tokens],
  ['reasoning_tokens', ({ cost }) => cost.reasoning_tokens],
  ['duration_ms', ({ duration_ms }) => duration_ms],
  ['steps', ({ steps }) => steps.length],
  ['model_calls', ({ steps }) => steps.filter(({ type }) => type === 'model_call').length],
  ['tool_calls', ({ steps }) => steps.filter(({ type }) => type === 'tool_call').length],
]

/** The numbers in which two runs differ. */
export const compareNumbers = (before: AgentRun, after: AgentRun): NumberDifference[] =>
  NUMBERS.flatMap(([name, numberOf]) => {
    const [old, fresh] = [numberOf(before), numberOf(after)]
    if (old === fresh) return []
    return [{ name, ...(old === undefined ? {} : { before: old }), ...(fresh === undefined ? {} : { after: fresh }) }]
  })
