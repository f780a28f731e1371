import { textOf } from '../../semantics/object.ts'
import { type Conflict, shown } from './edge.ts'
import type { Namesakes } from './namesakes.ts'
import type { Party } from './party.ts'

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
export const checkAncestors = (self: Party, namesakes: Namesakes): AncestorCheck => {
  const { hashes, isWhole } = ancestorsOf(self, namesakes)
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
  namesakes: Namesakes,
): { readonly hashes: readonly string[]; readonly isWhole: boolean } => {
  const hashes: string[] = []
  const seen = new Set<Party>([self])
  for (let last = self; ; ) {
    const parent = parentOf(last, namesakes)
    if (parent === 'none') return { hashes, isWhole: true }
    const hash = parent && textOf(parent.provenance, 'run_hash')
    if (parent === undefined || hash === undefined || seen.has(parent)) return { hashes, isWhole: false }
    hashes.push(hash)
    seen.add(parent)
    last = parent
  }
}

/** The record of the one run that a record came from; `undefined` if it is not known, or if there are several. */
const parentOf = (party: Party, namesakes: Namesakes): Party | 'none' | undefined => {
  const [entry, ...others] = party.parents.entries
  const id = entry ? textOf(entry, 'run_id') : textOf(party.run, 'parent_run_id')
  if (id === undefined) return 'none'
  if (others.length > 0) return undefined
  const pinned = entry ? namesakes.pinnedParents(party, entry) : []
  const [parent, ...rest] = pinned.length > 0 ? pinned : namesakes.only(id)
  return rest.length > 0 ? undefined : parent
}
