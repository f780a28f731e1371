/** How often a text is unwrapped. */
const deepest = 4

/** Longest text that is parsed. */
const longest = 4_194_304

/** Deepest nesting of a text of JSON: what walks a value calls itself, and must not run out of stack. */
const mostLevels = 1000

/** What a text of JSON says; `undefined` if it is none, or nested deeper than anybody writes it. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return text.length > 2 * mostLevels && isDeeper(value, mostLevels) ? undefined : value
  } catch {
    return undefined
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) {
    for (const item of value) if (isDeeper(item, levels - 1)) return true
    return false
  }
  for (const name in value) if (isDeeper((value as Record<string, unknown>)[name], levels - 1)) return true
  return false
}

/** The same for a value that may be a text of an object or a list; anything else stays what it is. */
export const parsed = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*[[{]/.test(value) ? (parseJson(value) ?? value) : value

/** A value that was encoded as JSON, perhaps more than once; what is no JSON stays a text. */
export function unwrap(value: unknown): unknown {
  let current = value
  for (let depth = 0; depth < deepest; depth++) {
    if (typeof current !== 'string' || current.length > longest || !/^\s*[[{"]/.test(current)) return current
    const inner = parseJson(current)
    if (inner === undefined) return current
    current = inner
  }
  return current
}
