import type { Check, LineageEdge } from '@agent-run/types'
import { digest, stepLeafBytes } from '../hash/index.ts'
import { type Journal, readJournal } from '../journal/index.ts'
import { documentHash, isSealed, signedBytes } from '../seal/index.ts'
import { isObject, type JsonObject, listOf } from '../semantics/object.ts'
import type { KeyStates } from '../trust/index.ts'
import { type BoundJournal, bindJournal } from './bound-journal.ts'
import type { Evidence } from './evidence.ts'
import { bytesOf, type VerifyOptions } from './options.ts'
import type { CheckName } from './outcome.ts'
import { type Vouched, vouchedTime } from './vouched.ts'

/** What every check of one record looks at. The record is valid by its schema. */
export interface VerifyContext {
  readonly run: JsonObject
  readonly provenance: JsonObject
  readonly options: VerifyOptions
  readonly keys: KeyStates
  readonly evidence: Evidence
  /** The present time, RFC 3339. */
  readonly now: string
  /** Whether the record claims to be sealed. */
  readonly sealed: boolean
  /** When another trusted party has seen this record; only of a sealed one. */
  readonly vouched: Vouched | undefined
  /** Leaf hashes of the steps, 32 bytes each, in order; taken once. */
  readonly leaves: readonly Uint8Array[]
  /** The bytes that `record_hash` and `signature` are taken of; made once. */
  readonly signedBytes: Uint8Array
  /** The recomputed `record_hash`. */
  readonly recordHash: string
  /** Hash of the whole document, its public form with steps; taken once. */
  readonly documentHash: string
  /** The journal given, as read; read once. */
  readonly journal: Journal | undefined
  /** How it comes out beside the record, and whether it is bound to it; looked at once. */
  readonly boundJournal: BoundJournal | undefined
  /** Checks that were made before. */
  readonly previous: ReadonlyMap<CheckName, Check>
  /** Edges that the check `lineage` finds. */
  readonly edges: LineageEdge[]
}

/** What a context is made of. */
export interface ContextInput {
  readonly run: JsonObject
  readonly options: VerifyOptions
  readonly keys: KeyStates
  readonly evidence: Evidence
  readonly now: string
  readonly previous: ReadonlyMap<CheckName, Check>
}

/** The context of one record. What costs time is computed when it is asked for, once. */
export const createContext = ({ run, options, keys, evidence, now, previous }: ContextInput): VerifyContext => {
  const provenance = isObject(run.provenance) ? run.provenance : {}
  const sealed = isSealed(run)
  let leaves: Uint8Array[] | undefined
  let bytes: Uint8Array | undefined
  let hash: string | undefined
  let document: string | undefined
  let journal: Journal | undefined
  let boundJournal: BoundJournal | undefined
  let vouched: { readonly time: Vouched | undefined } | undefined
  return {
    run,
    provenance,
    options,
    keys,
    evidence,
    now,
    sealed,
    previous,
    edges: [],
    get leaves() {
      leaves ??= listOf(run, 'steps').map((step) => stepLeafBytes(step as object))
      return leaves
    },
    get signedBytes() {
      bytes ??= signedBytes('run', run)
      return bytes
    },
    get recordHash() {
      hash ??= digest(this.signedBytes)
      return hash
    },
    get documentHash() {
      document ??= documentHash(run)
      return document
    },
    get journal() {
      const given = options.journal
      const octets = typeof given === 'string' ? given : bytesOf(given)
      journal ??= octets === undefined ? (given as Journal | undefined) : readJournal(octets)
      return journal
    },
    get boundJournal() {
      if (this.journal !== undefined) boundJournal ??= bindJournal(this.journal, run, sealed, keys)
      return boundJournal
    },
    get vouched() {
      vouched ??= { time: sealed ? vouchedTime(run, this.recordHash, provenance.signed_by, keys, evidence) : undefined }
      return vouched.time
    },
  }
}
