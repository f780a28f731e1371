import { createPreviewer, redact, wellFormed } from '../preview/index.ts'

/** Deepest nesting of what is taken over from a caller; a record may be 128 deep. */
const deepest = 64

/** Most values that are looked at: members of a record are few, a preview needs fewer, and a result may be a whole database. */
const most = { value: 100_000, preview: 5_000 }

/** Longest text that is taken over, in UTF-16 code units; records hold previews, not payloads. */
const longest = 65_536

/** Turns what an agent hands over into what a record may hold. */
export interface Cleaner {
  /**
   * A copy that is plain JSON of the record profile (AR-BYTES-004 … 007): well-formed texts, finite numbers up to
   * 2^53 − 1, bounded depth, no cycles; secrets of known shapes replaced. `undefined` for what JSON cannot say.
   */
  value(value: unknown): unknown
  /** A text, cleaned. */
  text(value: string): string
  /** A text that says in words what happened: cleaned, and at most 2,000 code points. */
  short(value: string): string
  /** The beginning of a text or of a value as JSON, cleaned; `undefined` if previews are off or there is nothing to show. */
  preview(value: unknown): string | undefined
}

/**
 * @param redacting whether secrets of known shapes are replaced
 * @param length most code points of a preview; 0 for none
 */
export function createCleaner(redacting: boolean, length: number): Cleaner {
  const previewer = createPreviewer(redacting)
  const hide = redacting ? redact : (text: string): string => text
  const text = (value: string): string => hide(wellFormed(value.length > longest ? value.slice(0, longest) : value))

  const copyOf = (whole: unknown, most: number): unknown => {
    let left = most
    const copy = (value: unknown, depth: number, above: readonly object[]): unknown => {
      if (left-- <= 0) return '…'
      if (typeof value === 'string') return text(value)
      if (typeof value === 'boolean' || value === null) return value
      if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : String(value)
      if (typeof value === 'bigint') return value.toString()
      if (typeof value !== 'object') return undefined
      if (depth > deepest || above.includes(value)) return '…'
      if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
      const within = [...above, value]
      try {
        if (Array.isArray(value)) return value.slice(0, left + 1).map((item) => copy(item, depth + 1, within) ?? null)
        const { toJSON } = value as { toJSON?: unknown }
        if (typeof toJSON === 'function') return copy(toJSON.call(value, ''), depth + 1, within)
        const members: [string, unknown][] = []
        for (const [name, member] of Object.entries(value)) {
          const cleaned = copy(member, depth + 1, within)
          if (cleaned !== undefined) members.push([wellFormed(name), cleaned])
        }
        // Unlike assignment this makes a member of the name __proto__ what it is in JSON.
        return Object.fromEntries(members)
      } catch {
        // A getter or toJSON of a stranger's object threw.
        return '…'
      }
    }
    return copy(whole, 1, [])
  }

  return {
    value: (value) => copyOf(value, most.value),
    text,
    short: (value) => previewer.text(value),
    preview(value) {
      if (length === 0 || value === undefined) return undefined
      return previewer.json(typeof value === 'string' ? value : copyOf(value, most.preview), length)
    },
  }
}
