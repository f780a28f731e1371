import type { AgentRun, RelatedRun } from '@agent-run/types'
import type { FileReport } from '../../conversion/report.ts'
import type { PriceList } from '../../prices/price-list.ts'
import { assembleRun } from './assemble.ts'
import { addCompactions } from './compactions.ts'
import { addContained, assignSides, isStray } from './contained.ts'
import { copied } from './copied.ts'
import { type AgentMeta, type Links, linkDelegations, type SubAgent, sessionFolder } from './delegations.ts'
import type { FileRead } from './read.ts'
import type { SideConversation, Transcript } from './transcript.ts'
import type { Delegation, Turn } from './turn.ts'
import type { Witnesses } from './witnesses.ts'

/** The runs of all files, and what the report says about how they came together. */
export interface Session {
  readonly runs: AgentRun[]
  readonly roles: readonly FileReport['role'][]
  /** Ids of the runs of sub-agents that have a transcript of their own. */
  readonly subAgents: ReadonlySet<string>
  /** Indices of files whose sub-agents no delegation was found for. */
  readonly unlinked: readonly number[]
  readonly contradictions: number
}

/** Brings the conversations of all files together – copies, sub-agents, compactions – and makes their runs. */
export function arrangeSession(
  reads: readonly FileRead[],
  { witnesses, prices }: { readonly witnesses: Witnesses; readonly prices: PriceList | undefined },
): Session {
  const roles = reads.map(roleOf)
  const transcripts = reads.map(({ transcript }) => transcript)
  const metas = new Map(reads.flatMap(({ meta }) => (meta ? [[meta.agentId, meta] as const] : [])))
  const main = transcripts.filter((_, index) => roles[index] === 'session')
  const owner = new Map<Turn, Transcript>()
  const turns = keepOne(
    main.flatMap((transcript) => transcript.turns.map((turn) => ({ turn, transcript }))),
    owner,
  )
  const ofAgents = transcripts.filter((_, index) => roles[index] === 'subagent')
  const ids = new Set(turns.map(({ id }) => id))
  const inside = assignSides(main, turns)
  const agents = [
    ...ofAgents.flatMap((transcript) => [...transcript.sides.values()].map((side) => ({ side, transcript }))),
    ...inside.filter(isStray),
  ].map(({ side, transcript }) => subAgent(side, transcript, metas, owner, ids))
  addCompactions(
    transcripts.filter((_, index) => roles[index] === 'compaction'),
    turns,
    owner,
  )

  const delegations = [...turns, ...agents.flatMap((agent) => agent.turns)].flatMap((turn) => turn.delegations)
  const links = linkDelegations(delegations, agents, (turn) => owner.get(turn)!)
  nameChildren(links)
  addContained(inside, links, owner)

  witnesses.testify([...owner.keys()])
  const runs = assembleAll(turns, agents, links, owner, prices)
  return {
    runs,
    roles,
    subAgents: new Set(agents.flatMap((agent) => agent.turns.map(({ id }) => id))),
    unlinked: [
      ...new Set(
        agents
          .filter(({ turns: own }) => own.some((turn) => !links.delegationOf.has(turn)))
          .map(({ transcript }) => transcripts.indexOf(transcript)),
      ),
    ],
    contradictions: [...owner.keys()].reduce((sum, turn) => sum + turn.contradictions, 0),
  }
}

function roleOf({ transcript, meta, witness }: FileRead): FileReport['role'] {
  if (meta) return 'metadata'
  if (transcript.turns.length > 0) return 'session'
  if (!transcript.isSide) return witness ?? 'unrecognised'
  return [...transcript.sides.values()].every(({ agentId }) => agentId?.startsWith('acompact-'))
    ? 'compaction'
    : 'subagent'
}

/** Of the copies of one turn the longest stays, of equal ones the first; the lines of the others are booked as copied. */
function keepOne(found: readonly { turn: Turn; transcript: Transcript }[], owner: Map<Turn, Transcript>): Turn[] {
  const best = new Map<string, { turn: Turn; transcript: Transcript }>()
  for (const candidate of found) {
    const known = best.get(candidate.turn.id)
    if (!known || candidate.turn.lines > known.turn.lines) best.set(candidate.turn.id, candidate)
  }
  const kept = found.filter((candidate) => best.get(candidate.turn.id) === candidate)
  for (const { turn, transcript } of found) {
    if (best.get(turn.id)?.turn !== turn) transcript.ledger.skipped(copied, turn.lines)
  }
  for (const { turn, transcript } of kept) owner.set(turn, transcript)
  return kept.map(({ turn }) => turn)
}

/** A sub-agent with those of its turns that no other transcript holds. */
function subAgent(
  side: SideConversation,
  transcript: Transcript,
  metas: ReadonlyMap<string, AgentMeta>,
  owner: Map<Turn, Transcript>,
  ids: Set<string>,
): SubAgent {
  const turns = side.conversation.turns.filter((turn) => {
    const copy = ids.has(turn.id)
    ids.add(turn.id)
    if (copy) transcript.ledger.skipped(copied, turn.lines)
    else owner.set(turn, transcript)
    return !copy
  })
  const meta = side.agentId === undefined ? undefined : metas.get(side.agentId)
  for (const turn of turns) turn.agentType = meta?.agentType ?? turn.agentType
  return { side, transcript, turns, meta, folder: sessionFolder(transcript.name) }
}

/** The hand-over names the run it led to; both steps of the parent carry it. */
function nameChildren({ childOf }: Links): void {
  for (const [delegation, child] of childOf) {
    const { step } = delegation.call.draft
    step.child_run_id = child.id
    step.agent_id ??= child.agentType ?? child.agentId ?? 'unknown'
    if (delegation.result) Object.assign(delegation.result.step, { child_run_id: child.id, agent_id: step.agent_id })
  }
}

/** Makes the runs, each before the runs it delegated to. */
function assembleAll(
  turns: readonly Turn[],
  agents: readonly SubAgent[],
  links: Links,
  owner: ReadonlyMap<Turn, Transcript>,
  prices: PriceList | undefined,
): AgentRun[] {
  const runs = new Map<Turn, AgentRun>()
  const counted = new Set<string>()
  const subAgents = new Map(agents.flatMap((agent) => agent.turns.map((turn) => [turn, agent] as const)))
  const make = (turn: Turn): void => {
    if (runs.has(turn)) return
    const delegation = links.delegationOf.get(turn)
    const parentRun = delegation && runs.get(delegation.turn)
    const handoff = parentRun?.steps.find(({ id }) => id === delegation?.call.draft.step.id)
    const agent = subAgents.get(turn)
    const run = assembleRun(turn, {
      digest: owner.get(turn)?.digest,
      agentId: agent ? agentIdOf(turn, agent, delegation) : 'claude-code',
      turnId: parentRun?.turn_id ?? (agent ? undefined : turnIdOf(turn)),
      parent: parentRun && handoff ? { run: parentRun, handoff } : undefined,
      isSubAgent: agent !== undefined,
      ended: delegation?.ended,
      related: relatedOf(turn, agent),
      prices,
      counted,
    })
    runs.set(turn, run)
    owner.get(turn)?.ledger.mapped(turn.lines)
    for (const own of turn.delegations) {
      const child = links.childOf.get(own)
      if (child) make(child)
    }
  }
  for (const turn of turns) make(turn)
  for (const turn of subAgents.keys()) make(turn)
  return [...runs.values()]
}

function agentIdOf(turn: Turn, agent: SubAgent, delegation: Delegation | undefined): string {
  return delegation?.call.draft.step.agent_id ?? agent.meta?.agentType ?? turn.agentType ?? 'unknown'
}

/** A run that an event started belongs to the turn of the human whose work sent the event. */
function turnIdOf(turn: Turn): string | undefined {
  if (turn.kind === 'compaction' && turn.trigger === undefined) return undefined
  const seen = new Set<Turn>()
  let source = turn
  while (source.follows && !seen.has(source)) {
    seen.add(source)
    source = source.follows
  }
  return source.id
}

function relatedOf(turn: Turn, agent: SubAgent | undefined): RelatedRun[] {
  if (turn.follows) return [{ relation: 'follows', run_id: turn.follows.id }]
  const first = agent?.turns[0]
  return first && first !== turn ? [{ relation: 'continues', run_id: first.id }] : []
}
