import { canonicalize } from '../bytes/canonical.ts'
import { digest, hash } from '../bytes/digest.ts'
import { isObject, type Json, type JsonObject, nowhere, valueAt, without } from '../bytes/json.ts'
import { fingerprint, protect, publicForm, seal } from '../bytes/seal.ts'
import { didKey, seedOf, sign, signSeal } from '../bytes/sign.ts'
import type { Room } from './room.ts'

const PLACEHOLDER = /\{\{([a-z_]+(?:[.+-][A-Za-z0-9_-]+)?)\}\}/g

/** Text with its placeholders filled in; `encode` is applied to what is put in, as in a path. */
export const expandText = (room: Room, text: string, encode: (value: string) => string = String): string =>
  text.replaceAll(PLACEHOLDER, (_all, name: string) => encode(String(room.placeholder(name))))

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
export const encodePathText = (value: string): string =>
  encodeURIComponent(value).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * A value of a case with its placeholders filled in and its operations done. A string that is one placeholder takes the
 * type of what is put in; an object whose only member begins with `$` is an operation.
 * @throws {TypeError} for a case that is not made right
 */
export const expand = (room: Room, value: Json): Json => {
  if (typeof value === 'string') {
    const whole = new RegExp(`^${PLACEHOLDER.source}$`).exec(value)
    return whole ? room.placeholder(whole[1]!) : expandText(room, value)
  }
  if (Array.isArray(value)) return value.map((item: Json) => expand(room, item))
  if (!isObject(value)) return value
  const members = Object.entries(value)
  const [name, operand] = members[0] ?? []
  if (members.length === 1 && name?.startsWith('$')) {
    const operation = operations[name]
    if (!operation) throw new TypeError(`${name} is no operation`)
    return operation(room, operand!)
  }
  return Object.fromEntries(members.map(([member, item]) => [expandText(room, member), expand(room, item)]))
}

type Operation = (room: Room, operand: Json) => Json

const object = (value: Json | undefined): JsonObject => {
  if (!isObject(value)) throw new TypeError('an operation of a case needs an object')
  return value
}
const text = (value: Json | undefined): string => {
  if (typeof value !== 'string') throw new TypeError('an operation of a case needs a text')
  return value
}

const operations: Readonly<Record<string, Operation>> = {
  /** A value of `define`, computed once. */
  $value: (room, operand) => {
    const name = text(operand)
    const known = room.defined.get(name)
    if (known !== undefined) return known
    const definition = room.define[name]
    if (definition === undefined) throw new TypeError(`the case defines no ${name}`)
    const value = expand(room, definition)
    room.defined.set(name, value)
    return value
  },
  /** A value with members set and removed by JSON Pointer, in this order. */
  $with: (room, operand) => {
    const { value, set, remove } = object(operand)
    let result = structuredClone(expand(room, value!)) as Json
    for (const [pointer, item] of Object.entries(object(set ?? {}))) place(result, pointer, expand(room, item))
    for (const pointer of (remove ?? []) as readonly Json[]) result = without(result, text(pointer))
    return result
  },
  /** What stands at a JSON Pointer of a value. */
  $at: (room, operand) => {
    const { value, pointer } = object(operand)
    const found = valueAt(expand(room, value!), text(pointer))
    if (found === nowhere) throw new TypeError(`${text(pointer)} is nowhere in the value`)
    return found
  },
  $fingerprint: (room, operand) => fingerprint(object(expand(room, operand))),
  $seal: (room, operand) => {
    const { record, key } = object(operand)
    const finished = object(expand(room, record!))
    return key === undefined ? seal(finished) : signSeal(finished, seedOf(text(key)))
  },
  $protect: (room, operand) => protect(text(object(operand).kind), object(expand(room, object(operand).object!))),
  $public: (room, operand) => publicForm(text(object(operand).kind), object(expand(room, object(operand).object!))),
  $sign: (room, operand) => {
    const { kind, key, object: signed } = object(operand)
    return sign(text(kind), seedOf(text(key)), object(expand(room, signed!)))
  },
  $key: (_room, operand) => didKey(seedOf(text(operand))),
  $hash: (room, operand) => hash(text(object(operand).kind), expand(room, object(operand).value!)),
  $digest: (room, operand) => digest(canonicalize(expand(room, operand))),
}

const place = (value: Json, pointer: string, item: Json): void => {
  const cut = pointer.lastIndexOf('/')
  const parent = valueAt(value, pointer.slice(0, cut)) as Record<string, Json> | Json[] | typeof nowhere
  if (parent === nowhere) throw new TypeError(`${pointer} has no place in the value`)
  const name = pointer
    .slice(cut + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  if (Array.isArray(parent)) parent[name === '-' ? parent.length : Number(name)] = item
  else parent[name] = item
}
