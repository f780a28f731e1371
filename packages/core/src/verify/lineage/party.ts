import type { AgentRun } from '@agent-run/types'
import { isValid } from '../../generated/is-valid.ts'
import { digestText, stepLeafBytes } from '../../hash/index.ts'
import {
  checkSignature,
  documentHash,
  isSealed,
  missingFromSeal,
  recordHash,
  verifyBatchProof,
} from '../../seal/index.ts'
import { type JsonObject, objectOf, placesOf, textOf } from '../../semantics/object.ts'
import { treeRoot } from '../../tree/index.ts'
import type { Evidence } from '../evidence.ts'
import { type ChildClaims, childClaims, type ParentClaims, parentClaims } from './claims.ts'

/** One end of an edge: a record, and what can be relied on in it. */
export interface Party {
  readonly id: string
  readonly run: JsonObject
  readonly provenance: JsonObject
  /** Whether a seal protects it. A seal that does not hold makes no party. */
  readonly sealed: boolean
  /** Recomputed record_hash of a sealed one. */
  readonly hash: string | undefined
  /** What its steps, and links that its own key signed, say about children. */
  readonly children: ChildClaims
  readonly parents: ParentClaims
  /** Leaf hashes of its steps, 32 bytes each, in order; taken once. */
  readonly leaves: readonly Uint8Array[]
  /** Number of the step that has this leaf, if any. */
  stepOfLeaf(leaf: string): number | undefined
  /** That step. */
  stepOf(leaf: string): JsonObject | undefined
}

/** What was computed of a record already. */
export interface Computed {
  /** Its record_hash, if it is sealed. */
  readonly hash?: string | undefined
  /** Leaf hashes of its steps. */
  leaves(): readonly Uint8Array[]
}

/** A record as one end of an edge; the caller answers for its seal. */
export const partyOf = (run: JsonObject, evidence: Evidence, computed?: Computed): Party => {
  const sealed = isSealed(run)
  const hash = sealed ? (computed?.hash ?? recordHash(run as unknown as AgentRun)) : undefined
  const provenance = objectOf(run, 'provenance') ?? {}
  const steps = placesOf(run, 'steps', '').map(({ value }) => value)
  const links = hash === undefined ? [] : linksOf(hash, provenance.signed_by, evidence)
  let leaves: readonly Uint8Array[] | undefined
  let numbers: Map<string, number> | undefined
  return {
    id: textOf(run, 'id') ?? '',
    run,
    provenance,
    sealed,
    hash,
    children: childClaims(steps, links),
    parents: parentClaims(placesOf(provenance, 'parents', '').map(({ value }) => value)),
    get leaves() {
      leaves ??= computed?.leaves() ?? steps.map((step) => stepLeafBytes(step))
      return leaves
    },
    stepOfLeaf(leaf) {
      // Of equal steps the first has it.
      numbers ??= new Map(this.leaves.map((bytes, index) => [digestText(bytes), index] as const).reverse())
      return numbers.get(leaf)
    },
    stepOf(leaf) {
      return steps[this.stepOfLeaf(leaf) ?? steps.length]
    },
  }
}

/** A link counts if the record's own key signed it; anybody else can write one. */
const linksOf = (hash: string, key: unknown, evidence: Evidence): readonly JsonObject[] =>
  evidence
    .about(hash)
    .filter((statement) => statement.kind === 'link' && typeof key === 'string' && statement.signed_by === key)
    .filter((statement) => evidence.isSigned(statement)) as unknown as readonly JsonObject[]

/**
 * The records that count among those that were given, by id: one that is no record, or whose seal does not hold, is as if
 * not given; equal copies are one, and a copy of the record itself is none.
 */
export const partiesOf = (
  self: Party,
  related: readonly unknown[],
  evidence: Evidence,
): ReadonlyMap<string, readonly Party[]> => {
  const found = new Map<string, Map<string, Party>>()
  for (const candidate of related) {
    const party = admit(candidate, evidence)
    if (party === undefined || (party.id === self.id && nameOf(party) === nameOf(self))) continue
    const namesakes = found.get(party.id) ?? new Map<string, Party>()
    if (!namesakes.has(nameOf(party))) namesakes.set(nameOf(party), party)
    found.set(party.id, namesakes)
  }
  return new Map([...found].map(([id, namesakes]) => [id, [...namesakes.values()]]))
}

const nameOf = (party: Party): string => party.hash ?? documentHash(party.run)

const admit = (candidate: unknown, evidence: Evidence): Party | undefined => {
  try {
    if (!isValid['agent-run'](candidate, { unknown: false })) return undefined
    const party = partyOf(candidate as JsonObject, evidence)
    return !party.sealed || isIntact(party, evidence) ? party : undefined
  } catch {
    // What no JSON parser makes: a getter, a proxy, a cycle.
    return undefined
  }
}

/** Whether its seal holds by itself (AR-SEAL-007, AR-SEAL-009, AR-SEAL-011, AR-SEAL-012, AR-SEAL-014). */
const isIntact = ({ run, provenance, hash, leaves }: Party, evidence: Evidence): boolean => {
  if (missingFromSeal(run) !== undefined) return false
  if (provenance.record_hash !== hash || provenance.steps_count !== leaves.length) return false
  if (provenance.steps_root !== digestText(treeRoot(leaves))) return false
  const signature = checkSignature('run', run)
  return signature === 'stripped' ? isInBatch(provenance, evidence) : signature !== 'fail'
}

const isInBatch = ({ record_hash, signed_by }: JsonObject, evidence: Evidence): boolean => {
  if (typeof record_hash !== 'string' || typeof signed_by !== 'string') return false
  return evidence
    .proofsOf(record_hash)
    .some((proof) =>
      evidence
        .named(proof.statement)
        .some((statement) => verifyBatchProof(proof, statement, { record_hash, signed_by }).ok),
    )
}
