import type { Finding } from '../finding.ts'
import { pointerOf } from '../read/pointer.ts'
import { inRange } from '../read/survey.ts'

/** Deepest nesting of objects and arrays; the root is depth 1. (AR-BYTES-007) */
const MAX_DEPTH = 128

/**
 * Most values that a value may unfold to. Objects that are shared, as YAML aliases make them, can stand for more JSON
 * than any machine can hold.
 */
const MAX_VALUES = 2 ** 26

interface Fault {
  readonly code: string
  readonly requirement: string
  readonly message: string
  /** Member names and indices from the fault up to the root. */
  readonly tokens: (string | number)[]
}

/** What is known of an object that was visited: how deep it nests, how many values it unfolds to. */
interface Extent {
  readonly height: number
  readonly count: number
}

const OPEN = Symbol('being visited')

/**
 * The first reason why a parsed value is not a JSON value of the record profile: a cycle, a Map, a getter that throws,
 * a number or a string that a record cannot hold. What only bytes show, such as a repeated name, is gone by now.
 */
export function jsonFault(value: unknown): Finding | undefined {
  const result = visit(value, 1, new Map())
  return 'code' in result ? findingOf(result) : undefined
}

/** The finding about a value that throws when it is read. */
export const unreadable = (): Finding => findingOf(unreadableAt(undefined))

const findingOf = ({ code, requirement, message, tokens }: Fault): Finding => ({
  code,
  severity: 'error',
  path: pointerOf(tokens.reverse()),
  message,
  requirement,
})

type Visited = Map<object, Extent | typeof OPEN>

const LEAF: Extent = { height: 0, count: 1 }

function visit(value: unknown, depth: number, visited: Visited): Extent | Fault {
  switch (typeof value) {
    case 'boolean':
      return LEAF
    case 'number':
      return inRange(value) ? LEAF : numberFault(value)
    case 'string':
      return value.isWellFormed() ? LEAF : surrogateFault('a string')
    case 'object':
      return value === null ? LEAF : visitObject(value, depth, visited)
    default:
      return notJson(typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`)
  }
}

function visitObject(value: object, depth: number, visited: Visited): Extent | Fault {
  const known = visited.get(value)
  if (known === OPEN) return notJson('an object that contains itself')
  if (depth + (known?.height ?? 1) - 1 > MAX_DEPTH) {
    return fault('json.depth', 'AR-BYTES-007', `nested deeper than ${MAX_DEPTH} levels`)
  }
  if (known !== undefined) return known
  visited.set(value, OPEN)
  const extent = visitMembers(value, depth, visited)
  if (!('code' in extent)) visited.set(value, extent)
  return extent
}

function visitMembers(value: object, depth: number, visited: Visited): Extent | Fault {
  let height = 0
  let count = 1
  let at: string | number | undefined
  try {
    const list = Array.isArray(value)
    if (!list && !isPlain(value)) return notJson('an object of a class, such as a Map or a Date')
    const names = list ? value : Object.keys(value)
    for (let i = 0; i < names.length; i++) {
      at = list ? i : (names[i] as string)
      if (!list && !(at as string).isWellFormed()) return surrogateFault('a member name')
      const child = visit((value as Readonly<Record<string | number, unknown>>)[at], depth + 1, visited)
      if ('code' in child) {
        child.tokens.push(at)
        return child
      }
      height = Math.max(height, child.height)
      count += child.count
      if (count > MAX_VALUES) return notJson(`objects shared so often that they stand for over ${MAX_VALUES} values`)
    }
  } catch {
    return unreadableAt(at)
  }
  return { height: height + 1, count }
}

/** Whether an object is what a JSON parser makes, in this realm or another. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

const fault = (code: string, requirement: string, message: string): Fault => ({
  code,
  requirement,
  message,
  tokens: [],
})

const notJson = (found: string): Fault => fault('json.value', 'AR-BYTES-003', `found ${found}, expected a JSON value`)

const unreadableAt = (key: string | number | undefined): Fault => ({
  ...notJson('a value that cannot be read'),
  tokens: key === undefined ? [] : [key],
})

const surrogateFault = (where: string): Fault =>
  fault('json.lone_surrogate', 'AR-BYTES-005', `found half of a surrogate pair in ${where}, expected whole characters`)

const numberFault = (value: number): Fault =>
  Number.isNaN(value)
    ? notJson('NaN')
    : fault('json.number_range', 'AR-BYTES-006', 'found a number beyond ±(2^53 − 1), expected one within')
