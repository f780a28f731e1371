import { isAbove } from '../../conversion/lineage.ts'
import type { Delegation, Turn } from './turn.ts'

/** A turn of a sub-agent and what it answers. */
export interface Link {
  readonly parent: Turn
  readonly delegation: Delegation
}

/** How long after a hand-over without an end its sub-agent may begin, in milliseconds. */
const patience = 60_000

/**
 * Finds the turns that sub-agents worked on, by the session (or path) that a delegation names, else by the session that
 * names its parent, else – a review names neither – by folder and time. One turn answers one delegation, in order.
 */
export function linkTurns(turns: readonly Turn[]): Map<Turn, Link> {
  const links = new Map<Turn, Link>()
  const bySession = new Map<string, Turn[]>()
  for (const turn of turns) bySession.set(turn.session.id, [...(bySession.get(turn.session.id) ?? []), turn])
  const linked = new Set<Delegation>()
  const bind = (parent: Turn, delegation: Delegation, child: Turn | undefined): void => {
    if (!child || linked.has(delegation) || isAbove(child, parent, links, isSame)) return
    linked.add(delegation)
    links.set(child, { parent, delegation })
    delegation.draft.step.child_run_id = child.run.id
    if (delegation.ended) delegation.ended.result.step.child_run_id = child.run.id
  }
  const free = (candidates: readonly Turn[] | undefined): Turn | undefined =>
    candidates?.find((turn) => !links.has(turn) && turn.session.subAgent)
  const everyDelegation = turns.flatMap((parent) => parent.delegations.map((delegation) => ({ parent, delegation })))
  for (const { parent, delegation } of everyDelegation) {
    const { thread } = delegation
    if (thread === undefined) continue
    const named = bySession.get(thread) ?? turns.filter(({ session }) => isChildAt(session, parent, thread))
    bind(parent, delegation, free(named))
  }
  for (const { parent, delegation } of everyDelegation) {
    if (delegation.kind === 'spawn' && delegation.thread === undefined)
      bind(
        parent,
        delegation,
        free(turns.filter(({ session }) => isChild(session, parent) && isAfter(session, delegation))),
      )
    if (delegation.kind === 'review') bind(parent, delegation, reviewOf(parent, delegation, turns, links))
  }
  return links
}

const isChild = (session: Turn['session'], parent: Turn): boolean =>
  session.subAgent?.parentThread === parent.session.id

const isChildAt = (session: Turn['session'], parent: Turn, path: string): boolean =>
  isChild(session, parent) && (session.subAgent?.path === path || session.subAgent?.path?.endsWith(`/${path}`) === true)

const isAfter = ({ created }: Turn['session'], { at }: Delegation): boolean =>
  !created || !at || created.ms >= at.ms - 1000

/** The review in the same folder that began next after the delegation. */
function reviewOf(
  parent: Turn,
  { at, ended }: Delegation,
  turns: readonly Turn[],
  links: ReadonlyMap<Turn, Link>,
): Turn | undefined {
  if (!at) return undefined
  const until = ended?.at?.ms ?? at.ms + patience
  const near = turns.filter(({ session }) => {
    const { subAgent, created, cwd } = session
    if (subAgent?.kind !== 'review' || !created || cwd !== parent.session.cwd) return false
    if (subAgent.parentThread !== undefined && subAgent.parentThread !== parent.session.id) return false
    return created.ms >= at.ms - 1000 && created.ms <= until
  })
  return near
    .filter((turn) => !links.has(turn))
    .sort((a, b) => (a.session.created?.ms ?? 0) - (b.session.created?.ms ?? 0))[0]
}

/** Whether two turns are of the same session. */
const isSame = (a: Turn, b: Turn): boolean => a.session === b.session
