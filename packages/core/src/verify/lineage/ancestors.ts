import { textOf } from '../../semantics/object.ts'
import { type Conflict, shown } from './edge.ts'
import type { Parties, Party } from './party.ts'

const LONGEST = 32

/** What the record says about its ancestors by their run_hash, compared with the records that are given. */
export interface AncestorCheck {
  readonly compared: number
  readonly conflict?: Conflict & { readonly path: string }
}

/**
 * Compares `parent_run_hash` and `lineage` with the ancestors that are given (AR-LIN-007). Equal set-ups share a run_hash,
 * so agreement identifies nobody; a contradiction is one nevertheless.
 */
export const checkAncestors = (self: Party, parties: Parties): AncestorCheck => {
  const { hashes, isWhole } = ancestorsOf(self, parties)
  const { parent_run_hash, lineage } = self.provenance
  let compared = 0
  if (typeof parent_run_hash === 'string' && hashes[0] !== undefined) {
    compared++
    if (parent_run_hash !== hashes[0])
      return {
        compared,
        conflict: contradiction('/provenance/parent_run_hash', shown(hashes[0]), shown(parent_run_hash)),
      }
  }
  if (!Array.isArray(lineage) || hashes.length === 0) return { compared }
  for (let back = 0; back < Math.min(lineage.length, hashes.length); back++) {
    compared++
    const index = lineage.length - 1 - back
    if (lineage[index] !== hashes[back])
      return {
        compared,
        conflict: contradiction(`/provenance/lineage/${index}`, shown(hashes[back]), shown(lineage[index])),
      }
  }
  compared++
  const least = Math.min(hashes.length, LONGEST)
  const wrong = lineage.length < least || (isWhole && lineage.length > least)
  return wrong
    ? { compared, conflict: contradiction('/provenance/lineage', `${least} ancestors`, `${lineage.length}`) }
    : { compared }
}

const contradiction = (path: string, expected: string, found: string): Conflict & { readonly path: string } => ({
  code: 'lineage.ancestors',
  path,
  expected,
  found,
})

/** run_hash of the parent, of its parent and so on, as far as they are given; whole if the last of them has no parent. */
const ancestorsOf = (
  self: Party,
  { byId }: Parties,
): { readonly hashes: readonly string[]; readonly isWhole: boolean } => {
  const hashes: string[] = []
  const seen = new Set<string>([self.id])
  for (let id = parentOf(self); id !== undefined; ) {
    const [parent, ...others] = byId.get(id) ?? []
    const hash = parent && textOf(parent.provenance, 'run_hash')
    if (parent === undefined || others.length > 0 || seen.has(id) || hash === undefined)
      return { hashes, isWhole: false }
    hashes.push(hash)
    seen.add(id)
    id = parentOf(parent)
    if (id === undefined) return { hashes, isWhole: parent.parents.entries.length === 0 }
  }
  return { hashes, isWhole: false }
}

/** The one run that a record came from; `undefined` if it names none or several. */
const parentOf = (party: Party): string | undefined => {
  const parents = party.parents.entries
  if (parents.length > 1) return undefined
  return textOf(parents[0] ?? {}, 'run_id') ?? textOf(party.run, 'parent_run_id')
}
