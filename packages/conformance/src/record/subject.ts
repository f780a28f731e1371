import { canonicalize } from '../bytes/canonical.ts'
import { documentHash, sealHash } from '../bytes/covered.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { type ErasableKind, NESTED, PRIVATE, privateHash, stepsRoot } from '../bytes/seal.ts'
import type { Keys, Vouched } from './keys.ts'
import { RecordView } from './view.ts'

/** What came with a record, as far as it has a right form. */
export interface Beside {
  readonly statements: readonly JsonObject[]
  readonly evals: readonly JsonObject[]
  readonly proofs: readonly JsonObject[]
  readonly related: readonly JsonObject[]
}

/** An object of a record that may have a `private_hash`. */
export interface Erasable {
  readonly kind: ErasableKind
  readonly object: JsonObject
  readonly path: string
}

/** A record whose bytes and form are in order, and what it is judged by. */
export class Subject {
  readonly record: JsonObject
  readonly view: RecordView
  readonly provenance: JsonObject
  readonly sealed: boolean
  readonly beside: Beside
  readonly keys: Keys
  #hash: string | undefined
  #root: string | undefined
  #vouched: Vouched | 'not looked for' | undefined = 'not looked for'

  constructor(record: JsonObject, beside: Beside, keys: Keys) {
    this.record = record
    this.view = new RecordView(record)
    this.provenance = provenanceOf(record)
    this.sealed = isSealed(record)
    this.beside = beside
    this.keys = keys
  }

  /** `record_hash` as it has to be. */
  get hash(): string {
    this.#hash ??= sealHash('run', this.record)
    return this.#hash
  }

  /** `steps_root` as it has to be. */
  get root(): string {
    this.#root ??= stepsRoot(this.record.steps as readonly Json[])
    return this.#root
  }

  /** Who vouches for the time of the sealed record. */
  get vouched(): Vouched | undefined {
    if (this.#vouched === 'not looked for')
      this.#vouched = this.sealed ? this.keys.vouched(this.record, this.hash, this.beside.statements) : undefined
    return this.#vouched
  }
}

/** The provenance of a record, empty where it has none. */
export const provenanceOf = (record: JsonObject): JsonObject => (isObject(record.provenance) ? record.provenance : {})

/** Whether a member is known: there, and not null. */
export const isKnown = (value: Json | undefined): boolean => value !== undefined && value !== null

/** Whether a record claims to be sealed (spec/seal.md). */
export const isSealed = (record: JsonObject): boolean => {
  const provenance = provenanceOf(record)
  const marks = ['record_hash', 'sealed_at', 'journal_head', ...(isKnown(record.spec_version) ? ['signature'] : [])]
  return marks.some((mark) => isKnown(provenance[mark]))
}

/** Members that every sealed record has, in the order in which they are looked for (AR-SEAL-009). */
const SEALED = ['spec_version', 'record_hash', 'sealed_at', 'steps_count', 'steps_root', 'nonce']

/** Where members are missing that every sealed record has, as JSON Pointers; those that are there are `undefined`. */
export const sealGaps = (record: JsonObject): readonly (string | undefined)[] =>
  SEALED.map((name) => {
    const [holder, path] = name === 'spec_version' ? [record, ''] : [provenanceOf(record), '/provenance']
    return isKnown(holder[name]) ? undefined : `${path}/${name}`
  })

/** The run, its steps, each followed by its side effects, then approvals, policy decisions and artifacts. */
export function* erasablesOf(record: JsonObject): Generator<Erasable> {
  yield { kind: 'run', object: record, path: '' }
  yield* erasablesIn('run', record, '')
}

function* erasablesIn(kind: string, object: JsonObject, path: string): Generator<Erasable> {
  for (const [name, inner] of Object.entries(NESTED[kind] ?? {})) {
    const items = object[name]
    if (!Array.isArray(items)) continue
    for (const [index, item] of items.entries()) {
      if (!isObject(item)) continue
      const place = `${path}/${name}/${index}`
      yield { kind: inner, object: item, path: place }
      yield* erasablesIn(inner, item, place)
    }
  }
}

/** `whole`, `erased` or `broken` (AR-SEAL-008); undefined for an object without `private_hash`. */
export const privateState = (kind: ErasableKind, object: JsonObject): 'whole' | 'erased' | 'broken' | undefined => {
  const stated = object.private_hash
  if (typeof stated !== 'string') return undefined
  if (Object.hasOwn(object, 'salt')) return privateHash(kind, object) === stated ? 'whole' : 'broken'
  return PRIVATE[kind].some((name) => Object.hasOwn(object, name)) ? 'broken' : 'erased'
}

/** A name by which equal records are one. */
export const nameOf = (record: JsonObject): string =>
  isSealed(record) ? sealHash('run', record) : documentHash(record)

/** Whether two members are equal, absent and null apart. */
export const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : canonicalize(one) === canonicalize(other)
