import type { AgentRun } from '@agent-run/types'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { asString } from '../../conversion/json.ts'
import type { ParentRun } from '../../conversion/lineage.ts'
import type { PriceList } from '../../prices/price-list.ts'
import { about } from './about.ts'
import type { Delegation, Turn } from './turn.ts'

/** What is known about a turn beside its own lines. */
export interface Around {
  readonly digest: string | undefined
  readonly parent: ParentRun | undefined
  /** The delegation that it answers. */
  readonly delegation: Delegation | undefined
  readonly prices: PriceList | undefined
}

/** Makes the run of a turn. Nothing is added to the turn afterwards. */
export function finishTurn(turn: Turn, { digest, parent, delegation, prices }: Around): AgentRun {
  describe(turn, parent)
  const ending = endingOf(turn, delegation)
  if (ending.status === 'completed' && turn.lastText)
    turn.run.members.output_preview = turn.run.previewer.text(turn.lastText)
  return finishRun(turn.run, { ...ending, parent, about, formatVersion: turn.session.version, digest, prices })
}

/** Who ran, on what and in what surroundings. */
function describe({ run, session }: Turn, parent: ParentRun | undefined): void {
  const { members, previewer } = run
  const text = (value: string, length = 256): string => previewer.text(value, length)
  const { subAgent, git } = session
  members.session_id = text(session.id)
  members.agent_id = subAgent
    ? text(subAgent.role ?? (subAgent.kind === 'thread_spawn' ? 'codex' : subAgent.kind))
    : 'codex'
  if (subAgent?.nickname) members.agent_name = text(subAgent.nickname)
  members.runtime = 'codex'
  if (session.version) members.runtime_version = text(session.version)
  if (session.provider) members.provider = text(session.provider)
  const turnId = parent ? parent.run.turn_id : subAgent ? undefined : run.id
  if (turnId) members.turn_id = turnId
  if (parent || subAgent) members.trigger = 'agent'
  // A session of `exec` or an application may have been started by anything.
  else if (session.source === 'cli' || session.source === 'vscode') members.trigger = 'manual'
  const repository = asString(git?.repository_url)
  if (session.cwd || repository)
    members.scope = {
      ...(repository ? { repository: text(repository, 1024) } : {}),
      ...(session.cwd ? { root: text(session.cwd, 1024) } : {}),
    }
  const branch = asString(git?.branch)
  const commit = asString(git?.commit_hash)
  if (branch) members.git_branch = text(branch)
  if (commit) members.git_commit = text(commit)
}

/** How the turn ended. What the source does not show is `unknown`, never guessed to have gone well. */
function endingOf(turn: Turn, delegation: Delegation | undefined): Pick<Ending, 'status' | 'error' | 'errorType'> {
  const { phase, error, superseded } = turn
  if (phase === 'completed' || phase === 'answered') return { status: 'completed' }
  if (phase === 'cancelled') return { status: 'cancelled', error: 'interrupted by the user', errorType: 'cancelled' }
  if (phase === 'interrupted') return { status: 'interrupted', errorType: 'interrupted' }
  if (phase === 'failed' || error !== undefined)
    return {
      status: 'failed',
      error,
      errorType: error === 'the budget was used up' ? 'budget_exceeded' : 'provider_error',
    }
  const quiet = !turn.isWorking && turn.lastText !== undefined
  if (quiet && delegation?.ended) return { status: delegation.ended.failed ? 'failed' : 'completed' }
  if (superseded)
    return quiet && !turn.marked ? { status: 'completed' } : { status: 'interrupted', errorType: 'interrupted' }
  return { status: 'unknown' }
}
