import { sha256 } from '../hash/sha256.ts'

// RFC 6962 section 2.1: the prefixes keep a leaf from being passed off as a node.
const LEAF = 0x00
const NODE = 0x01
// What an inner node is hashed of, written anew for each: trees have as many nodes as leaves.
const node = new Uint8Array(65)

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Hash of a leaf: SHA-256(0x00 ‖ data), 32 bytes (RFC 6962 section 2.1). */
export const hashLeaf = (data: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(1 + data.length)
  whole[0] = LEAF
  whole.set(data, 1)
  return sha256(whole)
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), 32 bytes (RFC 6962 section 2.1). */
export const hashNode = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  // What a proof of a stranger holds may have any length.
  const data = left.length + right.length === 64 ? node : new Uint8Array(1 + left.length + right.length)
  data[0] = NODE
  data.set(left, 1)
  data.set(right, 1 + left.length)
  return sha256(data)
}

/** Root of the empty tree: SHA-256 of nothing (RFC 6962 section 2.1). */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array(0))

/** A Merkle tree that grows leaf by leaf, keeping O(log n) hashes (RFC 6962 section 2.1). */
export interface TreeAppender {
  /** Adds the hash of a leaf. */
  append(leafHash: Uint8Array): void
  /** Number of leaves. */
  readonly size: number
  /** Root over the leaves so far, 32 bytes. */
  root(): Uint8Array
  /**
   * Roots of the full subtrees that the binary digits of `size` name, largest first: all that is needed to go on. (The
   * compact range from 0 to `size`.)
   */
  nodes(): readonly Uint8Array[]
}

/**
 * Starts an empty tree, or goes on with one.
 * @param from size and nodes of another appender
 * @throws {RangeError} if there are not as many nodes as the size asks for
 */
export const createTreeAppender = (
  from: { readonly size: number; readonly nodes: readonly Uint8Array[] } = { size: 0, nodes: [] },
): TreeAppender => {
  const peaks: Uint8Array[] = [...from.nodes]
  let size = from.size
  if (!isSize(size) || !peaks.every(isHash) || peaks.length !== size.toString(2).replaceAll('0', '').length)
    throw new RangeError(`${peaks.length} nodes are no tree of ${size} leaves`)
  return {
    append(leafHash) {
      let hash = leafHash
      for (let n = size; n % 2 === 1; n = Math.floor(n / 2)) hash = hashNode(peaks.pop()!, hash)
      peaks.push(hash)
      size++
    },
    get size() {
      return size
    },
    root() {
      if (peaks.length === 0) return emptyRoot()
      return peaks.reduceRight((right, left) => hashNode(left, right))
    },
    nodes: () => [...peaks],
  }
}

/** Root over the hashes of leaves, 32 bytes (RFC 6962 section 2.1). */
export const treeRoot = (leafHashes: Iterable<Uint8Array>): Uint8Array => {
  const tree = createTreeAppender()
  for (const leafHash of leafHashes) tree.append(leafHash)
  return tree.root()
}

// Largest power of two below n, for n > 1.
const split = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/**
 * Audit path that proves leaf `index` in the tree over all the leaves, from the leaf upwards
 * (RFC 6962 section 2.1.1). Throws RangeError if there is no such leaf.
 */
export const proveInclusion = (leafHashes: readonly Uint8Array[], index: number): Uint8Array[] => {
  if (!Number.isInteger(index) || index < 0 || index >= leafHashes.length)
    throw new RangeError(`leaf ${index} does not exist: the tree has ${leafHashes.length} leaves`)
  if (leafHashes.length === 1) return []
  const k = split(leafHashes.length)
  return index < k
    ? [...proveInclusion(leafHashes.slice(0, k), index), treeRoot(leafHashes.slice(k))]
    : [...proveInclusion(leafHashes.slice(k), index - k), treeRoot(leafHashes.slice(0, k))]
}

/** Whether `path` proves that the leaf stands at `index` in the tree of `size` leaves with this root (RFC 9162 section 2.1.3.2). */
export const verifyInclusion = (
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean => {
  if (!isSize(index) || !isSize(size) || index >= size || !path.every(isHash) || !isHash(leafHash)) return false
  let fn = index
  let sn = size - 1
  let hash = leafHash
  for (const sibling of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = hashNode(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      hash = hashNode(hash, sibling)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equal(hash, root)
}

/** Proof that the tree over the first `size` leaves is a beginning of the tree over all (RFC 6962 section 2.1.2). Throws RangeError for an impossible size. */
export const proveConsistency = (leafHashes: readonly Uint8Array[], size: number): Uint8Array[] => {
  if (!Number.isInteger(size) || size < 1 || size > leafHashes.length)
    throw new RangeError(`no consistency proof from ${size} to ${leafHashes.length} leaves`)
  return subproof(size, leafHashes, true)
}

const subproof = (m: number, leaves: readonly Uint8Array[], complete: boolean): Uint8Array[] => {
  if (m === leaves.length) return complete ? [] : [treeRoot(leaves)]
  const k = split(leaves.length)
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), complete), treeRoot(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), treeRoot(leaves.slice(0, k))]
}

/**
 * Whether `path` proves that the tree of `size1` leaves with `root1` is a beginning of the tree of `size2` leaves
 * with `root2` (RFC 9162 section 2.1.4.2). From an empty tree nothing can be proved: false.
 */
export const verifyConsistency = (
  size1: number,
  size2: number,
  path: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean => {
  if (!isSize(size1) || !isSize(size2) || size1 < 1 || size1 > size2 || !path.every(isHash)) return false
  if (size1 === size2) return path.length === 0 && equal(root1, root2)
  const powerOfTwo = split(size1 + 1) === size1
  const proof = powerOfTwo ? [root1, ...path] : [...path]
  const first = proof.shift()
  if (first === undefined) return false
  let fn = size1 - 1
  let sn = size2 - 1
  while (fn % 2 === 1) {
    fn = half(fn)
    sn = half(sn)
  }
  let fr = first
  let sr = first
  for (const hash of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = hashNode(hash, fr)
      sr = hashNode(hash, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      sr = hashNode(sr, hash)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equal(fr, root1) && equal(sr, root2)
}

const half = (n: number): number => Math.floor(n / 2)
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
const isHash = (hash: Uint8Array): boolean => hash.length === 32
