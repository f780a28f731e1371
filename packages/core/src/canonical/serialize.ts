const MAX_DEPTH = 512

/**
 * The exact way to the canonical form (RFC 8785), for whatever the fast way cannot handle; says what is not JSON.
 * @throws {TypeError} as {@link canonicalize}
 */
export function serialize(value: unknown, depth = 1): string {
  switch (typeof value) {
    case 'string':
      return serializeString(value)
    case 'boolean':
      return String(value)
    case 'number':
      if (!Number.isFinite(value)) throw notJson('a number that is not finite')
      return JSON.stringify(value)
    case 'object':
      if (value === null) return 'null'
      if (depth > MAX_DEPTH) throw notJson(`nesting deeper than ${MAX_DEPTH} levels`)
      return Array.isArray(value) ? serializeList(value, depth) : serializeObject(value, depth)
    default:
      throw notJson(`a value of type ${typeof value}`)
  }
}

// Array.from reads the holes of a sparse array, which are undefined and refused.
const serializeList = (list: readonly unknown[], depth: number): string =>
  `[${Array.from(list, (item) => serialize(item, depth + 1)).join(',')}]`

const serializeObject = (object: object, depth: number): string => {
  if (!isPlain(object)) throw notJson('an object that is not a plain one')
  const members = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${serializeString(name)}:${serialize(member, depth + 1)}`).join(',')}}`
}

/** Whether an object is what a JSON parser makes, in this realm or another. */
const isPlain = (object: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const serializeString = (text: string): string => {
  if (!text.isWellFormed()) throw notJson('half a surrogate pair in a string or name')
  return JSON.stringify(text)
}

const notJson = (found: string): TypeError => new TypeError(`only JSON has a canonical form; found ${found}`)
