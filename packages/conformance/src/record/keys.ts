import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { isSigned, keyOf } from '../bytes/verify.ts'
import { instant } from './instant.ts'
import { isValid } from './schema.ts'

/** State of a key at a time (spec/trust.md). */
type KeyState = 'untrusted' | 'revoked' | 'time_unproven' | 'trusted'

/** A revocation that counts. */
interface Revocation {
  readonly at: bigint
  readonly reason: Json | undefined
}

/** Who saw the sealed record, and when, as a verifier has to believe it (AR-TRUST-008). */
export interface Vouched {
  readonly identity: string
  readonly text: string
  readonly at: bigint
}

const VOUCHING = ['server', 'auditor', 'witness']

/**
 * The keys of a trust file, as the statements that came along leave them.
 * @throws {TypeError} for a trust file that is none (AR-TRUST-009), and for a `now` that is no time
 */
export class Keys {
  /** Whether there is a trust file at all. */
  readonly given: boolean
  readonly #entries: ReadonlyMap<Json, JsonObject>
  readonly #now: bigint
  readonly #revocations = new Map<Json, Revocation[]>()

  constructor(trust: Json | undefined, statements: readonly JsonObject[], now: string) {
    const time = instant(now)
    if (time === undefined) throw new TypeError('now is no time')
    this.#now = time
    this.given = trust !== undefined
    const entries = trust === undefined ? [] : entriesOf(trust)
    this.#entries = new Map(entries.map((entry) => [entry.key!, entry]))
    for (const [key, entry] of this.#entries) {
      if (isObject(entry.revoked)) this.#revoke(key, timeOf(entry.revoked.at), entry.revoked.reason)
    }
    // Whether a statement counts is said by the file alone, so that statements can't speak for each other.
    for (const [key, at, reason] of statements.flatMap((each) => this.#stated(each))) this.#revoke(key, at, reason)
  }

  #revoke(key: Json, at: bigint | undefined, reason: Json | undefined): void {
    if (at !== undefined) this.#revocations.set(key, [...(this.#revocations.get(key) ?? []), { at, reason }])
  }

  #stated(statement: JsonObject): readonly (readonly [Json, bigint | undefined, Json | undefined])[] {
    const { kind, about, signed_by: signer } = statement
    const own = this.entry(about)
    if (kind !== 'revocation' || about === undefined || own === undefined) return []
    const colleague = this.entry(signer)?.identity === own.identity && this.state(signer, undefined) === 'trusted'
    if ((signer !== about && !colleague) || !isSigned('statement', statement)) return []
    const body = isObject(statement.body) ? statement.body : {}
    return [[about, timeOf(body.at) ?? timeOf(statement.at), body.reason]]
  }

  /** The entry of a key. */
  entry(key: Json | undefined): JsonObject | undefined {
    return key === undefined ? undefined : this.#entries.get(key)
  }

  /** State of a key at the vouched time, or else now. */
  state(key: Json | undefined, vouched: Vouched | undefined): KeyState {
    const entry = this.entry(key)
    if (key === undefined || entry === undefined) return 'untrusted'
    const at = vouched?.at ?? this.#now
    const [from, until] = [timeOf(entry.valid_from), timeOf(entry.valid_until)]
    let unproven = (from !== undefined && at < from) || (until !== undefined && at > until)
    for (const revocation of this.#revocations.get(key) ?? []) {
      const late = at >= revocation.at
      if (revocation.reason === 'superseded' || revocation.reason === 'retired') unproven ||= late
      else if (vouched === undefined || late) return 'revoked'
    }
    return unproven ? 'time_unproven' : 'trusted'
  }

  /** How the check `signer` of a verifier comes out for a record with a right signature. */
  signer(record: JsonObject, key: Json | undefined, vouched: Vouched | undefined): 'pass' | 'fail' | 'unknown' {
    const entry = this.entry(key)
    if (entry === undefined) return 'unknown'
    if (!hasRole(entry, 'runtime') && !hasRole(entry, 'recorder')) return 'fail'
    const state = this.state(key, vouched)
    if (barred(entry, record) !== undefined || state === 'revoked') return 'fail'
    return state === 'trusted' ? 'pass' : 'unknown'
  }

  /** Whether a key counts now with one of these roles for a record (AR-TRUST-010). */
  countsNow(key: Json | undefined, roles: readonly string[], record: JsonObject): boolean {
    const entry = this.entry(key)
    if (entry === undefined || !roles.some((role) => hasRole(entry, role))) return false
    return barred(entry, record) === undefined && this.state(key, undefined) === 'trusted'
  }

  /** The earliest time that somebody trusted, and other than the signer, vouches for (AR-TRUST-008). */
  vouched(record: JsonObject, hash: string, statements: readonly JsonObject[]): Vouched | undefined {
    const signedBy = isObject(record.provenance) ? record.provenance.signed_by : undefined
    const own = this.entry(signedBy)
    const seen = statements.flatMap((statement): readonly Vouched[] => {
      const { kind, about, signed_by: key, at: text } = statement
      const [entry, at] = [this.entry(key), timeOf(text)]
      if (kind !== 'countersignature' || about !== hash || entry === undefined || at === undefined) return []
      if (key === signedBy || entry.identity === own?.identity) return []
      if (!this.countsNow(key, VOUCHING, record) || !isSigned('statement', statement)) return []
      return [{ identity: entry.identity as string, text: text as string, at }]
    })
    return seen.sort(earlier)[0]
  }
}

const earlier = (one: Vouched, other: Vouched): number =>
  compare(one.at, other.at) || compare(one.identity, other.identity) || compare(one.text, other.text)

const compare = <T extends bigint | string>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0)

const timeOf = (value: Json | undefined): bigint | undefined => (typeof value === 'string' ? instant(value) : undefined)

/** Whether the entry of a key has a role. */
export const hasRole = ({ roles }: JsonObject, role: string): boolean => Array.isArray(roles) && roles.includes(role)

/** What keeps a key from counting for a record: `agent` or `workspace` (AR-TRUST-010). */
export const barred = (entry: JsonObject, record: JsonObject): 'agent' | 'workspace' | undefined => {
  if (!fitsOne(entry.agents, record.agent_id)) return 'agent'
  return fitsOne(entry.workspaces, record.workspace_id) ? undefined : 'workspace'
}

const fitsOne = (patterns: Json | undefined, text: Json | undefined): boolean =>
  !Array.isArray(patterns) ||
  (typeof text === 'string' && (patterns as readonly string[]).some((pattern) => fits(pattern, text)))

/** Whether a pattern fits a whole text; `*` stands for any characters. Linear but for the number of stars. */
const fits = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === text
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let position = first.length
  for (const part of rest) {
    const found = text.indexOf(part, position)
    if (found === -1) return false
    position = found + part.length
  }
  return position <= text.length - last.length
}

const entriesOf = (trust: Json): readonly JsonObject[] => {
  if (!isObject(trust) || !isValid(trust, 'trust.json')) throw new TypeError('the trust file is not valid')
  const entries = trust.keys as readonly JsonObject[]
  const keys = new Set<Json | undefined>()
  for (const entry of entries) {
    const revoked = isObject(entry.revoked) ? entry.revoked.at : undefined
    const times = [entry.valid_from, entry.valid_until, revoked].filter((time) => time !== undefined)
    if (keyOf(entry.key) === undefined || keys.has(entry.key))
      throw new TypeError('the trust file names no key, or one twice')
    if (times.some((time) => timeOf(time) === undefined))
      throw new TypeError('the trust file names a time that does not exist')
    const [from, until] = [timeOf(entry.valid_from), timeOf(entry.valid_until)]
    if (from !== undefined && until !== undefined && until < from)
      throw new TypeError('the trust file has a key that is valid until before it is valid from')
    keys.add(entry.key)
  }
  return entries
}
