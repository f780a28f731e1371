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

/** A kind of object whose members the schemas know, with the kinds of objects in it at hand. */
interface Kind {
  readonly times: readonly string[]
  readonly nullable: readonly string[]
  readonly open: readonly { readonly member: string; readonly vocabulary: string; readonly known: Set<string> }[]
  readonly objects: { readonly member: string; readonly kind: Kind }[]
  readonly lists: { readonly member: string; readonly kind: Kind }[]
}

/** Only `by_model` can hold its own kind, and an entry with a `by_model` of its own is an error: no record needs more. */
const DEEPEST = 8

/** Every month has 28 days: only times of a later day need to be looked up in the calendar. */
const LATE_DAY = /^\d{4}-\d{2}-(29|3\d)T/
const LETTER_T = 0x54
const DIGIT_2 = 0x32
const DIGIT_3 = 0x33
const DIGIT_9 = 0x39
const NAME = /^[a-z][a-z0-9_]*$/

/** The kinds, tied together once: looking one up by name for every object takes longer than looking at the object. */
const record: Kind = (() => {
  const kinds = new Map<string, Kind>()
  const registered = new Map(Object.entries(vocabularies).map(([name, values]) => [name, new Set(values)]))
  const kindOf = (name: string): Kind => {
    const made = kinds.get(name)
    if (made) return made
    const { times = [], nullable = [], open = [], objects = [], lists = [] } = members[name] ?? {}
    const kind: Kind = {
      times,
      nullable,
      open: open.map(([member, vocabulary]) => ({
        member,
        vocabulary,
        known: registered.get(vocabulary) ?? new Set<string>(),
      })),
      objects: [],
      lists: [],
    }
    // Known before what it holds is, as a kind can hold itself.
    kinds.set(name, kind)
    for (const [member, held] of objects) kind.objects.push({ member, kind: kindOf(held) })
    for (const [member, held] of lists) kind.lists.push({ member, kind: kindOf(held) })
    return kind
  }
  return kindOf('agent-run')
})()

/** Walks over every object of a record whose kind the schemas know. */
export const collectOccurrences = (run: JsonObject): Occurrences => {
  const walk = new Walk()
  walk.visit(run, record)
  return walk
}

class Walk implements Occurrences {
  readonly impossibleTimes: string[] = []
  readonly nulls: string[] = []
  readonly unregistered: { path: string; value: string; vocabulary: string }[] = []
  /** Names and indices that lead to the object looked at. A path is made of them only where something is found. */
  private readonly trail: (string | number)[] = []
  private depth = 0

  visit(object: unknown, kind: Kind): void {
    if (!isObject(object) || this.depth > DEEPEST) return
    if (mayHoldAny(object, kind)) this.find(object, kind)
    for (const { member, kind: held } of kind.objects) this.enter(object[member], held, member)
    for (const { member, kind: held } of kind.lists) {
      const list = object[member]
      if (!Array.isArray(list)) continue
      this.trail.push(member)
      for (let index = 0; index < list.length; index++) this.enter(list[index], held, index)
      this.trail.pop()
    }
  }

  private find(object: JsonObject, kind: Kind): void {
    for (const member of kind.times) {
      const value = object[member]
      if (typeof value === 'string' && LATE_DAY.test(value) && !parseInstant(value))
        this.impossibleTimes.push(this.pathTo(member))
    }
    for (const member of kind.nullable) if (object[member] === null) this.nulls.push(this.pathTo(member))
    for (const { member, vocabulary, known } of kind.open) {
      const value = object[member]
      if (typeof value === 'string' && !known.has(value) && NAME.test(value))
        this.unregistered.push({ path: this.pathTo(member), value, vocabulary })
    }
  }

  private enter(object: unknown, kind: Kind, token: string | number): void {
    if (object === undefined) return
    this.trail.push(token)
    this.depth++
    this.visit(object, kind)
    this.depth--
    this.trail.pop()
  }

  private pathTo(member: string): string {
    return `/${[...this.trail, member].join('/')}`
  }
}

/**
 * Whether there can be anything to find among an object's own members; false for nearly all. One look at the members
 * it has takes far less time than asking it for every member that it could have.
 */
const mayHoldAny = (object: JsonObject, kind: Kind): boolean => {
  for (const name in object) {
    const value = object[name]
    if (value === null) return true
    if (typeof value !== 'string') continue
    if (mayBeLate(value)) return true
    for (const { member, known } of kind.open) if (member === name && !known.has(value)) return true
  }
  return false
}

/** Whether a text can be a time of day 29 or later. */
const mayBeLate = (text: string): boolean => {
  if (text.charCodeAt(10) !== LETTER_T) return false
  const tens = text.charCodeAt(8)
  return tens === DIGIT_3 || (tens === DIGIT_2 && text.charCodeAt(9) === DIGIT_9)
}
