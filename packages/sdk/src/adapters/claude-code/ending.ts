import type { AgentRun } from '@agent-run/types'
import type { Delegation, Turn } from './turn.ts'

/** How a turn ended. */
export interface TurnEnding {
  readonly status: AgentRun['status']
  readonly error?: string
  readonly errorType?: NonNullable<AgentRun['error_type']>
}

/** Reads off how a turn ended. What the source does not show is `unknown`, never guessed to have gone well. */
export function endingOf(turn: Turn, delegated: Delegation['ended']): TurnEnding {
  if (turn.interrupted) return { status: 'cancelled', error: 'interrupted by the user', errorType: 'cancelled' }
  if (turn.failure) return { status: 'failed', error: turn.failure.error, errorType: turn.failure.type }
  if (turn.phase === 'ended') return { status: 'completed' }
  if (delegated === 'failed') return { status: 'failed', error: 'the delegation failed', errorType: 'tool_failed' }
  const open = turn.calls.some(({ resolved, use }) => !resolved && use.stepType !== 'handoff')
  const answered = turn.phase === 'answered' && (turn.stopped || turn.yielded)
  if (!open && (answered || delegated === 'completed')) return { status: 'completed' }
  if (turn.superseded || turn.yielded) return { status: 'interrupted', errorType: 'interrupted' }
  return { status: 'unknown' }
}
