import { validate } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { createCleaner } from '../../preview/clean.ts'
import { stepsOf } from './children.ts'
import type { Imported } from './import-trajectory.ts'

/** Members that belong to a seal. A record whose texts had to be redacted has none any more. */
const seal = ['sealed_at', 'record_hash', 'steps_count', 'steps_root', 'journal_head', 'signed_by', 'signature']

/** A run, and why what a document carried for it was not taken. */
export interface Carried {
  readonly run: AgentRun
  readonly problem?: string | undefined
}

/**
 * Takes back what the exporter put into `extra.agent_run`: members of the run and of its steps that ATIF has no place for.
 * The whole must be a valid record, else the run stays as the members of ATIF have it.
 */
export function applyCarried(json: Json, imported: Imported, redact: boolean): Carried {
  const { run } = imported
  const whole = asObject(asObject(json.extra)?.agent_run)
  if (!whole) return { run }
  const clean = createCleaner(redact, 0).value
  const rebuilt = rebuild(json, imported, (value) => asObject(clean(value)) ?? {})
  const given = [whole, ...patchesOf(json).values()]
  if (redact && JSON.stringify(given.map(clean)) !== JSON.stringify(given)) unseal(rebuilt)
  const { ok, findings } = check(rebuilt)
  return ok ? { run: rebuilt } : { run, problem: `the record would not be valid: ${findings}` }
}

/** The record that a trajectory carries, whether it is valid or not. */
export function rebuild(json: Json, { run, slots }: Imported, clean: (value: Json) => Json): AgentRun {
  const whole = asObject(asObject(json.extra)?.agent_run) ?? {}
  const patched = (base: object, patch: Json): Record<string, unknown> => change(base, clean(patch))
  const patchOf = new Map<string, Json>()
  const added: Json[] = []
  for (const [slot, patch] of patchesOf(json)) {
    const id = slots.get(slot)
    if (id === undefined) added.push(patch)
    else patchOf.set(id, patch)
  }
  // What somebody added to the trajectory since, or changed in it, stays as it is read.
  const steps = [
    ...run.steps.map((step): [object, Json] => [step, patchOf.get(step.id) ?? {}]),
    ...added.map((patch): [object, Json] => [{}, patch]),
  ]
    .filter(([, patch]) => patch.absent !== true)
    .map(([step, patch]) => patched(step, patch) as unknown as Step)
  return { ...patched(run, whole), steps: inOrder(steps, asArray(whole.order) ?? []) } as unknown as AgentRun
}

/** Patches of steps by their place, `<number of the step>/<slot>`, in the order of the source. */
function patchesOf(json: Json): Map<string, Json> {
  const patches = new Map<string, Json>()
  for (const [index, step] of stepsOf(json).entries()) {
    if (step?.is_copied_context === true) continue
    const slots = asObject(asObject(asObject(step?.extra)?.agent_run)?.steps)
    for (const [slot, patch] of Object.entries(slots ?? {})) patches.set(`${index + 1}/${slot}`, asObject(patch) ?? {})
  }
  return patches
}

/** An object with the members of `set` in place of its own, and without those that `unset` names. */
function change(base: object, patch: Json): Record<string, unknown> {
  const unset = new Set(asArray(patch.unset) ?? [])
  return Object.fromEntries([
    ...Object.entries(base).filter(([name]) => !unset.has(name)),
    ...Object.entries(asObject(patch.set) ?? {}).filter(([name]) => name !== 'steps' && name !== '__proto__'),
  ])
}

function inOrder(steps: readonly Step[], order: readonly unknown[]): Step[] {
  const rank = new Map(order.map((id, index) => [asString(id) ?? '', index]))
  return steps
    .map((step, index) => ({ step, rank: rank.get(step.id) ?? order.length + index }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ step }) => step)
}

function unseal(run: AgentRun): void {
  const provenance = Object.entries(run.provenance ?? {}).filter(([name]) => !seal.includes(name))
  Object.assign(run, { provenance: Object.fromEntries(provenance) })
}

function check(run: AgentRun): { ok: boolean; findings: string } {
  try {
    const { ok, findings } = validate(run, { limit: 3 })
    return { ok, findings: findings.map(({ code, path }) => `${code} at ${path || '/'}`).join(', ') }
  } catch {
    return { ok: false, findings: 'it cannot be read' }
  }
}
