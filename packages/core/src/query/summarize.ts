import type { AgentRun, RunSummary, SideEffect, Step } from '@agent-run/types'
import { isSealed } from '../seal/index.ts'
import { hasRun } from '../verify/approvals/gather.ts'
import type { Level } from '../verify/index.ts'

/** What a summary takes from elsewhere than the head of the run. */
interface Known {
  readonly level: Level
  readonly live: boolean
  /** Number of steps that ran, by the kind of their effects. */
  readonly effects: NonNullable<RunSummary['effects']>
}

/** A list shows many runs: a text is not longer in it than this many UTF-16 units, nor a list of tags than so many. */
const LONGEST_TEXT = 512
const MOST_TAGS = 64
const MOST_KINDS = 64

/** The head of a run as lists show it: without steps and private members, what is `null` left out. */
export const summarize = (run: AgentRun, { level, live, effects }: Known): RunSummary => {
  const { provenance } = run
  const summary: RunSummary = {
    id: run.id,
    agent_id: shown(run.agent_id),
    status: run.status,
    started_at: run.started_at,
    live,
    sealed: isSealed(run),
    level,
    steps_count: run.steps.length,
    run_hash: shown(provenance.run_hash),
  }
  if (typeof provenance.record_hash === 'string') summary.record_hash = provenance.record_hash
  for (const name of TEXTS) {
    const value = run[name]
    if (typeof value === 'string') summary[name] = shown(value)
  }
  if (typeof run.outcome === 'string') summary.outcome = run.outcome
  if (typeof run.trigger === 'string') summary.trigger = run.trigger
  if (typeof run.ended_at === 'string') summary.ended_at = run.ended_at
  if (typeof run.duration_ms === 'number') summary.duration_ms = run.duration_ms
  if (run.tags !== undefined) summary.tags = run.tags.slice(0, MOST_TAGS).map(shown)
  summary.cost = costOf(run.cost)
  if (run.eval) summary.eval = evalOf(run.eval)
  if (Object.keys(effects).length > 0) summary.effects = effects
  return summary
}

const TEXTS = [
  'agent_name',
  'agent_version',
  'model',
  'task_id',
  'session_id',
  'turn_id',
  'parent_run_id',
  'error_type',
] as const

const shown = (text: string): string => {
  if (text.length <= LONGEST_TEXT) return text
  const head = text.slice(0, LONGEST_TEXT - 1)
  // Half of a surrogate pair is no text.
  return `${/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head}…`
}

const costOf = ({ input_tokens, output_tokens, cost_usd, amount, unit }: AgentRun['cost']): AgentRun['cost'] => ({
  input_tokens,
  output_tokens,
  ...(typeof cost_usd === 'number' ? { cost_usd } : {}),
  ...(amount === undefined ? {} : { amount }),
  ...(unit === undefined ? {} : { unit: shown(unit) }),
})

const evalOf = ({ pass, score, benchmark_id }: NonNullable<AgentRun['eval']>): NonNullable<RunSummary['eval']> => ({
  pass,
  score,
  ...(typeof benchmark_id === 'string' ? { benchmark_id: shown(benchmark_id) } : {}),
})

/** Counts the steps that ran by the kinds of their effects; also of a run that goes on, one step after the other. */
export const createEffectCount = (
  before: RunSummary['effects'] = {},
): { add(step: Step): void; counts(): NonNullable<RunSummary['effects']> } => {
  const counts = new Map<string, number>(
    Object.entries(before).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
  return {
    add(step) {
      const { side_effects } = step
      if (side_effects === undefined || side_effects.length === 0 || !hasRun(step)) return
      for (const kind of kindsOf(side_effects)) {
        const count = counts.get(kind)
        if (count !== undefined || counts.size < MOST_KINDS) counts.set(kind, (count ?? 0) + 1)
      }
    },
    // Not by assignment: a name may be that of a setter.
    counts: () => Object.fromEntries(counts),
  }
}

const kindsOf = (effects: readonly SideEffect[]): Iterable<string> =>
  effects.length === 1 ? [effects[0]!.kind] : new Set(effects.map(({ kind }) => kind))
