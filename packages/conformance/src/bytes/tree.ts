import { sha256 } from './digest.ts'

/** Hash of a leaf of a tree of RFC 6962, section 2.1. All hashes of this file are lower-case hexadecimal. */
export const leafHash = (data: Uint8Array): string => sha256(Buffer.concat([Uint8Array.of(0), data]))

const nodeHash = (left: string, right: string): string => sha256(Buffer.from(`01${left}${right}`, 'hex'))

/** Root of the tree over the hashes of leaves; that of no leaves is the hash of nothing. */
export const treeRoot = (leaves: readonly string[]): string => {
  if (leaves.length === 0) return sha256('')
  if (leaves.length === 1) return leaves[0]!
  const half = splitOf(leaves.length)
  return nodeHash(treeRoot(leaves.slice(0, half)), treeRoot(leaves.slice(half)))
}

/** Whether a path leads from a leaf at an index below a count to a root (section 2.1.1; AR-SEAL-017). */
export const isIncluded = (
  leaf: string,
  index: number,
  count: number,
  path: readonly string[],
  root: string,
): boolean => {
  const isNumber = Number.isSafeInteger(index) && Number.isSafeInteger(count)
  if (!isNumber || index < 0 || index >= count || ![leaf, root, ...path].every((hash) => HASH.test(hash))) return false
  return climb(leaf, index, count, path) === root
}

const HASH = /^[0-9a-f]{64}$/

/** The path is taken apart from its upper end, as the proof is defined. */
const climb = (leaf: string, index: number, count: number, path: readonly string[]): string | undefined => {
  if (count === 1) return path.length === 0 ? leaf : undefined
  const sibling = path.at(-1)
  if (sibling === undefined) return undefined
  const half = splitOf(count)
  const left = index < half
  const below = climb(leaf, left ? index : index - half, left ? half : count - half, path.slice(0, -1))
  if (below === undefined) return undefined
  return left ? nodeHash(below, sibling) : nodeHash(sibling, below)
}

/** The largest power of two below a count. */
const splitOf = (count: number): number => {
  let half = 1
  while (half * 2 < count) half *= 2
  return half
}

/** A tree that leaves are added to one by one; its root at any time costs what it is deep. */
export class GrowingTree {
  /** Roots of the whole trees that the leaves so far make up, largest first, with their sizes. */
  readonly #parts: { readonly size: number; readonly root: string }[] = []
  /** Number of leaves. */
  size = 0

  /** Adds the hash of a leaf. */
  add(leaf: string): void {
    let part = { size: 1, root: leaf }
    for (let last = this.#parts.at(-1); last?.size === part.size; last = this.#parts.at(-1)) {
      this.#parts.pop()
      part = { size: 2 * part.size, root: nodeHash(last.root, part.root) }
    }
    this.#parts.push(part)
    this.size++
  }

  /** Root of the tree over the leaves so far. */
  root(): string {
    const last = this.#parts.at(-1)
    if (last === undefined) return treeRoot([])
    return this.#parts.slice(0, -1).reduceRight((right, { root }) => nodeHash(root, right), last.root)
  }
}
