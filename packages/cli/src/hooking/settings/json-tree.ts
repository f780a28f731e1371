/** A JSON value and where it stands in its text, in UTF-16 code units: `start` is its first, `end` the one behind its last. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'scalar'
  readonly start: number
  readonly end: number
  /** Members or elements, in their order. */
  readonly children: readonly JsonChild[]
}

/** A member or an element. */
export interface JsonChild {
  /** Name of a member. */
  readonly name?: string
  /** Where it begins: a member with its name. */
  readonly start: number
  readonly value: JsonNode
}

/** The tree of a JSON text, which must be one: `JSON.parse` takes it. Nested too deeply it throws a RangeError. */
export function treeOf(text: string): JsonNode {
  let at = 0
  const skip = (): void => {
    while (/\s/.test(text.charAt(at))) at++
  }
  const scalar = (): JsonNode => {
    const start = at
    const match = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/sy
    match.lastIndex = at
    at += match.exec(text)?.[0].length ?? 1
    return { kind: 'scalar', start, end: at, children: [] }
  }
  const value = (): JsonNode => {
    skip()
    const start = at
    const open = text.charAt(at)
    if (open !== '{' && open !== '[') return scalar()
    const close = open === '{' ? '}' : ']'
    const children: JsonChild[] = []
    at++
    for (skip(); text.charAt(at) !== close; skip()) {
      if (text.charAt(at) === ',') at++
      skip()
      const start = at
      if (open === '[') children.push({ start, value: value() })
      else {
        const { start: from, end } = scalar()
        skip()
        at++
        children.push({ name: JSON.parse(text.slice(from, end)) as string, start, value: value() })
      }
    }
    at++
    return { kind: open === '{' ? 'object' : 'array', start, end: at, children }
  }
  return value()
}

/** The value of a member; of several of one name the last, as every reader has it. */
export const memberOf = (node: JsonNode | undefined, name: string): JsonNode | undefined =>
  node?.children.findLast((child) => child.name === name)?.value
