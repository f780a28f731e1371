import type { Check, LineageEdge } from '@agent-run/types'
import { digest, stepLeafBytes } from '../hash/index.ts'
import { type Journal, readJournal } from '../journal/index.ts'
import { isSealed, signedBytes } from '../seal/index.ts'
import { isObject, type JsonObject, listOf } from '../semantics/object.ts'
import type { KeyStates } from '../trust/index.ts'
import type { Evidence } from './evidence.ts'
import type { VerifyOptions } from './options.ts'
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
  /** The journal given, as read; read once. */
  readonly journal: Journal | undefined
  /** Checks that were made before. */
  readonly previous: ReadonlyMap<CheckName, Check>
  /** Edges that the check `lineage` finds. */
  readonly edges: LineageEdge[]
  /** Last line that a signed head of the journal speaks for, if the check `journal` passes. */
  checkpoint?: number
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
  let journal: Journal | undefined
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
    get journal() {
      const given = options.journal
      journal ??= typeof given === 'string' || given instanceof Uint8Array ? readJournal(given) : given
      return journal
    },
    get vouched() {
      vouched ??= { time: sealed ? vouchedTime(this.recordHash, provenance.signed_by, keys, evidence) : undefined }
      return vouched.time
    },
  }
}
