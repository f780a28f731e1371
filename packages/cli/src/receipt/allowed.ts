import { duration } from '@agent-run/core/text'
import { type Loose, listAt, objectAt, textAt } from './loose.ts'
import { between, timeOfDay } from './moment.ts'

/** Why a step was allowed to run, or was not. */
export interface Allowed {
  /** The state as recorded; undefined: not recorded. */
  readonly state: string | undefined
  /** Who or what it rests on, in words; not yet safe to print. */
  readonly by: string
  /** Whether a converter concluded it. */
  readonly inferred: boolean
}

/** Answers for every step of one run what it was allowed by. */
export function allowances(run: Loose): (step: Loose) => Allowed {
  const events = listAt(run, 'approvals')
  const decisions = new Map(listAt(run, 'policy_decisions').map((decision) => [decision['id'], decision]))
  const policies = new Map(listAt(run, 'policies').map((policy) => [policy['id'], policy]))
  const eventOf = (id: string | undefined, kind: string): Loose | undefined =>
    id === undefined ? undefined : events.find((event) => event['approval_id'] === id && event['event'] === kind)
  const machine = (approval: Loose): string | undefined => {
    const decision = decisions.get(approval['decision_id'])
    if (decision) return deciderName(decision)
    const id = textAt(approval, 'policy_id')
    return id === undefined ? undefined : policyName(policies.get(id) ?? { id })
  }

  return (step) => {
    const approval = objectAt(step, 'approval')
    const state = textAt(approval, 'state')
    if (state === undefined) return { state, by: 'not recorded', inferred: false }
    const id = textAt(approval, 'approval_id')
    const event = eventOf(id, state === 'auto_approved' ? 'approved' : state)
    const inferred = approval['basis'] === 'inferred' || event?.['basis'] === 'inferred'
    return { state, by: words(state, id, event, eventOf(id, 'requested'), machine(approval)), inferred }
  }
}

const words = (
  state: string,
  id: string | undefined,
  event: Loose | undefined,
  request: Loose | undefined,
  machine: string | undefined,
): string => {
  switch (state) {
    case 'approved':
      return event ? decision(event, request) : 'approved, by whom is not recorded'
    case 'denied': {
      if (event) return `denied by ${decision(event, request)}`
      return machine === undefined ? 'denied, by whom is not recorded' : `denied by ${machine}`
    }
    case 'auto_approved': {
      if (event) return `grant ${id} (${textAt(objectAt(event, 'grant'), 'scope') ?? 'scope not recorded'})`
      return machine ?? 'auto-approved, by what is not recorded'
    }
    case 'not_required':
      return machine === undefined ? 'not required' : `not required (${machine})`
    case 'requested':
      return 'asked, no answer recorded'
    default:
      return state
  }
}

/** A person's decision: who, when, how long it took, why. */
const decision = (event: Loose, request: Loose | undefined): string => {
  const at = textAt(event, 'at')
  const waited = request ? between(textAt(request, 'at'), at) : undefined
  const reason = textAt(event, 'reason')
  return [
    actorName(objectAt(event, 'actor')),
    at === undefined ? undefined : timeOfDay(at),
    waited === undefined ? undefined : `waited ${duration(waited)}`,
    reason === undefined ? undefined : `"${reason}"`,
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

/** Who decided, by name where there is one. */
export function actorName(actor: Loose): string {
  const name = textAt(actor, 'name') ?? textAt(actor, 'id')
  const kind = textAt(actor, 'kind')
  if (kind === 'agent') return name === undefined ? 'an agent' : `agent ${name}`
  return name ?? (kind === 'human' ? 'a person' : 'somebody')
}

/** What decided: `guard no-rm`, `policy repo-write v4`. */
export function deciderName(decision: Loose): string {
  const decider = objectAt(decision, 'decider')
  const policy = objectAt(decision, 'policy')
  const id = textAt(decider, 'id')
  if (id !== undefined) return `${textAt(decider, 'kind') ?? 'decider'} ${id}`
  if (textAt(policy, 'id') !== undefined) return policyName(policy)
  return textAt(decider, 'kind') === undefined ? 'a policy' : `a ${textAt(decider, 'kind')}`
}

const policyName = (policy: Loose): string => {
  const version = textAt(policy, 'version')
  return `policy ${textAt(policy, 'id')}${version === undefined ? '' : /^\d/.test(version) ? ` v${version}` : ` ${version}`}`
}
