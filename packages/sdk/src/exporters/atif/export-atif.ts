import { canonicalize } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import { rebuild } from '../../adapters/atif/carried.ts'
import { type Imported, importTrajectory } from '../../adapters/atif/import-trajectory.ts'
import { portableId } from '../../conversion/identity.ts'
import { asObject, type Json } from '../../conversion/json.ts'
import type { Exported } from '../exporter.ts'
import { arrangeSteps } from './arrange-steps.ts'
import { metricsOf, type NativeStep } from './native-step.ts'

/**
 * Writes a record as a trajectory of ATIF 1.7. First come the members that every reader of ATIF understands; then the
 * trajectory is read back as the adapter would, and where record and reading differ the difference goes into
 * `extra.agent_run`: so reading it again gives the same record, and nothing stands there twice.
 */
export function exportAtif(run: AgentRun): Exported {
  const natives = arrangeSteps(run.steps)
  const document = trajectoryOf(run, natives)
  const imported = importTrajectory(document, { id: portableId(run.id), redact: false })
  const read = readSlots(imported)
  for (const [index, { json, slots }] of natives.entries()) {
    const patches = patchSlots(slots, read.get(index + 1) ?? new Map())
    if (patches) json.extra = { ...asObject(json.extra), agent_run: { steps: patches } }
  }
  const { steps: _, ...whole } = run
  const { steps: _read, ...wholeRead } = imported.run
  const carried: Record<string, unknown> = { ...difference(wholeRead, whole) }
  document.extra = { ...asObject(document.extra), agent_run: carried }
  const order = run.steps.map(({ id }) => id)
  const back = rebuild(document, imported, (value) => value).steps.map(({ id }) => id)
  if (canonicalize(order) !== canonicalize(back)) carried.order = order
  return { document, lost: [] }
}

function trajectoryOf(run: AgentRun, natives: NativeStep[]): Record<string, unknown> {
  const foreign = asObject(asObject(run.metadata)?.atif) ?? {}
  const tools = run.tools_available ?? []
  const hasHandoffs = run.steps.some(({ type }) => type === 'handoff')
  const metrics = hasHandoffs ? undefined : metricsOf(run.cost, 'total_', foreign.final_metrics)
  // A trajectory has at least one step.
  if (natives.length === 0)
    natives.push({ json: { source: 'system', message: '[no steps were recorded]' }, slots: new Map() })
  for (const [index, native] of natives.entries()) native.json = { step_id: index + 1, ...native.json }
  return {
    schema_version: 'ATIF-v1.7',
    session_id: run.session_id ?? run.id,
    trajectory_id: run.id,
    agent: {
      name: run.agent_id,
      version: run.agent_version ?? 'unknown',
      ...(typeof run.model === 'string' ? { model_name: run.model } : {}),
      ...(tools.length > 0
        ? { tool_definitions: tools.map((name) => ({ type: 'function', function: { name } })) }
        : {}),
      ...objectMember('extra', foreign.agent),
    },
    steps: natives.map(({ json }) => json),
    ...(typeof foreign.notes === 'string' ? { notes: foreign.notes } : {}),
    ...(typeof foreign.continued_trajectory_ref === 'string'
      ? { continued_trajectory_ref: foreign.continued_trajectory_ref }
      : {}),
    ...(metrics ? { final_metrics: metrics } : {}),
    ...objectMember('extra', foreign.extra),
  }
}

const objectMember = (name: string, value: unknown): Json => {
  const json = asObject(value)
  return json ? { [name]: json } : {}
}

/** The steps that were read, by the number of the step of the trajectory and the place in it. */
function readSlots({ run, slots }: Imported): Map<number, Map<string, Step>> {
  const byId = new Map(run.steps.map((step) => [step.id, step]))
  const read = new Map<number, Map<string, Step>>()
  for (const [place, id] of slots) {
    const [number = '', slot = ''] = place.split('/', 2)
    const step = byId.get(id)
    const own = read.get(Number(number)) ?? new Map<string, Step>()
    read.set(Number(number), own)
    if (step) own.set(slot, step)
  }
  return read
}

/** What is to be changed at each place of a step; `undefined` if it reads as the record has it. */
function patchSlots(
  slots: ReadonlyMap<string, Step>,
  read: ReadonlyMap<string, Step>,
): Record<string, Json> | undefined {
  const patches: [string, Json][] = []
  for (const [slot, step] of slots) {
    const patch = difference(read.get(slot) ?? {}, step)
    if (patch) patches.push([slot, patch])
  }
  for (const slot of read.keys()) if (!slots.has(slot)) patches.push([slot, { absent: true }])
  return patches.length > 0 ? Object.fromEntries(patches) : undefined
}

/** Members to set and to unset so that the one object becomes the other; `undefined` if they are the same. */
function difference(from: object, to: object): Json | undefined {
  const before = new Map<string, unknown>(Object.entries(from))
  const after = Object.entries(to).filter(([, value]) => value !== undefined)
  const set = after.filter(([name, value]) => !before.has(name) || !isSame(before.get(name), value))
  const kept = new Set(after.map(([name]) => name))
  const unset = [...before.keys()].filter((name) => !kept.has(name))
  if (set.length === 0 && unset.length === 0) return undefined
  return { ...(set.length > 0 ? { set: Object.fromEntries(set) } : {}), ...(unset.length > 0 ? { unset } : {}) }
}

const isSame = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b)
