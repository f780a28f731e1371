import { hash, privateMembers } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { hashesOf } from './begin-run.ts'
import type { Context, RunState } from './context.ts'
import { protect } from './protect.ts'
import { keepSound } from './sound.ts'
import { keepValid } from './valid.ts'

const isPrivate = (name: string): boolean => privateMembers.run.includes(name)

/**
 * Gives members of the run new values, in the record and in the journal (`run.updated`). If a private one is among them,
 * all private members are protected anew, under a new salt.
 */
export function updateRun(
  context: Context,
  members: Partial<AgentRun>,
  ofProvenance?: Partial<AgentRun['provenance']>,
): void {
  const { cleaner, faults, log, random, state } = context
  const cleaned = cleaner.value(members)
  const given: Partial<AgentRun> = typeof cleaned === 'object' && cleaned !== null ? cleaned : {}
  const patch = keepPatch(context, given)
  const { inventory } = patch
  const provenance =
    inventory === undefined ? ofProvenance : { ...ofProvenance, inventory_hash: hash('inventory', inventory) }
  if (Object.keys(patch).length === 0 && provenance === undefined) return
  const { salt, private_hash, ...before } = state.run
  const next = {
    ...before,
    ...patch,
    provenance: { ...before.provenance, ...provenance },
  } as RunState['run']
  const touched = Object.keys(patch).some(isPrivate)
  const whole = touched ? protect('run', next, random) : { ...next, ...protection(salt, private_hash) }
  state.run = whole
  if (inventory !== undefined) state.toolHashes = hashesOf(inventory)
  const line: Record<string, unknown> = { ...patch, ...(provenance === undefined ? {} : { provenance }) }
  if (touched)
    for (const [name, value] of Object.entries(whole))
      if (isPrivate(name) || name === 'salt' || name === 'private_hash') line[name] = value
  faults.guard('recorder.line_refused', 'the journal does not take this change of the run', () =>
    log.add('run.updated', line),
  )
}

const protection = (salt: string | undefined, privateHash: string | undefined) => ({
  ...(salt === undefined ? {} : { salt }),
  ...(privateHash === undefined ? {} : { private_hash: privateHash }),
})

/** The members that a run may have; the others are faults. */
export function keepPatch({ faults, state }: Context, patch: Partial<AgentRun>): Partial<AgentRun> {
  const blank = {
    id: state.run.id,
    spec_version: '1.0',
    agent_id: '-',
    status: 'running',
    started_at: null,
    steps: [],
    provenance: { run_hash: '-' },
  }
  const cost = { input_tokens: null, output_tokens: null }
  const valid = keepValid('agent-run', { ...blank, cost, ...patch } as AgentRun, faults)
  const around = (object: AgentRun): AgentRun => ({ ...object, status: 'running' })
  const essential = ['id', 'agent_id', 'steps', 'provenance', ...(patch.status === undefined ? [] : ['status', 'cost'])]
  const sound = valid && keepSound('agent-run', valid, { around, path: '', essential }, faults)
  if (sound === undefined) return {}
  return Object.fromEntries(Object.entries(sound).filter(([name]) => Object.hasOwn(patch, name)))
}
