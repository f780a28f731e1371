/**
 * The fast way to the canonical form: the same value with the members of every object in canonical order, so that
 * native `JSON.stringify` does the rest. Records repeat a few shapes thousands of times, so the order of a shape's names
 * is worked out once and found again by comparing names, which are interned.
 */

/** Names of one shape of object, as they came and as they are to stand. */
interface Plan {
  readonly names: readonly string[]
  readonly sorted: readonly string[]
  readonly inOrder: boolean
  /** False where an object cannot hold these names in a chosen order: integer-like ones come first, `__proto__` is no member. */
  readonly possible: boolean
}

const MAX_DEPTH = 512
const MAX_PLANS = 32
const INDEX = /^(?:0|[1-9][0-9]*)$/

// Plans by number of names. Bounded, since names come from strangers.
const MAX_NAMES = 128
const plans: Plan[][] = Array.from({ length: MAX_NAMES + 1 }, () => [])

const makePlan = (names: readonly string[]): Plan => {
  // Comparing strings in ECMAScript compares UTF-16 code units, as RFC 8785 section 3.2.3 asks.
  const sorted = [...names].sort((a, b) => (a < b ? -1 : 1))
  return {
    names,
    sorted,
    inOrder: names.every((name, i) => name === sorted[i]),
    possible: !names.some((name) => name === '__proto__' || INDEX.test(name)),
  }
}

const planFor = (names: readonly string[]): Plan => {
  const count = names.length
  const known = plans[count]
  if (known === undefined) return makePlan(names)
  const first = names[0]
  const last = names[count - 1]
  search: for (let i = 0; i < known.length; i++) {
    const plan = known[i]!
    if (plan.names[0] !== first || plan.names[count - 1] !== last) continue
    for (let j = 1; j < count - 1; j++) if (plan.names[j] !== names[j]) continue search
    if (i > 0) {
      // Common shapes drift to the front.
      known[i] = known[i - 1]!
      known[i - 1] = plan
    }
    return plan
  }
  const plan = makePlan(names)
  if (known.length === MAX_PLANS) known.pop()
  known.push(plan)
  return plan
}

/** What {@link order} gives up with: a value that only the exact serialiser can judge. */
const IMPOSSIBLE = Symbol('impossible')

/**
 * The value with every object's members in canonical order; the value itself, not a copy, where they already are.
 * `undefined` where that is impossible or the value is not JSON: the exact serialiser says which.
 */
export function inCanonicalOrder(value: unknown): unknown {
  const ordered = order(value, 1)
  return ordered === IMPOSSIBLE ? undefined : ordered
}

function order(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : IMPOSSIBLE
    case 'object':
      if (value === null) return null
      if (depth > MAX_DEPTH) return IMPOSSIBLE
      return Array.isArray(value) ? orderList(value, depth) : orderObject(value as Record<string, unknown>, depth)
    default:
      return IMPOSSIBLE
  }
}

function orderList(list: readonly unknown[], depth: number): unknown {
  // JSON.stringify would call it; in an object it is a member like any other, and a function is refused there.
  if ('toJSON' in list) return IMPOSSIBLE
  let copy: unknown[] | undefined
  for (let i = 0; i < list.length; i++) {
    const item = list[i]
    // Strings are settled here and not by a call each.
    if (typeof item === 'string') continue
    const ordered = order(item, depth + 1)
    if (ordered === IMPOSSIBLE) return IMPOSSIBLE
    if (ordered === item) continue
    copy ??= list.slice()
    copy[i] = ordered
  }
  return copy ?? list
}

function orderObject(object: Record<string, unknown>, depth: number): unknown {
  const prototype = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null) return IMPOSSIBLE
  const names = Object.keys(object)
  if (names.length === 0) return object
  const plan = planFor(names)
  if (!plan.possible) return IMPOSSIBLE
  const { sorted } = plan
  // A copy is made at once where the names are out of order, else only when a member turns out to need one.
  let copy: Record<string, unknown> | undefined = plan.inOrder ? undefined : {}
  for (let i = 0; i < sorted.length; i++) {
    const name = sorted[i]!
    const member = object[name]
    const ordered = typeof member === 'string' ? member : order(member, depth + 1)
    if (ordered === IMPOSSIBLE) return IMPOSSIBLE
    if (copy === undefined) {
      if (ordered === member) continue
      copy = { ...object }
    }
    copy[name] = ordered
  }
  return copy ?? object
}
