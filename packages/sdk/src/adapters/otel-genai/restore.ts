import { runHash, validate } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import { asArray, asObject, type Json } from '../../conversion/json.ts'
import { adapterVersion } from '../../conversion/version.ts'
import { redact } from '../../preview/index.ts'
import { about } from './about.ts'
import { own, previewAttributes } from './own-attributes.ts'
import type { Attributes, Span } from './span.ts'

/** Records that were found whole, and the spans that they were made of. */
export interface Restored {
  readonly runs: readonly AgentRun[]
  readonly used: ReadonlySet<Span>
}

/** What a record is restored with. */
export interface RestoreSettings {
  readonly redacting: boolean
  readonly digestOf: (span: Span) => string | undefined
}

/**
 * Records that the exporter of this package wrote as traces. One of which steps are missing, or which is not valid, is not
 * restored: its spans are read like those of anybody else.
 */
export function restoreRuns(spans: readonly Span[], settings: RestoreSettings): Restored {
  const roots = new Map<string, Span[]>()
  const steps = new Map<string, Span[]>()
  for (const span of spans) {
    const id = span.attributes.get(`${own.run}id`)
    const of = span.attributes.get(own.runId)
    if (typeof id === 'string') roots.set(id, [...(roots.get(id) ?? []), span])
    if (typeof of === 'string' && span.attributes.has(`${own.step}id`)) {
      const list = steps.get(of)
      if (list) list.push(span)
      else steps.set(of, [span])
    }
  }
  const runs: AgentRun[] = []
  const used = new Set<Span>()
  for (const [id, [root, ...others]] of roots) {
    if (!root || others.length > 0) continue
    const parts = steps.get(id) ?? []
    const run = restoreRun(root, parts, settings)
    if (!run) continue
    runs.push(run)
    for (const span of [root, ...parts]) used.add(span)
  }
  return { runs: parentsFirst(runs), used }
}

function restoreRun(
  root: Span,
  parts: readonly Span[],
  { redacting, digestOf }: RestoreSettings,
): AgentRun | undefined {
  const found = [
    ...parts.map(({ attributes }) => attributes),
    ...root.events.filter(({ name }) => name === own.event).map(({ attributes }) => attributes),
  ]
  const steps: Step[] = []
  for (const attributes of found) {
    const position = attributes.get(own.position)
    if (typeof position !== 'number' || position in steps) return undefined
    steps[position] = membersOf(attributes, own.step, String(attributes.get(`${own.step}type`))) as unknown as Step
  }
  const count = root.attributes.get(own.stepsCount)
  if (steps.length !== found.length || count !== found.length) return undefined
  const { source, provenance, ...members } = membersOf(root.attributes, own.run, 'run')
  for (const name of [own.stepsCount, own.recordHash])
    delete (members as Record<string, unknown>)[name.slice(own.run.length)]
  const digest = digestOf(root)
  const sealed = root.attributes.get(own.recordHash)
  const before = { ...(source ? { source } : {}), ...(typeof sealed === 'string' ? { record_hash: sealed } : {}) }
  const record = {
    ...members,
    steps,
    provenance: asObject(provenance) ?? {},
    source: {
      format: about.format,
      adapter: about.adapter,
      adapter_version: adapterVersion,
      ...(digest === undefined ? {} : { digest }),
      ...timesOf(source),
      // What the record was before it became a trace.
      ...(Object.keys(before).length > 0 ? { metadata: { before } } : {}),
    },
  } as unknown as AgentRun
  return finish(redacting ? (redactAll(record) as AgentRun) : record)
}

const timesOf = (source: unknown): object => {
  const times = asObject(source)?.times
  return typeof times === 'string' ? { times } : {}
}

function finish(record: AgentRun): AgentRun | undefined {
  try {
    const run = { ...record, provenance: { ...record.provenance, run_hash: runHash(record) } }
    return validate(JSON.stringify(run)).ok ? run : undefined
  } catch {
    // What stands in the attributes is no record.
    return undefined
  }
}

/** Members that attributes with a prefix spell, and the previews that stand where the conventions have a place for them. */
function membersOf(attributes: Attributes, prefix: string, kind: string): Json {
  const found: [string, unknown][] = []
  for (const [name, value] of attributes)
    if (name.startsWith(prefix) && !(prefix === own.run && name.startsWith(own.step)))
      found.push([name.slice(prefix.length), value])
  const members = new Map(found)
  const places = Object.hasOwn(previewAttributes, kind) ? previewAttributes[kind] : undefined
  if (places)
    for (const side of ['input', 'output'] as const) {
      const text = textIn(attributes.get(places[side]), places.isMessages)
      const name = `${side}_preview`
      if (text !== undefined && !members.has(name)) members.set(name, text)
    }
  return Object.fromEntries(members)
}

/** The text of the one message that the exporter makes of a preview. */
function textIn(value: unknown, isMessages: boolean): string | undefined {
  if (typeof value !== 'string') return undefined
  if (!isMessages) return value
  try {
    const [message] = asArray(JSON.parse(value)) ?? []
    const [part] = asArray(asObject(message)?.parts) ?? []
    const text = asObject(part)?.content
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

/** A value whose texts hold no secrets of known shapes. What was hashed and is no longer the same loses its hash. */
function redactAll(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(redactAll)
  const json = asObject(value)
  if (!json) return value
  const clean = Object.fromEntries(Object.entries(json).map(([name, member]) => [redact(name), redactAll(member)]))
  if (clean.private_hash === undefined || JSON.stringify(clean) === JSON.stringify(json)) return clean
  const { private_hash: _, salt: __, ...rest } = clean
  return rest
}

/** A run stands before those it delegated to. */
function parentsFirst(runs: readonly AgentRun[]): AgentRun[] {
  const byId = new Map(runs.map((run) => [run.id, run]))
  const placed = new Set<AgentRun>()
  for (const run of runs) {
    const line: AgentRun[] = []
    for (
      let above: AgentRun | undefined = run;
      above && !placed.has(above) && !line.includes(above);
      above = byId.get(above.parent_run_id ?? '')
    )
      line.push(above)
    for (const above of line.reverse()) placed.add(above)
  }
  return [...placed]
}
