import { actorName, allowances, deciderName } from './allowed.ts'
import { type Loose, listAt, objectAt, textAt } from './loose.ts'
import { moment } from './moment.ts'
import { stepName } from './steps.ts'

/** Who and what decided in a run. */
export interface Decisions {
  /** Every event of a person's decision, in order; not yet safe to print. */
  readonly approvals: {
    readonly event: string
    /** Undefined where the record names nobody. */
    readonly by: string | undefined
    readonly about: string | undefined
    readonly at: string
    readonly reason: string | undefined
  }[]
  /** Decisions of machines that did more than let something pass. */
  readonly interventions: {
    readonly verdict: string
    readonly by: string
    readonly about: string | undefined
    readonly reasons: string[]
    readonly enforcement: string | undefined
  }[]
  /** Number of decisions of machines that let something pass. */
  readonly passed: number
  /** Number of tool calls by what is known about their approval; `not recorded` among them. */
  readonly calls: { readonly state: string; readonly by: string; times: number }[]
  /** Questions to people, and what was answered. */
  readonly questions: { readonly asked: string; readonly answered: string | undefined }[]
  /** Whether a converter concluded any of it. */
  readonly inferred: boolean
}

/** Collects what people and machines decided. */
export function decisionsOf(run: Loose): Decisions {
  const steps = listAt(run, 'steps')
  const names = new Map(steps.map((step, index) => [step['id'], stepName(step, index + 1).name]))
  const byCall = new Map(
    steps.flatMap((step) =>
      textAt(step, 'tool_call_id') ? [[step['tool_call_id'], names.get(step['id'])] as const] : [],
    ),
  )
  const about = (decision: Loose): string | undefined =>
    names.get(decision['step_id']) ?? byCall.get(decision['tool_call_id'])
  const allowedBy = allowances(run)
  const calls = new Map<string, { state: string; by: string; times: number }>()
  let inferred = false
  for (const step of steps) {
    const type = textAt(step, 'type')
    if (type !== 'tool_call' && type !== 'handoff') continue
    const allowed = allowedBy(step)
    inferred ||= allowed.inferred
    const state = allowed.state ?? 'not recorded'
    const key = state === 'auto_approved' ? `${state} ${allowed.by}` : state
    const known = calls.get(key) ?? { state, by: allowed.by, times: 0 }
    known.times++
    calls.set(key, known)
  }
  const decisions = listAt(run, 'policy_decisions')
  const harmless = decisions.filter(({ verdict }) => verdict === 'allow')
  return {
    approvals: listAt(run, 'approvals').map((event) => ({
      event: textAt(event, 'event') ?? 'unknown event',
      by: event['actor'] === undefined ? undefined : actorName(objectAt(event, 'actor')),
      about: about(event),
      at: moment(textAt(event, 'at') ?? 'time not recorded'),
      reason: textAt(event, 'reason'),
    })),
    interventions: decisions
      .filter(({ verdict }) => verdict !== 'allow')
      .map((decision) => ({
        verdict: textAt(decision, 'verdict') ?? 'unknown verdict',
        by: deciderName(decision),
        about: about(decision) ?? textAt(decision, 'boundary')?.replaceAll('_', ' '),
        reasons: reasonsOf(decision),
        enforcement: textAt(decision, 'enforcement'),
      })),
    passed: harmless.length,
    calls: [...calls.values()],
    questions: steps
      .filter(({ type }) => type === 'input_request')
      .map((step) => ({
        asked: questionIn(textAt(step, 'input_preview') ?? 'a question that is not recorded'),
        answered: textAt(step, 'output_preview'),
      })),
    inferred,
  }
}

/** The question itself, where it was recorded inside JSON, which may have been cut. */
const questionIn = (text: string): string => {
  const found = text.matchAll(/"question"\s*:\s*("(?:[^"\\]|\\.)*")/g)
  const questions = Array.from(found, ([, literal]) => unquoted(literal as string))
  return questions.length > 0 ? questions.join(' ') : text
}

const unquoted = (literal: string): string => {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal
  }
}

const reasonsOf = (decision: Loose): string[] => {
  const reasons = decision['reasons']
  return Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : []
}
