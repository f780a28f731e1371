import type { Capability } from './judgement.ts'
import { erasablesOf, isKnown, type Subject } from './subject.ts'

/** What a record shows of. */
export const capabilitiesOf = (subject: Subject, journal: boolean): ReadonlySet<Capability> => {
  const { view, provenance, record, sealed } = subject
  const isStep = (name: string): boolean => view.steps.some((step) => step.has(name))
  const isDelegated = view.steps.some((step) => step.text('type')?.startsWith('handoff'))
  const shown: readonly (readonly [Capability, boolean])[] = [
    ['core', true],
    ['approvals', view.approvals.length > 0 || view.decisions.length > 0 || isStep('approval')],
    ['effects', isStep('side_effects')],
    ['evals', isKnown(record.eval)],
    ['journal', journal || isKnown(provenance.journal_head)],
    ['lineage', isDelegated || ['parents', 'lineage', 'parent_run_hash'].some((name) => isKnown(provenance[name]))],
    ['privacy', [...erasablesOf(record)].some(({ object }) => isKnown(object.private_hash) || isKnown(object.salt))],
    ['seal', sealed],
  ]
  return new Set(shown.flatMap(([name, has]) => (has ? [name] : [])))
}
