import { actorName } from './allowed.ts'
import { type Loose, listAt, numberAt, objectAt, textAt } from './loose.ts'
import { between, moment, span } from './moment.ts'
import { neverRan, resultOf, type StepName, statusOf, stepName, wentWrong } from './steps.ts'

/** What became of a run, and what it was. */
export interface Verdict {
  readonly id: string | undefined
  readonly status: string
  readonly outcome: string | undefined
  /** `good`, `bad`, `open` (still going on) or `unclear`. */
  readonly tone: 'good' | 'bad' | 'open' | 'unclear'
  readonly agent: string
  readonly agentId: string | undefined
  readonly model: string | undefined
  readonly runtime: string | undefined
  readonly turn: string | undefined
  readonly session: string | undefined
  readonly trigger: string | undefined
  readonly when: string
  readonly startedAt: string | undefined
  readonly durationMs: number | undefined
  /** What the runtime says went wrong. */
  readonly error: string | undefined
  readonly errorType: string | undefined
  /** The step that explains the end; only if the run did not simply succeed. */
  readonly failure:
    | (StepName & {
        readonly result: string
        readonly errorType: string | undefined
        /** A person's denial that stopped the run, its last action, or the first failure nothing made up for. */
        readonly cause: 'denied' | 'stopped' | 'trouble'
        /** Who denied it. */
        readonly by: string | undefined
      })
    | undefined
  /** Beginnings of what was asked and answered. */
  readonly asked: string | undefined
  readonly answered: string | undefined
  readonly intent: string | undefined
  /** Relations to other runs, the one that started it first. */
  readonly relations: { readonly relation: string; readonly run: string }[]
}

const BAD = new Set(['failed', 'timeout', 'cancelled', 'interrupted'])
const OPEN = new Set(['pending', 'running', 'paused'])

/** The first lines of a receipt. */
export function verdictOf(run: Loose): Verdict {
  const status = textAt(run, 'status') ?? 'unknown'
  const outcome = textAt(run, 'outcome')
  const tone = toneOf(status, outcome)
  const started = textAt(run, 'started_at')
  const ended = textAt(run, 'ended_at')
  const name = textAt(run, 'agent_name') ?? textAt(run, 'agent_id') ?? 'agent not recorded'
  const parent = textAt(run, 'parent_run_id')
  const related = listAt(run, 'related').flatMap((other) => {
    const [relation, id] = [textAt(other, 'relation'), textAt(other, 'run_id')]
    return relation === undefined || id === undefined ? [] : [{ relation: relation.replaceAll('_', ' '), run: id }]
  })
  return {
    id: textAt(run, 'id'),
    status,
    outcome,
    tone,
    agent: [name === 'unknown' ? 'unknown agent' : name, textAt(run, 'agent_version')].filter(Boolean).join(' '),
    agentId: textAt(run, 'agent_id'),
    model: textAt(run, 'model') ?? textAt(objectAt(run, 'provenance'), 'model_version'),
    runtime: [textAt(run, 'runtime'), textAt(run, 'runtime_version')].filter(Boolean).join(' ') || undefined,
    turn: textAt(run, 'turn_id'),
    session: textAt(run, 'session_id'),
    trigger: textAt(run, 'trigger'),
    when: whenOf(started, ended, tone),
    startedAt: started,
    durationMs: numberAt(run, 'duration_ms') ?? between(started, ended),
    error: textAt(run, 'error'),
    errorType: textAt(run, 'error_type'),
    failure: tone === 'good' ? undefined : failureOf(run),
    asked: textAt(run, 'input_preview'),
    answered: textAt(run, 'output_preview'),
    intent: textAt(run, 'intent'),
    relations: [...(parent === undefined ? [] : [{ relation: 'started by', run: parent }]), ...related],
  }
}

/** What a status and an outcome together say of a run. */
export const toneOf = (status: string, outcome: string | undefined): Verdict['tone'] => {
  if (BAD.has(status) || outcome === 'failed' || outcome === 'abandoned' || outcome === 'rolled_back') return 'bad'
  if (OPEN.has(status)) return 'open'
  if (status !== 'completed') return 'unclear'
  return outcome === 'partial' || outcome === 'escalated' ? 'unclear' : 'good'
}

const whenOf = (started: string | undefined, ended: string | undefined, tone: Verdict['tone']): string => {
  if (started === undefined)
    return ended === undefined ? 'times not recorded' : `ended ${moment(ended)}, start not recorded`
  if (ended !== undefined) return span(started, ended)
  return tone === 'open' ? `since ${moment(started)}` : `${moment(started)} → end not recorded`
}

/** Steps that only speak of what happened before them. */
const SPEAKING = new Set(['model_call', 'message', 'reasoning'])

/** What a run stopped at: what a person denied, its last action, or the first failure that nothing made up for. */
const failureOf = (run: Loose): Verdict['failure'] => {
  const steps = listAt(run, 'steps')
  const denial = listAt(run, 'approvals').find((event) => event['event'] === 'denied' && event['stops_run'] === true)
  const denied = denial === undefined ? -1 : steps.findIndex((step) => isAbout(denial, step))
  if (denial !== undefined && denied >= 0)
    return failureAt(steps, denied, 'denied', actorName(objectAt(denial, 'actor')))
  const lastAction = steps.findLastIndex((step) => !SPEAKING.has(textAt(step, 'type') ?? ''))
  const last = steps[lastAction]
  if (last !== undefined && wentWrong(last)) return failureAt(steps, lastAction, 'stopped')
  const madeUpFor = new Set(steps.flatMap((step) => [step['retry_of'], step['fallback_from']]))
  const open = (step: Loose): boolean => wentWrong(step) && !madeUpFor.has(textAt(step, 'id'))
  const failed = steps.findIndex((step) => open(step) && !neverRan(step))
  return failureAt(steps, failed >= 0 ? failed : steps.findIndex(open), 'trouble')
}

const isAbout = (event: Loose, step: Loose): boolean =>
  (['id', 'tool_call_id'] as const).some((member) => {
    const id = textAt(event, member === 'id' ? 'step_id' : member)
    return id !== undefined && textAt(step, member) === id
  })

const failureAt = (
  steps: readonly Loose[],
  index: number,
  cause: 'denied' | 'stopped' | 'trouble',
  by?: string,
): Verdict['failure'] => {
  const step = steps[index]
  if (step === undefined) return undefined
  return {
    ...stepName(step, index + 1),
    result: resultOf(step) || (statusOf(step) ?? 'failed'),
    errorType: textAt(step, 'error_type'),
    cause,
    by,
  }
}
