import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { NESTED, privateMembers, runHash, stepsRoot } from '../bytes/seal.ts'
import type { Journal } from './journal-lines.ts'

const LISTS: ReadonlyMap<string, string> = new Map([
  ['approval', 'approvals'],
  ['policy_decision', 'policy_decisions'],
  ['artifact', 'artifacts'],
  ['evidence', 'evidence'],
])

type Draft = Record<string, Json>

/** The least that is a run. */
export const blankRun = (): JsonObject => ({
  id: '-',
  agent_id: '-',
  status: 'running',
  started_at: null,
  steps: [],
  cost: { input_tokens: null, output_tokens: null },
  provenance: { run_hash: '-' },
})

/**
 * The run that the lines of a sound journal give (spec/journal.md, The fold).
 * @param live whether the run is known to be going on
 */
export const fold = ({ chained, privates }: Journal, live: boolean): JsonObject => {
  const [first, ...rest] = chained
  const run: Draft = { status: 'running', ...first!.data }
  const provenance: Draft = { ...(run.provenance as JsonObject) }
  const steps: JsonObject[] = []
  const started = new Map<Json | undefined, JsonObject>()
  const lists = new Map<string, JsonObject[]>([...LISTS.values()].map((name) => [name, []]))
  let sealed: JsonObject | undefined
  for (const { type, data } of rest) {
    const list = LISTS.get(type)
    if (type === 'run.updated') {
      const { provenance: changes, ...members } = data
      patch(run, members)
      if (isObject(changes)) patch(provenance, changes)
    } else if (type === 'run.paused') run.status = 'paused'
    else if (type === 'run.resumed') {
      run.status = 'running'
      delete run.ended_at
      delete run.duration_ms
    } else if (type === 'step.started') started.set(data.id, data)
    else if (type === 'step.ended') steps.push(data)
    else if (type === 'run.sealed') sealed = data
    else if (list !== undefined) lists.get(list)?.push(data)
  }
  const going = live && sealed === undefined
  if (!going && (run.status === 'pending' || run.status === 'running')) {
    run.status = 'interrupted'
    run.ended_at ??= null
  }
  const ended = new Set(steps.map(({ id }) => id))
  const open = [...started].filter(([id]) => !ended.has(id)).map(([, step]) => leftOpen(step, run.status, going))
  for (const [name, items] of lists) if (items.length > 0) run[name] = items
  run.steps = [...steps, ...open]
  run.cost ??= lowerBound(run.steps as readonly JsonObject[])
  run.provenance = withSeal(provenance, steps, sealed)
  run.provenance = { ...run.provenance, run_hash: runHash(run) }
  const byHash = new Map([...privates].reverse().map(({ value }) => [value.private, value]))
  return restore('run', run, byHash)
}

const patch = (object: Draft, changes: JsonObject): void => {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null && name !== 'ended_at') delete object[name]
    else object[name] = value
  }
}

const leftOpen = (step: JsonObject, run: Json | undefined, going: boolean): JsonObject => {
  if (going || run === 'paused') return { status: 'running', ...step }
  const { status } = step
  if (status !== undefined && status !== 'pending' && status !== 'running') return step
  return { ended_at: null, ...step, status: run === 'interrupted' ? 'interrupted' : 'unknown' }
}

/** The cost of a run for which nobody wrote one down. */
const lowerBound = (steps: readonly JsonObject[]): JsonObject => {
  const total = (name: string): number | null => {
    const numbers = steps.flatMap(({ cost }) => (isObject(cost) && typeof cost[name] === 'number' ? [cost[name]] : []))
    const sum = numbers.reduce((one, other) => one + other, 0)
    return numbers.length === 0 || sum > Number.MAX_SAFE_INTEGER ? null : sum
  }
  const [input_tokens, output_tokens, cost_usd] = [total('input_tokens'), total('output_tokens'), total('cost_usd')]
  if (input_tokens === null && output_tokens === null && cost_usd === null)
    return { input_tokens, output_tokens, basis: 'unknown' }
  return { input_tokens, output_tokens, ...(cost_usd === null ? {} : { cost_usd }), basis: 'lower_bound' }
}

const withSeal = (provenance: Draft, steps: readonly JsonObject[], sealed: JsonObject | undefined): JsonObject => {
  // Without a signature it would look like a stripped one.
  if (sealed === undefined) {
    const { signed_by: _key, ...rest } = provenance
    return rest
  }
  const stated = isObject(sealed.provenance) ? sealed.provenance : {}
  const taken = ['journal_head', 'sealed_at', 'record_hash', 'signature'].filter((name) => Object.hasOwn(stated, name))
  return {
    ...(Object.hasOwn(stated, 'signed_by') ? { signed_by: stated.signed_by! } : {}),
    ...provenance,
    ...Object.fromEntries(taken.map((name) => [name, stated[name]!])),
    ...(Object.hasOwn(stated, 'steps_count') ? { steps_count: steps.length } : {}),
    ...(Object.hasOwn(stated, 'steps_root') ? { steps_root: stepsRoot(steps) } : {}),
  }
}

/** An object with its private members, as far as there are lines that hold them, and what is in it likewise. */
const restore = (kind: string, object: JsonObject, privates: ReadonlyMap<Json | undefined, JsonObject>): JsonObject => {
  const nested = Object.entries(NESTED[kind] ?? {}).flatMap(([name, inner]): readonly [string, Json][] => {
    const items = object[name]
    if (!Array.isArray(items)) return []
    return [[name, items.map((item: Json) => (isObject(item) ? restore(inner, item, privates) : item))]]
  })
  const whole: JsonObject = { ...object, ...Object.fromEntries(nested) }
  if (typeof whole.private_hash !== 'string') return whole
  const own = new Set(['salt', ...privateMembers(kind)])
  const bare = Object.entries(whole).filter(([name]) => !own.has(name))
  const { private: _digest, ...members } = privates.get(whole.private_hash) ?? {}
  const fits = Object.keys(members).every((name) => own.has(name))
  return { ...Object.fromEntries(bare), ...(fits ? members : {}) }
}
