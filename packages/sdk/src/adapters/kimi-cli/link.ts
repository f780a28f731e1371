import { isAbove } from '../../conversion/lineage.ts'
import type { Delegation, Turn } from './turn.ts'

/** A turn of a sub-agent and what it answers. */
export interface Link {
  readonly parent: Turn
  readonly delegation: Delegation
}

/**
 * Finds the turns that sub-agents worked on, in the same folder: by the agent that the result of the call names, else by
 * the same task, else by being the next that began after the call. One turn answers one delegation.
 */
export function linkTurns(turns: readonly Turn[], folders: ReadonlyMap<Turn, string>): Map<Turn, Link> {
  const links = new Map<Turn, Link>()
  const subTurns = turns.filter(({ log }) => log.isSubAgent)
  for (const parent of turns)
    for (const delegation of parent.delegations) {
      const free = subTurns.filter(
        (turn) =>
          !links.has(turn) && folders.get(turn) === folders.get(parent) && !isAbove(turn, parent, links, isSame),
      )
      const child = childOf(delegation, free)
      if (!child) continue
      links.set(child, { parent, delegation })
      delegation.call.draft.step.child_run_id = child.run.id
      if (delegation.ended) delegation.ended.result.step.child_run_id = child.run.id
    }
  return links
}

function childOf({ agentId, prompt, at }: Delegation, free: readonly Turn[]): Turn | undefined {
  if (agentId !== undefined) {
    const named = free.find(({ log }) => log.agentId === agentId)
    if (named) return named
  }
  // The task may be preceded by what the client adds to it.
  const told = prompt === undefined ? undefined : free.find((turn) => turn.prompt?.endsWith(prompt))
  if (told) return told
  const later = free.filter(({ run }) => at && run.start && run.start.ms >= at.ms && run.start.ms - at.ms < 60_000)
  return later.sort((a, b) => (a.run.start?.ms ?? 0) - (b.run.start?.ms ?? 0))[0]
}

/** Whether two turns are of the same log. */
const isSame = (a: Turn, b: Turn): boolean => a.log.id === b.log.id
