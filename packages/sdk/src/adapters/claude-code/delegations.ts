import type { SideConversation, Transcript } from './transcript.ts'
import type { Delegation, Turn } from './turn.ts'

/** What a sub-agent's `.meta.json` says. */
export interface AgentMeta {
  readonly agentId: string
  readonly agentType: string | undefined
  readonly toolUseId: string | undefined
}

/** A sub-agent with a transcript of its own: its conversation, and the file it stands in. */
export interface SubAgent {
  readonly side: SideConversation
  readonly transcript: Transcript
  readonly turns: readonly Turn[]
  readonly meta: AgentMeta | undefined
  /** Folder of the session that the file lies in, going by its name. */
  readonly folder: { readonly path: string; readonly session: string } | undefined
}

/** Which turn of a sub-agent answers which delegation. */
export interface Links {
  readonly childOf: ReadonlyMap<Delegation, Turn>
  readonly delegationOf: ReadonlyMap<Turn, Delegation>
}

/** Delegations by what they can be recognised by. */
export interface DelegationIndex {
  readonly byCall: ReadonlyMap<string, readonly Delegation[]>
  readonly byAgent: ReadonlyMap<string, readonly Delegation[]>
  readonly byPrompt: ReadonlyMap<string, readonly Delegation[]>
}

/** Makes an index over delegations; each list is in their order. */
export function indexDelegations(delegations: readonly Delegation[]): DelegationIndex {
  const byCall = new Map<string, Delegation[]>()
  const byAgent = new Map<string, Delegation[]>()
  const byPrompt = new Map<string, Delegation[]>()
  const put = (index: Map<string, Delegation[]>, key: string | undefined, delegation: Delegation): void => {
    if (key === undefined) return
    const found = index.get(key)
    if (found) found.push(delegation)
    else index.set(key, [delegation])
  }
  for (const delegation of delegations) {
    put(byCall, delegation.call.callId, delegation)
    put(byAgent, delegation.agentId, delegation)
    put(byPrompt, delegation.call.promptKey, delegation)
  }
  return { byCall, byAgent, byPrompt }
}

/**
 * Finds the delegation that started each sub-agent, from the surest sign to the weakest: the call named in `.meta.json`,
 * the agent id in the result, the same prompt in the same session, and at last being the only ones left of a session.
 * A sub-agent that was called again answers one delegation after the other with one turn after the other.
 */
export function linkDelegations(
  delegations: readonly Delegation[],
  agents: readonly SubAgent[],
  transcriptOf: (turn: Turn) => Transcript,
): Links {
  const childOf = new Map<Delegation, Turn>()
  const delegationOf = new Map<Turn, Delegation>()
  const index = indexDelegations(delegations)
  const near = ({ turn }: Delegation, agent: SubAgent): boolean => isNear(turn, transcriptOf(turn), agent)
  const of = (found: ReadonlyMap<string, readonly Delegation[]>, key: string | undefined): readonly Delegation[] =>
    (key === undefined ? undefined : found.get(key)) ?? []
  const signs: readonly ((agent: SubAgent) => readonly Delegation[])[] = [
    ({ meta }) => of(index.byCall, meta?.toolUseId),
    (agent) => of(index.byAgent, agent.side.agentId).filter((delegation) => near(delegation, agent)),
    ({ side }) => of(index.byAgent, side.agentId),
    (agent) =>
      of(index.byPrompt, agent.turns[0]?.promptKey).filter(
        (delegation) => !childOf.has(delegation) && near(delegation, agent),
      ),
  ]
  const link = (delegation: Delegation, agent: SubAgent): void => {
    const next = agent.turns.find((turn) => !delegationOf.has(turn))
    // A turn cannot be its own child, and no agent its own ancestor.
    if (!next || childOf.has(delegation) || isAncestor(next, delegation.turn, delegationOf)) return
    childOf.set(delegation, next)
    delegationOf.set(next, delegation)
    delegation.agentId ??= agent.side.agentId
  }
  for (const sign of signs) {
    for (const agent of agents) for (const delegation of sign(agent)) link(delegation, agent)
  }
  const free = delegations.filter(
    (delegation) => !childOf.has(delegation) && delegation.agentId === undefined && delegation.ended !== 'failed',
  )
  const alone = agents.filter(({ turns }) => turns.length > 0 && turns.every((turn) => !delegationOf.has(turn)))
  for (const agent of alone) {
    const [only, ...others] = free.filter((delegation) => near(delegation, agent) && !childOf.has(delegation))
    if (!only || others.length > 0 || !startsAfter(only, agent)) continue
    if (!alone.some((other) => other !== agent && near(only, other))) link(only, agent)
  }
  return { childOf, delegationOf }
}

const startsAfter = ({ call }: Delegation, agent: SubAgent): boolean => {
  const start = agent.turns[0]?.start?.ms
  const called = call.draft.step.started_at
  return start === undefined || called === null || Date.parse(called) <= start + 1000
}

/** The folder of the session that a sub-agent's file lies in: its path, and its last part. */
export function sessionFolder(name: string): SubAgent['folder'] {
  const match = /^((?:.*[\\/])?([^\\/]+))[\\/]subagents[\\/]/.exec(name)
  return match ? { path: match[1] ?? '', session: match[2] ?? '' } : undefined
}

/** True if a sub-agent's file belongs to the session of a turn: by session id, else by the folder it lies in. */
function isNear(turn: Turn, transcript: Transcript, { turns, folder }: SubAgent): boolean {
  if (turn.sessionId !== undefined && turns.some(({ sessionId }) => sessionId === turn.sessionId)) return true
  if (!folder) return false
  const { path, session } = folder
  return (
    transcript.name === `${path}.jsonl` ||
    session === turn.sessionId ||
    transcript.name.startsWith(`${path}/subagents/`)
  )
}

function isAncestor(candidate: Turn, of: Turn, delegationOf: ReadonlyMap<Turn, Delegation>): boolean {
  for (let turn: Turn | undefined = of; turn; turn = delegationOf.get(turn)?.turn) if (turn === candidate) return true
  return false
}
