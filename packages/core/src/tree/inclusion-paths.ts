import { hashNode } from './merkle-tree.ts'

/**
 * Proves any number of leaves of one tree: builds the tree once, so that n paths cost O(n log n) and not O(n²).
 * The paths are those of `proveInclusion` (RFC 6962 section 2.1.1).
 * @param leafHashes hashes of the leaves, 32 bytes each
 * @returns the audit path of a leaf, from the leaf upwards; throws RangeError if there is no such leaf
 */
export const createProver = (leafHashes: readonly Uint8Array[]): ((index: number) => Uint8Array[]) => {
  const levels: (readonly Uint8Array[])[] = [leafHashes]
  for (let level = leafHashes; level.length > 1; levels.push(level)) level = above(level)
  return (index) => {
    if (!Number.isInteger(index) || index < 0 || index >= leafHashes.length)
      throw new RangeError(`leaf ${index} does not exist: the tree has ${leafHashes.length} leaves`)
    const path: Uint8Array[] = []
    let at = index
    for (const level of levels) {
      const sibling = level[at % 2 === 0 ? at + 1 : at - 1]
      if (sibling !== undefined) path.push(sibling)
      at = Math.floor(at / 2)
    }
    return path
  }
}

// A node without a neighbour rises as it is: the same tree as splitting at the largest power of two.
const above = (level: readonly Uint8Array[]): Uint8Array[] => {
  const parents: Uint8Array[] = []
  for (let i = 0; i < level.length; i += 2) {
    const right = level[i + 1]
    parents.push(right === undefined ? level[i]! : hashNode(level[i]!, right))
  }
  return parents
}
