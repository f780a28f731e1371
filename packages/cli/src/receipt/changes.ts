import { type Allowed, allowances } from './allowed.ts'
import { type Loose, listAt, textAt } from './loose.ts'
import { callWords, neverRan, resultOf } from './steps.ts'

/** Something that was done to the world, however often, with how it ended and what allowed it. */
export interface Change {
  readonly kind: string
  /** File, command, host …; undefined: not recorded. Not yet safe to print. */
  readonly target: string | undefined
  readonly targetKind: string | undefined
  /** What the tool calls it, where there is no target. */
  readonly operation: string | undefined
  /** Agent that did it, where it is not the run's own. */
  readonly agent: string | undefined
  /** How it ended each time, the same one after the other said once. */
  readonly results: { readonly result: string; times: number }[]
  readonly allowed: Allowed
  /** Numbers of the steps, from 1. */
  readonly steps: number[]
  /** Whether it can be undone; undefined: not recorded. */
  readonly reversible: string | undefined
  /** Whether it happened at all: false for what was denied or skipped. */
  readonly ran: boolean
  /** Whether a converter concluded it from the call. */
  readonly inferred: boolean
}

/** What the steps of a run did outside themselves. */
export interface Effects {
  /** Everything but reading, by kind and then in the order of happening. */
  readonly changes: Change[]
  /** What was read, in the order of happening. */
  readonly reads: { readonly target: string; times: number; readonly ran: boolean }[]
  /** Tools whose calls have no effects recorded, not even that there were none. */
  readonly unrecorded: { readonly tool: string; times: number }[]
}

/** Changes of files first, then what reaches further, then commands and hosts. */
const ORDER = [
  'write',
  'delete',
  'memory',
  'schedule',
  'process',
  'message',
  'credential',
  'payment',
  'deploy',
  'other',
]
const LAST = ['exec', 'network']

/** Collects the effects of a run by name. */
export function effectsOf(run: Loose): Effects {
  const allowedBy = allowances(run)
  const own = textAt(run, 'agent_id')
  const changes = new Map<string, Change>()
  const reads = new Map<string, { target: string; times: number; ran: boolean }>()
  const unrecorded = new Map<string, { tool: string; times: number }>()
  for (const [index, step] of listAt(run, 'steps').entries()) {
    const effects = listAt(step, 'side_effects')
    const tool = textAt(step, 'tool_name')
    if (effects.length === 0 && tool !== undefined && textAt(step, 'type') === 'tool_call') {
      const known = unrecorded.get(tool) ?? { tool, times: 0 }
      known.times++
      unrecorded.set(tool, known)
    }
    for (const effect of effects) {
      const kind = textAt(effect, 'kind') ?? 'other'
      if (kind === 'none') continue
      if (kind === 'read') addRead(reads, effect, tool, !neverRan(step))
      else addChange(changes, { step, effect, kind, number: index + 1, allowed: allowedBy(step), own })
    }
  }
  const rank = ({ kind }: Change): number => {
    const at = ORDER.indexOf(kind)
    return at !== -1 ? at : LAST.includes(kind) ? ORDER.length + LAST.indexOf(kind) : ORDER.length - 1
  }
  return {
    changes: [...changes.values()].sort((a, b) => rank(a) - rank(b)),
    reads: [...reads.values()],
    unrecorded: [...unrecorded.values()],
  }
}

const addRead = (
  reads: Map<string, { target: string; times: number; ran: boolean }>,
  effect: Loose,
  tool: string | undefined,
  ran: boolean,
): void => {
  const target = textAt(effect, 'target') ?? textAt(effect, 'operation') ?? tool
  if (target === undefined) return
  const key = `${ran}${target}`
  const known = reads.get(key) ?? { target, times: 0, ran }
  known.times++
  reads.set(key, known)
}

interface Occurrence {
  readonly step: Loose
  readonly effect: Loose
  readonly kind: string
  readonly number: number
  readonly allowed: Allowed
  readonly own: string | undefined
}

const addChange = (changes: Map<string, Change>, { step, effect, kind, number, allowed, own }: Occurrence): void => {
  const agent = textAt(step, 'agent_id')
  const ran = !neverRan(step)
  const change: Change = {
    kind,
    target: textAt(effect, 'target'),
    targetKind: textAt(effect, 'target_kind'),
    operation: callWords(step, textAt(effect, 'operation')),
    agent: agent === own ? undefined : agent,
    results: [],
    allowed,
    steps: [],
    reversible: textAt(effect, 'reversible'),
    ran,
    inferred: effect['basis'] === 'inferred',
  }
  const what = change.target ?? `operation ${change.operation}`
  const key = JSON.stringify([kind, what, change.agent, ran, allowed.state, allowed.by])
  const known = changes.get(key) ?? change
  changes.set(key, known)
  if (known.steps.at(-1) !== number) known.steps.push(number)
  const result = resultOf(step)
  const last = known.results.at(-1)
  if (last?.result === result) last.times++
  else known.results.push({ result, times: 1 })
}
