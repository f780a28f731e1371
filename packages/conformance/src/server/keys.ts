import { readFileSync } from 'node:fs'
import { Failure } from '../failure.ts'
import type { KeyRing } from '../http/room.ts'
import { printable } from '../http/show.ts'

/** Roles that a key can be given for. */
export const KEY_ROLES = ['main', 'reader', 'ingest', 'other', 'expired', 'revoked'] as const

/** A role that a key can be given for. */
export type GivenRole = (typeof KEY_ROLES)[number]

/** Where keys come from: options, files and the environment. */
export interface KeyOptions {
  readonly key?: string
  readonly keyFile?: string
  readonly keys?: string
  readonly readerKey?: string
  readonly ingestKey?: string
  readonly otherKey?: string
  readonly expiredKey?: string
  readonly revokedKey?: string
}

/** Name of the environment variable with the key of a role; it stands in reproducing command lines as well. */
export const keyVariable = (role: GivenRole): string =>
  role === 'main' ? 'AGENT_RUN_KEY' : `AGENT_RUN_KEY_${role.toUpperCase()}`

/**
 * The keys by role: an option goes before the file of all keys, and that before the environment.
 * @throws {Failure} for a file that cannot be used, a key that is none, or one key for two roles that have to differ
 */
export const readKeys = (options: KeyOptions, env: Readonly<Record<string, string | undefined>>): KeyRing => {
  if (options.key !== undefined && options.keyFile !== undefined)
    throw new Failure('--key and --key-file both give the key; one is enough')
  const listed = options.keys === undefined ? {} : readKeysFile(options.keys)
  const given: Readonly<Record<GivenRole, string | undefined>> = {
    main: options.key ?? (options.keyFile === undefined ? undefined : readKeyFile(options.keyFile)),
    reader: options.readerKey,
    ingest: options.ingestKey,
    other: options.otherKey,
    expired: options.expiredKey,
    revoked: options.revokedKey,
  }
  const keys: Partial<Record<GivenRole, string>> = {}
  for (const role of KEY_ROLES) {
    const key = given[role] ?? listed[role] ?? (env[keyVariable(role)] || undefined)
    if (key === undefined) continue
    // What stands in a header, and is sent as it is.
    if (!/^[\x21-\x7e]{1,4096}$/.test(key))
      throw new Failure(`the key of the role ${role} is none: expected visible ASCII characters without spaces`)
    const twin = KEY_ROLES.find((other) => keys[other] === key)
    if (twin !== undefined) throw new Failure(`the roles ${twin} and ${role} have the same key; they need one each`)
    keys[role] = key
  }
  return keys
}

const readKeyFile = (path: string): string => readText('--key-file', path).split(/\r?\n/)[0]!.trim()

const readKeysFile = (path: string): Partial<Record<GivenRole, string>> => {
  const text = readText('--keys', path)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // What a parser says quotes the text, and there are keys in it.
    throw new Failure(`--keys ${printable(path)}: this is no JSON`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure(`--keys ${printable(path)}: expected an object with a key by role`)
  for (const [role, key] of Object.entries(value)) {
    if (!(KEY_ROLES as readonly string[]).includes(role))
      throw new Failure(`--keys ${printable(path)}: "${printable(role)}" is no role; there are ${KEY_ROLES.join(', ')}`)
    if (typeof key !== 'string') throw new Failure(`--keys ${printable(path)}: the key of ${role} is no text`)
  }
  return value
}

const readText = (option: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new Failure(`${option} ${printable(path)} cannot be read: ${reason}`, { cause: error })
  }
}
