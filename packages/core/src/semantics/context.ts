import { type Instant, parseInstant } from './instant.ts'
import { isObject, type JsonObject, objectOf, type Place, placesOf, textOf } from './object.ts'
import { collectOccurrences, type Occurrences } from './occurrences.ts'

/** A step, with what many rules ask for. */
export interface StepPlace extends Place {
  readonly id: string | undefined
  readonly type: string | undefined
  readonly status: string | undefined
  readonly toolName: string | undefined
  readonly mcpServer: string | undefined
  /** `undefined` where the time is unknown or impossible. */
  readonly startedAt: Instant | undefined
  readonly endedAt: Instant | undefined
  readonly approval: JsonObject | undefined
}

/** A cost, and whether it is an entry of another's `by_model`. */
interface CostPlace extends Place {
  readonly isEntry: boolean
}

/** What the rules look at: the record, and its objects found once by place and by id. Of equal ids the first counts. */
export interface Context {
  readonly run: JsonObject
  readonly id: string | undefined
  readonly status: string | undefined
  /** Version the record was written for; `undefined` for a 0.1 record. */
  readonly specVersion: string | undefined
  readonly steps: readonly StepPlace[]
  readonly stepsById: ReadonlyMap<string, StepPlace>
  readonly sideEffects: readonly Place[]
  readonly approvals: readonly Place[]
  /** The events of an approval, in the record's order. */
  readonly approvalsById: ReadonlyMap<string, readonly Place[]>
  readonly decisions: readonly Place[]
  readonly decisionsById: ReadonlyMap<string, Place>
  readonly artifacts: readonly Place[]
  readonly artifactsById: ReadonlyMap<string, Place>
  /** Every cost: of the run, its steps and its eval, and the entries of their `by_model`. */
  readonly costs: readonly CostPlace[]
  readonly occurrences: Occurrences
}

/** Reads the record once. Members of a wrong type are taken as absent: the schemas report them. */
export const createContext = (record: unknown): Context => {
  const run = isObject(record) ? record : {}
  const steps = placesOf(run, 'steps', '').map(stepPlace)
  const approvals = placesOf(run, 'approvals', '')
  const decisions = placesOf(run, 'policy_decisions', '')
  const artifacts = placesOf(run, 'artifacts', '')
  return {
    run,
    id: textOf(run, 'id'),
    status: textOf(run, 'status'),
    specVersion: textOf(run, 'spec_version'),
    steps,
    stepsById: firstBy(steps, 'id'),
    sideEffects: steps.flatMap((step) => placesOf(step.value, 'side_effects', step.path)),
    approvals,
    approvalsById: groupBy(approvals, 'approval_id'),
    decisions,
    decisionsById: firstBy(decisions, 'id'),
    artifacts,
    artifactsById: firstBy(artifacts, 'id'),
    costs: costsOf(run, steps),
    occurrences: collectOccurrences(run),
  }
}

/** The places whose member holds a text, grouped by that text, each group in the order given. */
export const groupBy = <P extends Place>(places: readonly P[], member: string): Map<string, P[]> => {
  const groups = new Map<string, P[]>()
  for (const place of places) {
    const key = textOf(place.value, member)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(place)
    else groups.set(key, [place])
  }
  return groups
}

const firstBy = <P extends Place>(places: readonly P[], member: string): Map<string, P> => {
  const firsts = new Map<string, P>()
  for (const place of places) {
    const key = textOf(place.value, member)
    if (key !== undefined && !firsts.has(key)) firsts.set(key, place)
  }
  return firsts
}

const stepPlace = ({ value, path }: Place): StepPlace => ({
  value,
  path,
  id: textOf(value, 'id'),
  type: textOf(value, 'type'),
  status: textOf(value, 'status'),
  toolName: textOf(value, 'tool_name'),
  mcpServer: textOf(value, 'mcp_server'),
  startedAt: instantOf(value, 'started_at'),
  endedAt: instantOf(value, 'ended_at'),
  approval: objectOf(value, 'approval'),
})

/** A member that holds a time, if it is a possible one. */
export const instantOf = (object: JsonObject, member: string): Instant | undefined => {
  const text = textOf(object, member)
  return text === undefined ? undefined : parseInstant(text)
}

const costsOf = (run: JsonObject, steps: readonly Place[]): CostPlace[] => {
  const costs: CostPlace[] = []
  const add = (owner: JsonObject | undefined, path: string) => {
    const cost = owner && objectOf(owner, 'cost')
    if (!cost) return
    costs.push({ value: cost, path: `${path}/cost`, isEntry: false })
    for (const entry of placesOf(cost, 'by_model', `${path}/cost`)) costs.push({ ...entry, isEntry: true })
  }
  add(run, '')
  for (const step of steps) add(step.value, step.path)
  add(objectOf(run, 'eval'), '/eval')
  return costs
}
