import { sealHash } from '../bytes/covered.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { stepLeaf, stepsRoot } from '../bytes/seal.ts'
import { isRight, isSigned } from '../bytes/verify.ts'
import { batchHolds } from './batch.ts'
import { isValid } from './schema.ts'
import { type Beside, isKnown, isSealed, nameOf, provenanceOf, sealGaps } from './subject.ts'

/** A step of a record, and its JSON Pointer. */
export interface PlacedStep {
  readonly step: JsonObject
  readonly path: string
}

/** A record that counts in a lineage: its seal holds, or it has none. */
export class Kin {
  readonly record: JsonObject
  readonly id: Json | undefined
  readonly sealed: boolean
  readonly hash: string | undefined
  readonly name: string
  readonly parents: readonly JsonObject[]
  readonly steps: readonly PlacedStep[]
  readonly handoffs: readonly PlacedStep[]
  #leaves: ReadonlyMap<string, JsonObject> | undefined
  #stepsHold: boolean | undefined
  #signatureHolds: boolean | undefined
  readonly #handoffs: Groups
  readonly #results: Groups
  readonly #unnamed: Groups
  readonly #children: ReadonlySet<Json | undefined>

  constructor(record: JsonObject) {
    this.record = record
    this.id = record.id
    this.sealed = isSealed(record)
    this.hash = this.sealed ? sealHash('run', record) : undefined
    this.name = this.hash ?? nameOf(record)
    this.parents = objects(provenanceOf(record).parents)
    this.steps = objects(record.steps).map((step, index) => ({ step, path: `/steps/${index}` }))
    this.handoffs = this.steps.filter(({ step }) => step.type === 'handoff')
    const results = this.steps.filter(({ step }) => step.type === 'handoff_result')
    this.#handoffs = group(this.handoffs, 'delegation_id')
    this.#results = group(results, 'delegation_id')
    this.#unnamed = group(
      results.filter(({ step }) => !isKnown(step.delegation_id)),
      'child_run_id',
    )
    this.#children = new Set(this.handoffs.map(({ step }) => step.child_run_id))
  }

  /** Whether its steps are those that were sealed. */
  get stepsHold(): boolean {
    const { steps_count, steps_root } = provenanceOf(this.record)
    const steps = this.steps.map(({ step }) => step)
    this.#stepsHold ??= steps_count === steps.length && steps_root === stepsRoot(steps)
    return this.#stepsHold
  }

  /** Whether its signature is right. */
  get signatureHolds(): boolean {
    const { signed_by, signature } = provenanceOf(this.record)
    this.#signatureHolds ??= isRight('run', this.record, signed_by, signature)
    return this.#signatureHolds
  }

  /** Whether one of its handoffs stands for a result. */
  hasHandoffOf({ delegation_id: delegation, child_run_id: child }: JsonObject): boolean {
    return isKnown(delegation) ? this.handoffsUnder(delegation).length > 0 : this.#children.has(child)
  }

  /** The first step with a leaf. */
  withLeaf(leaf: Json | undefined): JsonObject | undefined {
    // The first of equal steps counts, and a Map keeps the last.
    this.#leaves ??= new Map([...this.steps].reverse().map(({ step }) => [leafOf(step), step]))
    return typeof leaf === 'string' ? this.#leaves.get(leaf) : undefined
  }

  /** The handoffs that name a delegation. */
  handoffsUnder(delegation: Json | undefined): readonly JsonObject[] {
    return this.#handoffs.get(delegation) ?? []
  }

  /** The results that name a delegation. */
  resultsUnder(delegation: Json | undefined): readonly JsonObject[] {
    return this.#results.get(delegation) ?? []
  }

  /** The `record_hash`es that it states for a child: in its results, and by links that it signed. */
  confirmations(
    delegation: Json | undefined,
    child: Json | undefined,
    statements: readonly JsonObject[],
  ): readonly Json[] {
    const results = [...this.resultsUnder(delegation), ...(this.#unnamed.get(child) ?? [])]
    const key = provenanceOf(this.record).signed_by
    const links = statements.flatMap((each): readonly JsonObject[] => {
      const body = isObject(each.body) ? each.body : {}
      const isOurs = this.sealed && isKnown(key) && each.about === this.hash && each.signed_by === key
      const fits = isSameOrNone(body.delegation_id, delegation) && body.child_run_id === child
      const right = each.kind === 'link' && isOurs && fits && typeof body.child_record_hash === 'string'
      return right && isSigned('statement', each) ? [body] : []
    })
    return [...results, ...links].flatMap((each) => (isKnown(each.child_record_hash) ? [each.child_record_hash!] : []))
  }
}

/** The related records that count; the record itself is not among them. */
export class Family {
  readonly members: readonly Kin[]
  readonly statements: readonly JsonObject[]
  readonly #byId = new Map<Json | undefined, Kin[]>()

  constructor(own: Kin, { related, statements, proofs }: Beside) {
    this.statements = statements
    const kins = new Map<string, Kin>()
    for (const record of related) {
      const kin = kinOf(record)
      if (kin === undefined || (kin.sealed && !isIntact(kin, statements, proofs))) continue
      if (kin.name !== own.name && !kins.has(kin.name)) kins.set(kin.name, kin)
    }
    this.members = [...kins.values()]
    for (const kin of this.members) this.#byId.set(kin.id, [...(this.#byId.get(kin.id) ?? []), kin])
  }

  /** The one record of an id; undefined if there is none or several. */
  only(id: Json | undefined): Kin | undefined {
    const found = this.#byId.get(id) ?? []
    return found.length === 1 ? found[0] : undefined
  }

  /** The parents that an entry of a child pins: by `record_hash`, else by the handoff that they have. */
  pinnedParents(child: Kin, entry: JsonObject): readonly Kin[] {
    const named = this.#byId.get(entry.run_id) ?? []
    const byHash = named.filter((kin) => kin.hash !== undefined && kin.hash === entry.record_hash)
    if (byHash.length > 0 || !isKnown(entry.handoff_leaf) || !isKnown(entry.delegation_id)) return byHash
    return named.filter((kin) => {
      const step = kin.withLeaf(entry.handoff_leaf)
      return step?.type === 'handoff' && step.child_run_id === child.id && step.delegation_id === entry.delegation_id
    })
  }

  /** The children that a parent pins: by a `record_hash` that it states, else by their entry about the handoff. */
  pinnedChildren(parent: Kin, child: Json | undefined, stated: readonly Json[], handoff?: JsonObject): readonly Kin[] {
    const named = this.#byId.get(child) ?? []
    const byHash = named.filter((kin) => kin.hash !== undefined && stated.includes(kin.hash))
    if (byHash.length > 0 || handoff === undefined || !isKnown(handoff.delegation_id)) return byHash
    const leaf = leafOf(handoff)
    return named.filter((kin) =>
      kin.parents.some(
        (entry) =>
          entry.run_id === parent.id && entry.delegation_id === handoff.delegation_id && entry.handoff_leaf === leaf,
      ),
    )
  }
}

/** Leaf of a step, as `handoff_leaf` writes it. */
export const leafOf = (step: JsonObject): string => `sha256:${stepLeaf(step)}`

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : []

type Groups = ReadonlyMap<Json | undefined, readonly JsonObject[]>

/** Steps by a member that they have. */
const group = (steps: readonly PlacedStep[], name: string): Groups => {
  const groups = new Map<Json | undefined, JsonObject[]>()
  for (const { step } of steps) {
    if (!isKnown(step[name])) continue
    const group = groups.get(step[name])
    if (group === undefined) groups.set(step[name], [step])
    else group.push(step)
  }
  return groups
}

const isSameOrNone = (one: Json | undefined, other: Json | undefined): boolean => (one ?? null) === (other ?? null)

/** Records are given beside each other in turn; each is looked into once. */
const known = new WeakMap<JsonObject, Kin | 'not valid'>()

const kinOf = (record: JsonObject): Kin | undefined => {
  const kin = known.get(record) ?? (isValid(record, 'agent-run.json') ? new Kin(record) : 'not valid')
  known.set(record, kin)
  return kin === 'not valid' ? undefined : kin
}

/** Whether the seal of a record holds. */
const isIntact = (kin: Kin, statements: readonly JsonObject[], proofs: readonly JsonObject[]): boolean => {
  const { record_hash, signed_by, signature } = provenanceOf(kin.record)
  if (sealGaps(kin.record).some((gap) => gap !== undefined)) return false
  if (record_hash !== kin.hash || !kin.stepsHold) return false
  if (isKnown(signature)) return kin.signatureHolds
  const mine = proofs.filter((proof) => proof.record_hash === kin.hash)
  return !isKnown(signed_by) || mine.some((proof) => batchHolds(proof, statements, signed_by))
}
