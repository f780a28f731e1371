import { readdirSync, readFileSync } from 'node:fs'
import { caseFiles } from '../semantics/cases.ts'
import { type Json, root } from './mutants.ts'

type Members = { [name: string]: Json }
type Next = () => number

const isMembers = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const below = (count: number, next: Next): number => Math.floor(next() * count)
const pick = <T>(list: readonly T[], next: Next): T => list[below(list.length, next)]!

const examples = `${root}examples/records/`

/** Whole records in which the rules have something to look at: every case and every example. */
const records: readonly Json[] = [
  ...caseFiles.flatMap(({ valid, invalid }) => [...valid, ...invalid.map(({ record }) => record)] as Json[]),
  ...readdirSync(examples)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(examples + name, 'utf8')) as Json),
]

/** The objects of a record by the member that holds them, alone or in a list: steps with steps, costs with costs. */
function collect(value: Json, kind: string, into: Map<string, Members[]>): Map<string, Members[]> {
  if (Array.isArray(value)) for (const item of value) collect(item, kind, into)
  else if (isMembers(value)) {
    into.set(kind, [...(into.get(kind) ?? []), value])
    for (const [member, held] of Object.entries(value)) collect(held, member, into)
  }
  return into
}

const donors = new Map<string, Members[]>()
for (const record of records) collect(record, 'run', donors)

/**
 * A record that mixes what stands in others of the same place: nearly always valid by the schemas, and often at odds
 * with itself, in one way or in several at once. The first ones begin with a different record each.
 */
export function relatedRecord(index: number, next: Next): Json {
  const run = structuredClone(records[index % records.length]!)
  for (let count = 1 + below(8, next); count > 0; count--) {
    const kinds = [...collect(run, 'run', new Map())]
    // The run has most members and is only one of many objects.
    const [kind, objects] = next() < 0.2 ? kinds[0]! : pick(kinds, next)
    mix(pick(objects, next), pick(donors.get(kind)!, next), next)
  }
  return run
}

/** Takes over, drops, doubles or moves one member or item. */
function mix(object: Members, donor: Members, next: Next): void {
  const member = pick(Object.keys(next() < 0.6 ? donor : object), next)
  if (member === undefined || member === '__proto__') return
  const own = object[member]
  const other = structuredClone(donor[member])
  const action = next()
  if (Array.isArray(own) && own.length > 0 && action < 0.7) {
    const item = pick(own, next)
    if (action < 0.2) own.splice(own.indexOf(item), 1)
    else if (action < 0.4) own.splice(below(own.length, next), 0, own.splice(own.indexOf(item), 1)[0]!)
    else if (action < 0.5) own.push(structuredClone(item))
    else if (Array.isArray(other)) own.push(...other)
  } else if (typeof own === 'number' && action < 0.4)
    object[member] = own + pick(Number.isInteger(own) ? [-1, 1, 1000] : [0.5, 1e-6, 1e-9], next)
  // What another object of the kind does without can be left out.
  else if (other === undefined) delete object[member]
  else object[member] = other
}
