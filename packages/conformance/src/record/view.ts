import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { instant } from './instant.ts'

/** An object of a record, and its JSON Pointer. A member of a wrong type is taken as absent; the schemas speak of it. */
export class Thing {
  readonly value: JsonObject
  readonly path: string

  constructor(value: JsonObject, path: string) {
    this.value = value
    this.path = path
  }

  /** Whether a member is known: there, and not null. */
  has(name: string): boolean {
    return (this.value[name] ?? null) !== null
  }

  /** A member that is a text. */
  text(name: string): string | undefined {
    const value = this.value[name]
    return typeof value === 'string' ? value : undefined
  }

  /** A member that is a number. */
  number(name: string): number | undefined {
    const value = this.value[name]
    return typeof value === 'number' ? value : undefined
  }

  /** A member that is a time which exists, in nanoseconds. */
  time(name: string): bigint | undefined {
    const text = this.text(name)
    return text === undefined ? undefined : instant(text)
  }

  /** A member that is an object. */
  thing(name: string): Thing | undefined {
    const value = this.value[name]
    return isObject(value) ? new Thing(value, `${this.path}/${name}`) : undefined
  }

  /** The items of a member that is a list; none otherwise. */
  items(name: string): readonly Json[] {
    const value = this.value[name]
    return Array.isArray(value) ? value : []
  }

  /** The objects in a member that is a list. */
  things(name: string): readonly Thing[] {
    return this.items(name).flatMap((item, index) =>
      isObject(item) ? [new Thing(item, `${this.path}/${name}/${index}`)] : [],
    )
  }

  /** Whether its private members are gone, or said to be. */
  get erased(): boolean {
    return this.has('private_hash') && !this.has('salt')
  }
}

/** A record as the checks look at it. Of things that share an id, the first is the one that is named by it. */
export class RecordView {
  readonly run: Thing
  readonly id: string | undefined
  readonly status: string | undefined
  readonly provenance: Thing
  readonly steps: readonly Thing[]
  readonly approvals: readonly Thing[]
  readonly decisions: readonly Thing[]
  readonly artifacts: readonly Thing[]
  readonly tools: readonly Thing[]
  readonly stepsById: ReadonlyMap<string, Thing>
  readonly decisionsById: ReadonlyMap<string, Thing>
  readonly artifactsById: ReadonlyMap<string, Thing>
  readonly eventsById: ReadonlyMap<string, readonly Thing[]>

  constructor(record: JsonObject) {
    this.run = new Thing(record, '')
    this.id = this.run.text('id')
    this.status = this.run.text('status')
    this.provenance = this.run.thing('provenance') ?? new Thing({}, '/provenance')
    this.steps = this.run.things('steps')
    this.approvals = this.run.things('approvals')
    this.decisions = this.run.things('policy_decisions')
    this.artifacts = this.run.things('artifacts')
    this.tools = this.run.thing('inventory')?.things('tools') ?? []
    this.stepsById = firstBy(this.steps, 'id')
    this.decisionsById = firstBy(this.decisions, 'id')
    this.artifactsById = firstBy(this.artifacts, 'id')
    this.eventsById = groupBy(this.approvals, 'approval_id')
  }

  /** Whether it says by what version of the standard it is written (AR-VER-001). */
  get versioned(): boolean {
    return this.run.has('spec_version')
  }

  /** Whether an approval event is a grant that was given in another run: what it names belongs to that run. */
  isCopiedGrant(event: Thing): boolean {
    return event.thing('grant') !== undefined && event.has('run_id') && event.text('run_id') !== this.id
  }

  /** Steps that say something about their approval, with that and its state. */
  *approvalsOfSteps(): Generator<{ step: Thing; approval: Thing; state: string | undefined }> {
    for (const step of this.steps) {
      const approval = step.thing('approval')
      if (approval !== undefined) yield { step, approval, state: approval.text('state') }
    }
  }
}

/** The things for each text of a member, in their order. */
export const groupBy = (things: readonly Thing[], name: string): ReadonlyMap<string, readonly Thing[]> => {
  const groups = new Map<string, Thing[]>()
  for (const thing of things) {
    const text = thing.text(name)
    if (text === undefined) continue
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [thing])
    else group.push(thing)
  }
  return groups
}

const firstBy = (things: readonly Thing[], name: string): ReadonlyMap<string, Thing> =>
  new Map([...groupBy(things, name)].map(([text, group]) => [text, group[0]!]))

/** What has this id; undefined for no id. */
export const named = <T>(things: ReadonlyMap<string, T>, id: string | undefined): T | undefined =>
  id === undefined ? undefined : things.get(id)
