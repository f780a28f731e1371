import type { AgentRun } from '@agent-run/types'
import { isValid } from '../../generated/is-valid.ts'
import { stepLeaf } from '../../hash/index.ts'
import { checkSignature, documentHash, isSealed, recordHash, stepsRoot, verifyBatchProof } from '../../seal/index.ts'
import { isObject, type JsonObject, objectOf, placesOf, textOf } from '../../semantics/object.ts'
import type { Evidence } from '../evidence.ts'
import { type ChildClaims, childClaims, claimants, type ParentClaims, parentClaims } from './claims.ts'

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
  /** Number of the step that has this leaf, if any. */
  stepOfLeaf(leaf: string): number | undefined
}

/**
 * A record as one end of an edge; the caller answers for its seal.
 * @param recomputed its record_hash, where it was computed already
 */
export const partyOf = (run: JsonObject, evidence: Evidence, recomputed?: string): Party => {
  const sealed = isSealed(run)
  const hash = sealed ? (recomputed ?? recordHash(run as unknown as AgentRun)) : undefined
  const provenance = objectOf(run, 'provenance') ?? {}
  const steps = placesOf(run, 'steps', '').map(({ value }) => value)
  const links = hash === undefined ? [] : linksOf(hash, provenance.signed_by, evidence)
  let leaves: Map<string, number> | undefined
  return {
    id: textOf(run, 'id') ?? '',
    run,
    provenance,
    sealed,
    hash,
    children: childClaims(steps, links),
    parents: parentClaims(placesOf(provenance, 'parents', '').map(({ value }) => value)),
    stepOfLeaf(leaf) {
      leaves ??= new Map(steps.map((step, index) => [stepLeaf(step), index]))
      return leaves.get(leaf)
    },
  }
}

/** A link counts if the record's own key signed it; anybody else can write one. */
const linksOf = (hash: string, key: unknown, evidence: Evidence): readonly JsonObject[] =>
  evidence
    .about(hash)
    .filter((statement) => statement.kind === 'link' && typeof key === 'string' && statement.signed_by === key)
    .filter((statement) => evidence.isSigned(statement)) as unknown as readonly JsonObject[]

/** The given records that count, by id, and the ids of all that were given. */
export interface Parties {
  readonly byId: ReadonlyMap<string, readonly Party[]>
  readonly given: ReadonlySet<string>
  /** Ids of those among them that claim a delegation of some run. */
  claimantsOf(run: string, delegation: string): ReadonlySet<string>
}

/**
 * Sorts what was given: a record whose seal does not hold says nothing, equal copies are one, and beside a sealed record
 * of some id the unsealed ones of that id do not count.
 */
export const partiesOf = (self: Party, related: readonly unknown[], evidence: Evidence): Parties => {
  const given = new Set<string>()
  const found = new Map<string, Map<string, Party>>()
  for (const candidate of related) {
    const party = admit(candidate, evidence)
    if (isObject(candidate) && typeof candidate.id === 'string') given.add(candidate.id)
    if (party === undefined || (party.id === self.id && nameOf(party) === nameOf(self))) continue
    const namesakes = found.get(party.id) ?? new Map<string, Party>()
    namesakes.set(nameOf(party), party)
    found.set(party.id, namesakes)
  }
  const byId = new Map<string, readonly Party[]>()
  for (const [id, namesakes] of found) {
    const all = [...namesakes.values()]
    const sealed = all.filter((party) => party.sealed)
    byId.set(id, sealed.length > 0 ? sealed : all)
  }
  return { byId, given, claimantsOf: claimants([...byId.values()].flat()) }
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

const isIntact = ({ run, provenance, hash }: Party, evidence: Evidence): boolean => {
  const { count, root } = stepsRoot(run.steps as readonly object[])
  if (provenance.record_hash !== hash || provenance.steps_count !== count || provenance.steps_root !== root)
    return false
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
