import type { Json, JsonObject } from '../bytes/json.ts'
import { at, type Check, type Compared, must } from './check.ts'
import { Circles } from './circles.ts'
import { Family, Kin, leafOf } from './kin.ts'
import { isKnown, provenanceOf, type Subject } from './subject.ts'

type Rule = 'leaf' | 'delegation_reused' | 'child_hash' | 'parent_hash' | 'cycle' | 'ancestors'
type State = 'conflict' | 'child_only' | 'parent_only' | 'unresolved' | 'open' | 'chained' | 'mutual'

/** How a link between two runs is judged; a conflict by its rule. */
interface Verdict {
  readonly state: State
  readonly rule?: Rule
}

/** A link between two runs, as the record claims it. */
export interface Edge extends Verdict {
  readonly path: string
}

/** Worst first. */
const STATES: readonly State[] = ['conflict', 'child_only', 'parent_only', 'unresolved', 'open', 'chained', 'mutual']
const RULES: readonly Rule[] = ['leaf', 'delegation_reused', 'child_hash', 'parent_hash', 'cycle', 'ancestors']
const LONGEST = 32

const conflict = (rule: Rule): Verdict => ({ state: 'conflict', rule })

/** The lineage of a record, seen from it. */
export class Lineage {
  readonly edges: readonly Edge[]
  /** Where `parent_run_hash` or `lineage` contradicts the ancestors given. */
  readonly contradiction: string | undefined
  readonly own: Kin
  readonly #family: Family
  readonly #circles: Circles

  constructor({ record, beside }: Subject) {
    this.own = new Kin(record)
    this.#family = new Family(this.own, beside)
    this.#circles = new Circles(this.own, this.#family)
    this.edges = [...this.#up(), ...this.#down()]
    this.contradiction = this.#ancestorsFault()
  }

  /** Whether anything could be compared with the ancestors. */
  get hasAncestors(): boolean {
    const { parent_run_hash, lineage } = provenanceOf(this.own.record)
    return (isKnown(parent_run_hash) || isKnown(lineage)) && this.#parentOf(this.own) !== undefined
  }

  // --- from the child's end -----------------------------------------------------------------------------------------

  *#up(): Generator<Edge> {
    for (const [index, entry] of this.own.parents.entries()) {
      const judged = this.#judgeEntry(entry)
      const circles = judged.state !== 'conflict' && this.#circles.above(entry.run_id)
      yield { path: `/provenance/parents/${index}`, ...(circles ? conflict('cycle') : judged) }
    }
  }

  #judgeEntry(entry: JsonObject): Verdict {
    const pinned = this.#family.pinnedParents(this.own, entry)
    const parents = this.#meant(pinned, entry.run_id)
    const has = (name: string): boolean => Object.hasOwn(entry, name)
    if (!has('delegation_id') && !has('handoff_leaf') && has('record_hash')) {
      if (parents.length === 0) return { state: 'unresolved' }
      return pinned.length > 0 ? { state: 'chained' } : conflict('parent_hash')
    }
    const judged = settle(parents.map((parent) => [parent, this.#delegation(parent, this.own, entry, false)]))
    const rival = pinned.length === 0 && judged.state !== 'conflict' && this.#hasRival(entry)
    return rival ? conflict('delegation_reused') : judged
  }

  /** A delegation whose both ends are given: the questions of spec/lineage.md, in their order. */
  #delegation(parent: Kin, child: Kin, entry: JsonObject, fromAbove: boolean): Verdict {
    const { delegation_id: delegation, handoff_leaf: leaf } = entry
    if (!isKnown(delegation) || !isKnown(leaf)) {
      const named = parent.handoffs.some(
        ({ step }) => step.child_run_id === child.id && (!isKnown(delegation) || step.delegation_id === delegation),
      )
      return { state: named ? 'parent_only' : 'child_only' }
    }
    const handoffs = parent.handoffsUnder(delegation)
    const step = parent.withLeaf(leaf)
    if (step === undefined) return parent.sealed || handoffs.length > 0 ? conflict('leaf') : { state: 'child_only' }
    if (step.type !== 'handoff' || step.child_run_id !== child.id || step.delegation_id !== delegation)
      return conflict('leaf')
    if (handoffs.length > 1 && !fromAbove) return conflict('delegation_reused')
    if (parent.resultsUnder(delegation).some(({ child_run_id: id }) => isKnown(id) && id !== child.id))
      return conflict('delegation_reused')
    const stated = parent.confirmations(delegation, child.id, this.#family.statements)
    if (stated.some((hash) => hash !== child.hash)) return conflict('child_hash')
    if (Object.hasOwn(entry, 'record_hash') && parent.sealed && entry.record_hash !== parent.hash)
      return conflict('parent_hash')
    return { state: stated.length > 0 && parent.sealed ? 'mutual' : 'open' }
  }

  /** Whether the record of another run claims the delegation of an entry. */
  #hasRival({ run_id, delegation_id }: JsonObject): boolean {
    if (!isKnown(delegation_id)) return false
    return this.#family.members.some(
      (kin) =>
        kin.id !== this.own.id &&
        kin.parents.some((entry) => entry.run_id === run_id && entry.delegation_id === delegation_id),
    )
  }

  // --- from the parent's end ----------------------------------------------------------------------------------------

  *#down(): Generator<Edge> {
    const delegated = new Set<Json | undefined>()
    for (const { step, path } of this.own.steps) {
      const child = step.child_run_id
      if (step.type === 'handoff') {
        if (isKnown(child)) {
          const reused = isKnown(step.delegation_id) && delegated.has(step.delegation_id)
          const judged = reused ? conflict('delegation_reused') : this.#judgeHandoff(step)
          const circles = judged.state !== 'conflict' && this.#circles.below(child)
          yield { path, ...(circles ? conflict('cycle') : judged) }
        }
        delegated.add(step.delegation_id)
      } else if (step.type === 'handoff_result' && isKnown(child) && !this.own.hasHandoffOf(step))
        yield { path, ...this.#judgeLoneResult(step) }
    }
  }

  #judgeHandoff(step: JsonObject): Verdict {
    const { delegation_id: delegation, child_run_id: id } = step
    const stated = this.own.confirmations(delegation, id, this.#family.statements)
    if (new Set(stated).size > 1) return conflict('child_hash')
    const children = this.#meant(this.#family.pinnedChildren(this.own, id, stated, step), id)
    return settle(children.map((child) => [child, this.#judgeChild(step, child)]))
  }

  #judgeChild(step: JsonObject, child: Kin): Verdict {
    const leaf = leafOf(step)
    const delegation = step.delegation_id
    const entry = child.parents.find(
      (each) =>
        each.run_id === this.own.id &&
        (each.handoff_leaf === leaf || (isKnown(delegation) && each.delegation_id === delegation)),
    )
    if (entry === undefined) return { state: 'parent_only' }
    const judged = this.#delegation(this.own, child, entry, true)
    const decided = ['conflict', 'parent_only', 'child_only'].includes(judged.state)
    return decided || entry.handoff_leaf === leaf ? judged : conflict('leaf')
  }

  #judgeLoneResult(step: JsonObject): Verdict {
    const stated = isKnown(step.child_record_hash) ? [step.child_record_hash!] : []
    if (this.#family.pinnedChildren(this.own, step.child_run_id, stated).length > 0) return { state: 'parent_only' }
    if (this.#family.only(step.child_run_id) === undefined) return { state: 'unresolved' }
    return stated.length > 0 ? conflict('child_hash') : { state: 'parent_only' }
  }

  // --- ancestors ----------------------------------------------------------------------------------------------------

  #ancestorsFault(): string | undefined {
    const { parent_run_hash: parent, lineage } = provenanceOf(this.own.record)
    const followed = new Set<Kin>()
    for (let kin = this.#parentOf(this.own); kin !== undefined && !followed.has(kin); kin = this.#parentOf(kin))
      followed.add(kin)
    const chain = [...followed]
    const top = chain.at(-1)
    if (top === undefined) return undefined
    const hashes = chain.map((kin) => provenanceOf(kin.record).run_hash)
    if (isKnown(parent) && parent !== hashes[0]) return '/provenance/parent_run_hash'
    if (!Array.isArray(lineage)) return undefined
    for (const [back, hash] of hashes.slice(0, lineage.length).entries()) {
      const index = lineage.length - 1 - back
      if (lineage[index] !== hash) return `/provenance/lineage/${index}`
    }
    const whole = top.parents.length === 0 && !isKnown(top.record.parent_run_id)
    const known = Math.min(chain.length, LONGEST)
    const wrong = (whole && lineage.length > known) || lineage.length < known
    return wrong ? '/provenance/lineage' : undefined
  }

  #parentOf(kin: Kin): Kin | undefined {
    const [entry, another] = kin.parents
    if (another !== undefined) return undefined
    if (entry === undefined)
      return isKnown(kin.record.parent_run_id) ? this.#family.only(kin.record.parent_run_id) : undefined
    const found = this.#meant(this.#family.pinnedParents(kin, entry), entry.run_id)
    return found.length === 1 ? found[0] : undefined
  }

  /** The records that an edge is judged by. */
  #meant(pinned: readonly Kin[], id: Json | undefined): readonly Kin[] {
    const only = this.#family.only(id)
    return pinned.length > 0 || only === undefined ? pinned : [only]
  }
}

const worst = (verdicts: readonly Verdict[]): Verdict => {
  const rank = ({ state, rule }: Verdict): number =>
    STATES.indexOf(state) * RULES.length + (rule === undefined ? 0 : RULES.indexOf(rule))
  return verdicts.reduce((one, other) => (rank(other) < rank(one) ? other : one))
}

/** One verdict of those about the records that may be meant. */
const settle = (judged: readonly (readonly [Kin, Verdict])[]): Verdict => {
  if (judged.length === 0) return { state: 'unresolved' }
  const fitting = judged.filter(([, { state }]) => state !== 'conflict')
  if (fitting.length === 0) return worst(judged.map(([, verdict]) => verdict))
  const sealed = fitting.filter(([kin]) => kin.sealed)
  const settled = worst((sealed.length > 0 ? sealed : fitting).map(([, verdict]) => verdict))
  // Where some contradict the record, the others don't prove it.
  return fitting.length === judged.length ? settled : worst([settled, { state: 'unresolved' }])
}

/** An entry of `parents` that has neither of the two forms has no other end that could confirm it. */
function* form({ own }: Lineage): Generator<Compared> {
  for (const [index, entry] of own.parents.entries()) {
    const delegated = isKnown(entry.delegation_id) && isKnown(entry.handoff_leaf)
    const triggered = isKnown(entry.record_hash) && !isKnown(entry.delegation_id) && !isKnown(entry.handoff_leaf)
    const place = at(`/provenance/parents/${index}`, 'delegation_id and handoff_leaf, or record_hash', 'neither')
    yield delegated || triggered ? undefined : { ...place, code: 'lineage.child_only' }
  }
}

const EXPECTED: Readonly<Record<Rule, readonly [expected: string, found: string]>> = {
  leaf: ['a handoff of the parent with that leaf to this child', 'no such step'],
  delegation_reused: ['one handoff and one child under one delegation_id', 'several'],
  child_hash: ['the record_hash of the child', 'another one'],
  parent_hash: ['the record_hash of the parent', 'another one'],
  cycle: ['runs that don’t descend from each other in a circle', 'a circle'],
  ancestors: ['the run_hash of the ancestor given', 'another one'],
}

/** Conflicts by one rule; every edge whose other end was found is a comparison. */
const conflicts = (rule: Rule): Check<Lineage>['compare'] =>
  function* ({ edges }: Lineage): Generator<Compared> {
    for (const { path, state, rule: broken } of edges) {
      if (broken === rule) yield at(path, ...EXPECTED[rule])
      else if (state === 'mutual' || state === 'chained' || state === 'open') yield undefined
    }
  }

function* ancestors({ contradiction, hasAncestors }: Lineage): Generator<Compared> {
  if (contradiction !== undefined) yield at(contradiction, ...EXPECTED.ancestors)
  else if (hasAncestors) yield undefined
}

/** What the record of a run and those of its parents and children say of each other (spec/lineage.md). */
export const lineageChecks: readonly Check<Lineage>[] = [
  must('lineage.entry', 'AR-LIN-001', 'lineage', 'An entry of parents has one of the two forms.', form),
  must('lineage.leaf', 'AR-LIN-002', 'lineage', 'A handoff_leaf is that of a handoff to the child.', conflicts('leaf')),
  must(
    'lineage.delegation_reused',
    'AR-LIN-003',
    'lineage',
    'A delegation_id stands on one handoff and in one child.',
    conflicts('delegation_reused'),
  ),
  must(
    'lineage.child_hash',
    'AR-LIN-004',
    'lineage',
    'A child_record_hash is that of the child.',
    conflicts('child_hash'),
  ),
  must('lineage.parent_hash', 'AR-LIN-005', 'lineage', 'A parent is the one that is named.', conflicts('parent_hash')),
  must('lineage.cycle', 'AR-LIN-006', 'lineage', 'No run is its own ancestor.', conflicts('cycle')),
  must(
    'lineage.ancestors',
    'AR-LIN-007',
    'lineage',
    'parent_run_hash and lineage agree with the ancestors.',
    ancestors,
  ),
]
