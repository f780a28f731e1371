import type { Json } from '../bytes/json.ts'
import type { Family, Kin } from './kin.ts'
import { isKnown } from './subject.ts'

/** What a record claims of another run, and the records that the claim pins. */
type Claim = readonly [run: Json | undefined, pinned: readonly Kin[]]
type Ways = ReadonlyMap<Json | undefined, ReadonlySet<Json | undefined>>

/** Looks for circles from the edges of a record (AR-LIN-006). */
export class Circles {
  readonly #own: Kin
  readonly #family: Family
  #up: Ways | undefined
  #down: Ways | undefined

  constructor(own: Kin, family: Family) {
    this.#own = own
    this.#family = family
  }

  /** Whether a way upwards comes to the record, twice to one run, or to a run that its own handoffs lead down to. */
  above(start: Json | undefined): boolean {
    this.#up ??= ways(this.#own, (kin) =>
      kin.parents.map((entry): Claim => [entry.run_id, this.#family.pinnedParents(kin, entry)]),
    )
    return leadsTo(start, this.#up, new Set([this.#own.id, ...this.#ways().keys()]))
  }

  /** Whether a way downwards comes to the record, or twice to one run. */
  below(start: Json | undefined): boolean {
    return leadsTo(start, this.#ways(), new Set([this.#own.id]))
  }

  #ways(): Ways {
    this.#down ??= ways(this.#own, (kin) => handoffs(kin, this.#family))
    return this.#down
  }
}

const handoffs = (kin: Kin, family: Family): readonly Claim[] =>
  kin.handoffs.flatMap(({ step }): readonly Claim[] => {
    if (!isKnown(step.child_run_id)) return []
    const stated = kin.confirmations(step.delegation_id, step.child_run_id, family.statements)
    return [[step.child_run_id, family.pinnedChildren(kin, step.child_run_id, stated, step)]]
  })

/** Which run is named by which, by claims of the record and of records that such claims pin. */
const ways = (own: Kin, claims: (kin: Kin) => readonly Claim[]): Ways => {
  const found = new Map<Json | undefined, Set<Json | undefined>>()
  const waiting = [own]
  const seen = new Set([own.name])
  for (let kin = waiting.pop(); kin !== undefined; kin = waiting.pop()) {
    for (const [run, pinned] of claims(kin)) {
      found.set(kin.id, (found.get(kin.id) ?? new Set()).add(run))
      if (!found.has(run)) found.set(run, new Set())
      for (const each of pinned) {
        if (run === own.id || seen.has(each.name)) continue
        seen.add(each.name)
        waiting.push(each)
      }
    }
  }
  return found
}

const leadsTo = (start: Json | undefined, ways: Ways, targets: ReadonlySet<Json | undefined>): boolean => {
  const reached = reach([start], ways)
  return [...reached].some((run) => targets.has(run) || reach(ways.get(run) ?? [], ways).has(run))
}

/** All that one comes to, the beginnings included. */
const reach = (starts: Iterable<Json | undefined>, ways: Ways): ReadonlySet<Json | undefined> => {
  const found = new Set<Json | undefined>()
  const waiting = [...starts]
  while (waiting.length > 0) {
    const run = waiting.pop()
    if (found.has(run)) continue
    found.add(run)
    for (const next of ways.get(run) ?? []) waiting.push(next)
  }
  return found
}
