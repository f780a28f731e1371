import type { Json } from '../bytes/json.ts'
import { at, type Place } from './check.ts'
import type { Edge } from './lineage.ts'
import type { Decisions } from './resting.ts'
import { STILL } from './resting.ts'
import { isKnown, type Subject } from './subject.ts'
import type { Thing } from './view.ts'

/** What keeps a sealed record from being accountable, with its code (AR-LEVEL-003). */
export type Shortfall = Place & { readonly code: string }

/** Edges that keep a record from being accountable. */
const UNCONFIRMED = new Set(['child_only', 'unresolved', 'conflict'])

/** What keeps a record without a fault from being sealed (AR-LEVEL-002). */
export function* unsealed(subject: Subject): Generator<Shortfall> {
  const { sealed, provenance, beside, hash, view, keys, record, vouched } = subject
  const lacks = (name: string): Shortfall => short('not_sealed', `/provenance/${name}`, 'a seal', `no ${name}`)
  if (!view.versioned) yield short('not_sealed', '/spec_version', 'a seal by a version of the standard', 'none')
  else if (!sealed) yield lacks('record_hash')
  else if (!isKnown(provenance.signed_by)) yield lacks('signed_by')
  else if (!isKnown(provenance.signature) && !beside.proofs.some((proof) => proof.record_hash === hash))
    yield lacks('signature')
  else if (keys.signer(record, provenance.signed_by, vouched) === 'fail')
    yield short('failed', '/provenance/signed_by', 'a key that may sign for this agent', 'one that may not')
}

/** What keeps a sealed record from being accountable. */
export function* unaccounted(subject: Subject, decisions: Decisions, edges: readonly Edge[]): Generator<Shortfall> {
  const { record, view } = subject
  if (isKnown(record.source))
    yield short('converted', '/source', 'a record made while the run went on', 'a converted one')
  yield* signer(subject)
  for (const step of view.steps) yield* effects(step)
  for (const step of view.steps) yield* approval(step)
  yield* claimed(decisions)
  for (const step of view.steps) yield* basis(step, view.eventsById)
  yield* tools(view.steps, view.tools)
  for (const { path, state } of edges)
    if (UNCONFIRMED.has(state)) yield short('lineage', path, 'a link that the other end confirms', state)
}

const short = (name: string, path: string, expected: string, found: string): Shortfall => ({
  ...at(path, expected, found),
  code: `level.${name}`,
})

/** Without a trust file nobody is known, and nothing is asked here. */
function* signer({ keys, provenance, record, vouched }: Subject): Generator<Shortfall> {
  if (keys.given && keys.signer(record, provenance.signed_by, vouched) !== 'pass')
    yield short('signer', '/provenance/signed_by', 'a key that is trusted', 'another one')
}

/** Whether a step is one that somebody has to account for. */
const isAction = (step: Thing): boolean =>
  step.text('type') === 'tool_call' || step.text('type') === 'handoff' || step.items('side_effects').length > 0

function* effects(step: Thing): Generator<Shortfall> {
  if (isAction(step) && step.items('side_effects').length === 0)
    yield short('effects_missing', step.path, 'side_effects, possibly of kind none', 'none listed')
}

function* approval(step: Thing): Generator<Shortfall> {
  if (!isAction(step)) return
  const state = step.thing('approval')?.text('state')
  if (state === undefined) yield short('approval_missing', step.path, 'an approval state', 'none')
  else if (state === 'requested' && !STILL.has(step.value.status))
    yield short('approval_missing', `${step.path}/approval`, 'an answer for a step that may have run', state)
}

function* claimed(decisions: Decisions): Generator<Shortfall> {
  const { keys } = decisions.subject
  for (const { step, persons, timeless, baseless } of decisions.rested) {
    const path = `${step.path}/approval`
    const isPersons = keys.given ? persons : !baseless && decisions.couldBePersons(step)
    if (!isPersons) yield short('approval_claimed', path, 'a decision that a person signed', 'one that is only claimed')
    else if (timeless) yield short('approval_claimed', `${step.path}/started_at`, 'when the step started', 'no time')
  }
  if (decisions.rested.length === 0 && decisions.signed.length > 0 && decisions.decisions.length === 0)
    yield short('approval_claimed', decisions.signed[0]!.path, 'a signed decision', 'another signed event alone')
}

function* basis(step: Thing, events: ReadonlyMap<string, readonly Thing[]>): Generator<Shortfall> {
  const found = step.thing('approval')
  const state = found?.text('state')
  if (!isAction(step) || found === undefined || (state !== 'auto_approved' && state !== 'not_required')) return
  const under = events.get(found.text('approval_id') ?? '') ?? []
  const granted = under.some((event) => event.thing('grant') !== undefined)
  if (!found.has('decision_id') && !found.has('policy_id') && !granted)
    yield short('basis_missing', found.path, 'the grant, decision or policy that it rests on', 'none')
}

function* tools(steps: readonly Thing[], tools: readonly Thing[]): Generator<Shortfall> {
  const key = (name: Json | undefined, server: Json | undefined): string => JSON.stringify([name, server ?? null])
  const counts = new Map<string, number>()
  for (const { value } of tools) {
    const tool = key(value.name, value.mcp_server)
    counts.set(tool, (counts.get(tool) ?? 0) + 1)
  }
  for (const { value, path } of steps) {
    if (!isKnown(value.tool_name)) continue
    const count = counts.get(key(value.tool_name, value.mcp_server)) ?? 0
    if (count !== 1) yield short('tool_unresolved', `${path}/tool_name`, 'one entry of the inventory', `${count}`)
  }
}
