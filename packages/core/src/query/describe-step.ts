import type { ApprovalEvent, Artifact, PolicyDecision, Step } from '@agent-run/types'
import { hasRun } from '../verify/approvals/gather.ts'
import { type Fact, type FactKind, factValue } from './fact.ts'

/** Takes a fact that was found; the same one may be found again. */
export type Take = (kind: FactKind, value: string) => void

/** Whether a step that ran went wrong, by its status, its type or an error it tells of. */
export const wentWrong = ({ status, type, error, error_type, success }: Step): boolean =>
  status === 'failed' ||
  status === 'timeout' ||
  type === 'error' ||
  typeof error === 'string' ||
  typeof error_type === 'string' ||
  (status === undefined && success === false)

/** What one more final step adds to the facts of a run: for runs that are still going on. Each fact once, without its place. */
export const describeStep = (step: Step): readonly Fact[] => collect((take) => takeStep(step, take))

/** What one more approval event adds to the facts of a run. */
export const describeApproval = (event: ApprovalEvent): readonly Fact[] => collect((take) => takeApproval(event, take))

/** What one more policy decision adds to the facts of a run. */
export const describeDecision = (decision: PolicyDecision): readonly Fact[] =>
  collect((take) => takeDecision(decision, take))

/** What one more artifact adds to the facts of a run. */
export const describeArtifact = (artifact: Artifact): readonly Fact[] => collect((take) => takeArtifact(artifact, take))

const collect = (describe: (take: Take) => void): readonly Fact[] => {
  const facts = new Map<string, Fact>()
  describe((kind, value) => {
    const key = `${kind} ${value}`
    if (!facts.has(key)) facts.set(key, { kind, value: factValue(value) })
  })
  return [...facts.values()]
}

/** The facts of a step. */
export const takeStep = (step: Step, take: Take): void => {
  const { approval, turn_id } = step
  if (turn_id !== undefined) take('turn_id', turn_id)
  if (approval !== undefined) take('approval', approval.state)
  if (step.status === 'denied' || approval?.state === 'denied') {
    take('approval', 'denied')
    if (approval?.decision_id !== undefined || approval?.policy_id !== undefined) take('approval', 'denied:policy')
  }
  if (!hasRun(step)) return
  const { tool_name, mcp_server, side_effects } = step
  if (typeof tool_name === 'string') take('tool', tool_name)
  if (typeof mcp_server === 'string') take('mcp_server', mcp_server)
  if (wentWrong(step)) take('has_error', 'true')
  if (side_effects === undefined) return
  for (const { kind, target_kind, target } of side_effects) {
    // `write` alone is the question about files.
    if (kind !== 'write') take('side_effect', kind)
    if (target_kind === 'file' && (kind === 'write' || kind === 'delete')) take('side_effect', 'write')
    take('side_effect', `${kind}:${target_kind ?? 'unknown'}`)
    if (target !== undefined) take('target', target)
  }
}

/** The facts of an approval event. */
export const takeApproval = ({ event, actor }: ApprovalEvent, take: Take): void => {
  take('approval', event)
  // What lists of approvals are made from; no filter asks for it.
  take('approval', 'event')
  // These events are a person's, unless they say that an agent decided, or that nobody knows who.
  if (event === 'denied' && (actor?.kind ?? 'human') === 'human') take('approval', 'denied:person')
}

/** The facts of a policy decision: a call that a machine has kept from running was denied. */
export const takeDecision = ({ verdict, enforcement, boundary, step_id }: PolicyDecision, take: Take): void => {
  if (verdict !== 'block' || enforcement !== 'blocked') return
  if (boundary !== 'tool_call' && (boundary !== undefined || step_id === undefined)) return
  take('approval', 'denied')
  take('approval', 'denied:policy')
}

/** The facts of an artifact. */
export const takeArtifact = ({ name, content }: Artifact, take: Take): void => {
  if (name !== undefined) take('artifact', name)
  if (content?.digest !== undefined) take('artifact', content.digest)
}
