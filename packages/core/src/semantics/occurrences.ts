import { members } from '../generated/members.ts'
import { vocabularies } from '../generated/vocabularies.ts'
import { parseInstant } from './instant.ts'
import { isObject, type JsonObject } from './object.ts'

/** What can stand in many kinds of objects and is found by one walk over all of them. */
export interface Occurrences {
  /** Places of times that are written well and do not exist. */
  readonly impossibleTimes: readonly string[]
  /** Places of optional members that are `null`. */
  readonly nulls: readonly string[]
  /** Values of open vocabularies that are neither registered nor a vendor's. */
  readonly unregistered: readonly { readonly path: string; readonly value: string; readonly vocabulary: string }[]
}

/** Only `by_model` can hold its own kind, and an entry with a `by_model` of its own is an error: no record needs more. */
const DEEPEST = 8

/** Every month has 28 days: only times of a later day need to be looked up in the calendar. */
const LATE_DAY = /^\d{4}-\d{2}-(29|3\d)T/
const NAME = /^[a-z][a-z0-9_]*$/
const registered = new Map(Object.entries(vocabularies).map(([name, values]) => [name, new Set(values)]))

/** Walks over every object of a record whose kind the schemas know. */
export const collectOccurrences = (run: JsonObject): Occurrences => {
  const impossibleTimes: string[] = []
  const nulls: string[] = []
  const unregistered: { path: string; value: string; vocabulary: string }[] = []

  const visit = (object: unknown, kind: string, path: string, depth: number): void => {
    const known = members[kind]
    if (!known || !isObject(object) || depth > DEEPEST) return
    for (const member of known.times) {
      const value = object[member]
      if (typeof value === 'string' && LATE_DAY.test(value) && !parseInstant(value))
        impossibleTimes.push(`${path}/${member}`)
    }
    for (const member of known.nullable) if (object[member] === null) nulls.push(`${path}/${member}`)
    for (const [member, vocabulary] of known.open) {
      const value = object[member]
      if (typeof value === 'string' && NAME.test(value) && !registered.get(vocabulary)?.has(value))
        unregistered.push({ path: `${path}/${member}`, value, vocabulary })
    }
    for (const [member, held] of known.objects)
      if (object[member] !== undefined) visit(object[member], held, `${path}/${member}`, depth + 1)
    for (const [member, held] of known.lists) {
      const list = object[member]
      if (!Array.isArray(list)) continue
      for (let index = 0; index < list.length; index++)
        visit(list[index], held, `${path}/${member}/${index}`, depth + 1)
    }
  }

  visit(run, 'agent-run', '', 0)
  return { impossibleTimes, nulls, unregistered }
}
