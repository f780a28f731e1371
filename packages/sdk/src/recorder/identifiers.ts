import type { Clock } from './clock.ts'

/** What gets an identifier. */
export type IdKind = 'run' | 'step' | 'approval' | 'policy_decision' | 'artifact' | 'delegation'

/** Random bytes for salts, nonces and identifiers. */
export type Random = (length: number) => Uint8Array

// A call for a few bytes costs the platform as much as one for many, and every step needs several.
const pool = new Uint8Array(4096)
let given = pool.length

/** Bytes of the platform's generator, none of them given twice. */
export const platformRandom: Random = (length) => {
  if (length > pool.length) return crypto.getRandomValues(new Uint8Array(length))
  if (given + length > pool.length) {
    crypto.getRandomValues(pool)
    given = 0
  }
  const bytes = pool.slice(given, given + length)
  pool.fill(0, given, given + length)
  given += length
  return bytes
}

const hexadecimal = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Bytes as lower-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += hexadecimal[byte]
  return text
}

const prefixes = { step: 's', policy_decision: 'pd', artifact: 'art' } as const

/** Makes identifiers. */
export interface Identifiers {
  next(kind: IdKind): string
  /** Keeps an identifier that is there already from being given again. */
  reserve(id: string): void
}

/**
 * Identifiers of one run: UUIDv7 (RFC 9562) for what is known outside of it, `s-1`, `pd-1`, `art-1` … inside.
 * @param own the caller's identifiers; `undefined` leaves the choice to the recorder
 */
export function createIdentifiers(
  clock: Clock,
  random: Random,
  own: (kind: IdKind) => string | undefined = () => undefined,
): Identifiers {
  const taken = new Set<string>()
  const counts = { step: 0, policy_decision: 0, artifact: 0 }
  const made = (kind: IdKind): string =>
    kind === 'step' || kind === 'policy_decision' || kind === 'artifact'
      ? `${prefixes[kind]}-${++counts[kind]}`
      : uuid(clock.milliseconds(), random(10))
  return {
    next(kind) {
      const chosen: unknown = own(kind)
      let id = isUsable(chosen) && !taken.has(chosen) ? chosen : made(kind)
      while (taken.has(id)) id = made(kind)
      taken.add(id)
      return id
    },
    reserve: (id) => void taken.add(id),
  }
}

/** Longest identifier that a caller may choose: file names and references repeat it. */
const longest = 512

const isUsable = (id: unknown): id is string =>
  typeof id === 'string' && id !== '' && id.length <= longest && id.isWellFormed()

function uuid(milliseconds: number, random: Uint8Array): string {
  const time = milliseconds.toString(16).padStart(12, '0')
  const rest = toHex(random).padEnd(20, '0')
  const variant = ((Number.parseInt(rest.charAt(3), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`
}
