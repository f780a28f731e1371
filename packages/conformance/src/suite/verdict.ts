import { type CaseOutcome, type Counts, countStatuses, type Status } from './outcome.ts'
import type { Requirement, RoleProfile } from './profile.ts'

/** How one normative sentence came out for a subject. */
export interface RequirementVerdict {
  readonly requirement: string
  readonly strength: 'MUST' | 'SHOULD'
  /** The sentence, markdown of the spec. */
  readonly text: string
  /** Where it stands: `spec/http.md`. */
  readonly spec: string
  readonly capability: string
  readonly status: Status
  /** Its cases by status. */
  readonly cases: Counts
}

/**
 * Sums cases up, sentence by sentence of a profile. A sentence fails (a SHOULD warns) with one case that fails, is
 * untestable with one that could not be played or none at all, and passes with at least one that passed.
 * @param capabilities those of the subject, declared or asked for
 */
export const judgeRequirements = (
  { requirements }: RoleProfile,
  sentences: ReadonlyMap<string, Requirement>,
  outcomes: readonly CaseOutcome[],
  capabilities: ReadonlySet<string>,
): readonly RequirementVerdict[] =>
  Object.entries(requirements).map(([requirement, { capability }]) => {
    const sentence = sentences.get(requirement)
    if (sentence === undefined) throw new TypeError(`the profile names ${requirement}, which is no sentence`)
    const strength = sentence.level === 'SHOULD' ? 'SHOULD' : 'MUST'
    const cases = countStatuses(outcomes.filter((each) => each.requirement === requirement))
    const status = capability !== 'core' && !capabilities.has(capability) ? 'not_applicable' : statusOf(cases, strength)
    return { requirement, strength, text: sentence.text, spec: sentence.file, capability, status, cases }
  })

const statusOf = (cases: Counts, strength: 'MUST' | 'SHOULD'): Status => {
  if (cases.fail > 0) return strength === 'SHOULD' ? 'warn' : 'fail'
  if (cases.untestable > 0) return 'untestable'
  if (cases.pass > 0) return 'pass'
  return cases.not_applicable > 0 ? 'not_applicable' : 'untestable'
}
