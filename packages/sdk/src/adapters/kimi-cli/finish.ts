import type { AgentRun } from '@agent-run/types'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import type { ParentRun } from '../../conversion/lineage.ts'
import type { PriceList } from '../../prices/price-list.ts'
import { about } from './about.ts'
import type { Delegation, Turn } from './turn.ts'

/** What is known about a turn beside its own lines. */
export interface Around {
  readonly digest: string | undefined
  readonly parent: ParentRun | undefined
  readonly delegation: Delegation | undefined
  readonly prices: PriceList | undefined
}

/** Makes the run of a turn. Nothing is added to the turn afterwards. */
export function finishTurn(turn: Turn, { digest, parent, delegation, prices }: Around): AgentRun {
  const { run, log, begun } = turn
  const { members, previewer } = run
  const text = (value: string, length = 256): string => previewer.text(value, length)
  // Of a sub-agent the profile is its name; the main agent has the profile `agent`.
  members.agent_id = log.isSubAgent ? text(log.profile ?? log.agentId ?? 'unknown') : 'kimi-cli'
  if (log.isSubAgent && log.agentId) members.agent_name = text(log.agentId)
  members.runtime = 'kimi-cli'
  if (log.provider) members.provider = text(log.provider)
  if (begun.model) members.model = text(begun.model)
  const turnId = parent ? parent.run.turn_id : log.isSubAgent ? undefined : run.id
  if (turnId) members.turn_id = turnId
  if (turn.config) members.model_config = turn.config
  if (begun.mode) members.permissions = { approval_mode: text(begun.mode, 64) }
  if (log.cwd) members.scope = { root: text(log.cwd, 1024) }
  if (log.tools && log.tools.length > 0) members.tools_available = [...new Set(log.tools)].map((name) => text(name))
  const ending = endingOf(turn, delegation)
  if (ending.status === 'completed' && turn.lastText) members.output_preview = text(turn.lastText, 2000)
  return finishRun(run, { ...ending, parent, about, formatVersion: log.protocol, digest, prices })
}

/** How the turn ended. What the source does not show is `unknown`, never guessed to have gone well. */
function endingOf(turn: Turn, delegation: Delegation | undefined): Pick<Ending, 'status' | 'error' | 'errorType'> {
  const { phase } = turn
  if (phase === 'completed') return { status: 'completed' }
  if (phase === 'cancelled') return { status: 'cancelled', error: 'interrupted by the user', errorType: 'cancelled' }
  if (phase === 'failed') return { status: 'failed', error: turn.error, errorType: 'provider_error' }
  const open = [...turn.calls.values()].some((call) => call.open)
  if (turn.answered && !open) return { status: 'completed' }
  if (delegation?.ended && !open) return { status: delegation.ended.failed ? 'failed' : 'completed' }
  return turn.superseded ? { status: 'interrupted', errorType: 'interrupted' } : { status: 'unknown' }
}
