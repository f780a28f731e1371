import type { AgentRun, Step, StepMention } from '@agent-run/types'
import { shownText } from './difference.ts'

/** Whether a step is nothing but words of a model, which never repeat and do nothing. */
export const isTalk = ({ type, role }: Step): boolean => type === 'reasoning' || (type === 'message' && role !== 'user')

/** What a step did, apart from ids, times, consumption and the words of models: what is compared. */
export class StepView {
  readonly step: Step
  readonly index: number
  /** Whether private members of it or of its effects were erased. */
  readonly isErased: boolean
  /** What was done, so far as steps of two runs can agree in it; by name. */
  readonly settings: ReadonlyMap<string, string>

  constructor(step: Step, index: number, frame: Frame) {
    this.step = step
    this.index = index
    this.isErased = isErased(step) || (step.side_effects?.some(isErased) ?? false)
    this.settings = settingsOf(step, frame)
  }

  /** Equal for steps that agree in everything compared. */
  get fingerprint(): string {
    return JSON.stringify([...this.settings])
  }

  /** Equal for steps that did the same kind of thing to the same thing. */
  get subject(): string {
    return JSON.stringify([this.kind, this.settings.get('side_effects') ?? this.settings.get('input_preview') ?? null])
  }

  /** Equal for steps that did the same kind of thing. */
  get kind(): string {
    return JSON.stringify(KIND.map((name) => this.settings.get(name) ?? null))
  }
}

/** Members that say what kind of thing was done. */
const KIND = ['type', 'role', 'tool_name', 'mcp_server', 'agent_id']

const isErased = ({ private_hash, salt }: { private_hash?: string; salt?: string }): boolean =>
  typeof private_hash === 'string' && salt === undefined

/** What a step has in common with its run, and therefore does not tell by itself. */
export interface Frame {
  readonly agentId: string
  readonly model: string | undefined
  readonly promptVersion: string | undefined
  /** Folder the run worked in; where that was says nothing of what was done. */
  readonly root: string | undefined
}

/** What the steps of a run have in common. */
export const frameOf = (run: AgentRun): Frame => ({
  agentId: run.agent_id,
  model: run.model ?? undefined,
  promptVersion: run.prompt_version,
  root: run.scope?.root !== undefined && run.scope.root.length > 1 ? run.scope.root : undefined,
})

const settingsOf = (step: Step, frame: Frame): Map<string, string> => {
  const settings = new Map<string, string>()
  const add = (name: string, value: string | number | boolean | null | undefined): void => {
    if (value !== undefined && value !== null && value !== '') settings.set(name, String(value))
  }
  const within = (text: string): string => (frame.root === undefined ? text : text.replaceAll(frame.root, '.'))
  add('type', step.type)
  add('role', step.role)
  add('agent_id', step.agent_id === frame.agentId ? undefined : step.agent_id)
  add('tool_name', step.tool_name)
  add('mcp_server', step.mcp_server)
  add('model', isOwnModel(step.model, frame.model) ? undefined : step.model)
  add('prompt_version', step.prompt_version === frame.promptVersion ? undefined : step.prompt_version)
  if (isAsked(step) && typeof step.input_preview === 'string') add('input_preview', within(step.input_preview))
  add('status', step.status ?? statusOf(step.success))
  add('exit_code', step.exit_code)
  add('error_type', step.error_type)
  add('stop_reason', step.stop_reason)
  add('approval', step.approval?.state)
  add('permission', step.permission)
  add('attempt', step.attempt === 1 ? undefined : step.attempt)
  add('cache_hit', step.cache_hit === false ? undefined : step.cache_hit)
  add(
    'side_effects',
    step.side_effects
      ?.filter(({ kind }) => kind !== 'none')
      .map(({ kind, target_kind, target }) =>
        [kind, target === undefined ? target_kind : within(target)].filter((part) => part !== undefined).join(' '),
      )
      .join(', '),
  )
  return settings
}

/** Whether its input says what was done: that of a model is the whole conversation, and a command is named by its effect. */
const isAsked = ({ type, side_effects }: Step): boolean =>
  type !== 'model_call' &&
  type !== 'compaction' &&
  !side_effects?.some(({ kind, target }) => kind === 'exec' && target !== undefined)

const statusOf = (success: boolean | null | undefined): string | undefined =>
  typeof success === 'boolean' ? (success ? 'succeeded' : 'failed') : undefined

/** A provider answers with a longer name than was asked for: `claude-sonnet-4-5-20250929`. */
const isOwnModel = (model: string | undefined, requested: string | undefined): boolean =>
  model === undefined || (requested !== undefined && (model === requested || model.startsWith(`${requested}-`)))

const ABOUT = 200

/** A step as a comparison names it. */
export const mention = ({ step, index }: StepView, { agentId }: Frame): StepMention => {
  const target = step.side_effects?.find((effect) => effect.target !== undefined)?.target
  const about = (target ?? step.input_preview ?? step.child_run_id)?.replace(/\s+/gu, ' ').trim()
  const status = step.status ?? statusOf(step.success)
  return {
    index,
    id: shownText(step.id),
    type: step.type,
    ...(typeof step.tool_name === 'string' ? { tool_name: shownText(step.tool_name) } : {}),
    ...(typeof step.mcp_server === 'string' ? { mcp_server: shownText(step.mcp_server) } : {}),
    ...(step.agent_id === undefined || step.agent_id === agentId ? {} : { agent_id: shownText(step.agent_id) }),
    ...(status === undefined ? {} : { status }),
    ...(about
      ? {
          about: shownText(
            Array.from(about.slice(0, 2 * ABOUT))
              .slice(0, ABOUT)
              .join(''),
          ),
        }
      : {}),
  }
}
