import { createPreviewer, wellFormed } from './preview.ts'
import { redact } from './redact.ts'
import { hideByName, secretItem, secretKind } from './secret-names.ts'

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
   * 2^53 − 1, bounded depth, no cycles; secrets of known shapes and values of members that are called like secrets replaced,
   * in names as well. `undefined` for what JSON cannot say.
   */
  value(value: unknown): unknown
  /** A text, cleaned. */
  text(value: string): string
  /** A text that says in words what happened: cleaned, and at most 2,000 code points. */
  short(value: string): string
  /** The beginning of a text or of a value as JSON, cleaned; `undefined` if previews are off or there is nothing to show. */
  preview(value: unknown): string | undefined
}

/** Where a value stands. */
interface Place {
  /** Name of the member. */
  readonly name: string
  /** What sort of secret that member or one around it holds, by its name. */
  readonly secret: string | undefined
  readonly above: readonly object[]
}

/** Names that are too short and plain to be a secret of a known shape: nearly all. */
const plainName = /^\w{1,16}$/

/** Gives out names once: two that were secrets are the same afterwards. */
const distinctNames = (): ((name: string) => string) => {
  const taken = new Map<string, number>()
  return (name) => {
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  }
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
    const copy = (value: unknown, place: Place): unknown => {
      if (left-- <= 0) return '…'
      const { name, secret, above } = place
      if (typeof value === 'string') return secret === undefined ? text(value) : hideByName(secret, name, text(value))
      if (typeof value === 'boolean' || value === null) return value
      if (typeof value === 'number' || typeof value === 'bigint') {
        const exact = typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : String(value)
        return secret === undefined ? exact : hideByName(secret, name, exact)
      }
      if (typeof value !== 'object') return undefined
      if (above.length >= deepest || above.includes(value)) return '…'
      if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
      const within = { name, secret, above: [...above, value] }
      try {
        if (Array.isArray(value))
          return value
            .slice(0, left + 1)
            .map((item, index) => copy(item, { ...within, secret: secret ?? byItem(value, index) }) ?? null)
        const { toJSON } = value as { toJSON?: unknown }
        if (typeof toJSON === 'function') return copy(toJSON.call(value, ''), within)
        return copyMembers(value, within)
      } catch {
        // A getter or toJSON of a stranger's object threw.
        return '…'
      }
    }
    const copyMembers = (object: object, place: Place): object => {
      const members: [string, unknown][] = []
      const distinct = distinctNames()
      const entries = Object.entries(object)
      const label = labelled(entries)
      for (const [name, member] of entries) {
        if (left <= 0) break
        const secret = place.secret ?? byName(name) ?? (name === 'value' ? label : undefined)
        const cleaned = copy(member, { ...place, name, secret })
        if (cleaned !== undefined) members.push([plainName.test(name) ? name : distinct(text(name)), cleaned])
      }
      // Unlike assignment this makes a member of the name __proto__ what it is in JSON.
      return Object.fromEntries(members)
    }
    return copy(whole, { name: '', secret: undefined, above: [] })
  }
  const byName = redacting ? secretKind : (): undefined => undefined
  const byItem = redacting ? secretItem : (): undefined => undefined
  /** The kind of `value` in `{name: 'Authorization', value: …}`. */
  const labelled = (entries: readonly [string, unknown][]): string | undefined => {
    const name = entries.find(([member]) => member === 'name' || member === 'key')?.[1]
    return typeof name === 'string' ? byName(name) : undefined
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
