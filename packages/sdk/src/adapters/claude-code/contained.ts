import { adopt } from './adopt.ts'
import { copied } from './copied.ts'
import { indexDelegations, type Links } from './delegations.ts'
import type { SideConversation, Transcript } from './transcript.ts'
import type { Delegation, Turn } from './turn.ts'

/** A sub-agent's conversation that stands inside the transcript of a session, and the call it belongs to, if one is found. */
export interface Inside {
  readonly side: SideConversation
  readonly transcript: Transcript
  readonly delegation: Delegation | undefined
}

/** Reasons for leaving out lines, in the words of the report. */
const reasons = {
  copiedAgent: 'copy of what the transcript of the sub-agent says',
  progress: 'progress of a sub-agent that no delegation was found for',
} as const

/** Finds the call that each side conversation in a session's own file belongs to. */
export function assignSides(main: readonly Transcript[], turns: readonly Turn[]): Inside[] {
  const { byCall, byAgent, byPrompt } = indexDelegations(turns.flatMap((turn) => turn.delegations))
  const used = new Set<Delegation>()
  return main.flatMap((transcript) =>
    [...transcript.sides.values()].map((side) => {
      const key = side.callId === undefined ? side.conversation.turns[0]?.promptKey : undefined
      const delegation =
        byCall.get(side.callId ?? '')?.[0] ??
        byAgent.get(side.agentId ?? '')?.[0] ??
        byPrompt.get(key ?? '')?.find((candidate) => !used.has(candidate))
      if (delegation) used.add(delegation)
      return { side, transcript, delegation }
    }),
  )
}

/** A branch of the oldest versions that nobody delegated: it stands alone, as if in a file of its own. */
export const isStray = ({ side, delegation }: Inside): boolean => !side.copied && !delegation

/** Sub-agents that are only known from their parent's transcript become contained steps of the run that called them. */
export function addContained(inside: readonly Inside[], links: Links, owner: ReadonlyMap<Turn, Transcript>): void {
  for (const { side, transcript, delegation } of inside) {
    if (isStray({ side, transcript, delegation })) continue
    const { turns } = side.conversation
    const lines = turns.reduce((sum, turn) => sum + turn.lines, 0)
    if (!delegation) transcript.ledger.skipped(reasons.progress, lines)
    else if (links.childOf.has(delegation)) transcript.ledger.skipped(reasons.copiedAgent, lines)
    else if (owner.get(delegation.turn) !== transcript) transcript.ledger.skipped(copied, lines)
    else for (const turn of turns) adopt(delegation.turn, delegation, turn, side.copied)
  }
}
