import { argumentsHash, readJson, textArgumentsHash } from '@agent-run/core'

/** Arguments of a call at one moment: later changes of the object they were read from do not reach them. */
export interface Snapshot {
  /** Their `arguments_hash` with the step's salt. */
  readonly hash: string
  /** A copy, or the text that stands for what is not JSON of the record profile. */
  readonly copy: unknown
  /** Whether the hash tells these arguments from all others: not so for what JSON cannot say, such as a cycle. */
  readonly isExact: boolean
}

/**
 * Takes the arguments of a call as they are now, as JSON. What is not JSON of the record profile – a lone surrogate, a
 * number beyond 2^53 − 1 – is hashed as text (spec/bytes.md).
 */
export function snapshot(args: unknown, salt: string): Snapshot {
  const json = toJson(args)
  if (json === undefined) {
    const text = typeof args === 'object' ? 'an object that JSON cannot say' : String(args)
    return { hash: textArgumentsHash(text.toWellFormed(), salt), copy: text, isExact: false }
  }
  const read = readJson(json)
  return read.ok
    ? { hash: argumentsHash(read.value, salt), copy: read.value, isExact: true }
    : { hash: textArgumentsHash(json, salt), copy: json, isExact: true }
}

/** JSON as it would travel; a call without arguments has `null`. */
const toJson = (args: unknown): string | undefined => {
  try {
    return JSON.stringify(args ?? null) as string | undefined
  } catch {
    return undefined
  }
}
