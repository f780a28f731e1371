import { digestText, writeDigest } from '../hash/digest-text.ts'
import { digest } from '../hash/sha256.ts'

/** Whether leaves stand in one tree, whose size and root are known. */
export interface InclusionMemo {
  /**
   * The same answer as `verifyInclusion` (RFC 9162 section 2.1.3.2).
   * @param leafHash 32 bytes
   * @param path hashes as `sha256:` and hexadecimal
   */
  includes(leafHash: Uint8Array, index: number, path: readonly string[]): boolean
}

/** Larger trees are verified leaf by leaf: what a stranger calls a count must not become memory. */
const LARGEST = 1 << 20

/**
 * Verifies many leaves of one tree. Nodes that a path to the root went through are remembered, so that neighbours need one
 * hash and some comparisons instead of a path of hashes each.
 */
export const createInclusionMemo = (size: number, root: Uint8Array): InclusionMemo => {
  const rootText = digestText(root)
  const isSize = Number.isSafeInteger(size) && size > 0
  const remembers = size <= LARGEST
  // What an inner node is hashed of (RFC 6962 section 2.1), written anew for each.
  const node65 = new Uint8Array(65)
  node65[0] = 0x01
  /** Nodes that belong to the tree, by level and index: a list a level, since records mostly come in order. */
  const known: string[][] = []
  /** The nodes of one path, remembered if it leads to the root. */
  const met: string[] = []

  const remember = (index: number): void => {
    let level = 0
    let node = index
    let last = size - 1
    for (let i = 0; i < met.length; i += 2) {
      while (node === last && node % 2 === 0) {
        node /= 2
        last /= 2
        level++
      }
      known[level] ??= []
      const nodes = known[level]!
      nodes[node] = met[i]!
      nodes[node % 2 === 1 ? node - 1 : node + 1] = met[i + 1]!
      node = Math.floor(node / 2)
      last = Math.floor(last / 2)
      level++
    }
  }

  const climb = (leafHash: Uint8Array, index: number, path: readonly string[]): boolean => {
    let text = digestText(leafHash)
    let level = 0
    let node = index
    let last = size - 1
    let isKnown = false
    met.length = 0
    for (let i = 0; i < path.length; i++) {
      if (last === 0) return false
      // At the right border a node without a sibling is its own parent.
      while (node === last && node % 2 === 0) {
        node /= 2
        last /= 2
        level++
      }
      const sibling = path[i]!
      const isRight = node % 2 === 1
      const nodes = known[level]
      isKnown ||= nodes !== undefined && nodes[node] === text
      if (isKnown) {
        // From a node that belongs to the tree only one path leads on.
        if (nodes?.[isRight ? node - 1 : node + 1] !== sibling) return false
      } else {
        const [left, right] = isRight ? [sibling, text] : [text, sibling]
        if (!writeDigest(left, node65, 1) || !writeDigest(right, node65, 33)) return false
        met.push(text, sibling)
        text = digest(node65)
      }
      node = Math.floor(node / 2)
      last = Math.floor(last / 2)
      level++
    }
    if (last !== 0 || !(isKnown || text === rootText)) return false
    if (remembers) remember(index)
    return true
  }

  return {
    includes: (leafHash, index, path) =>
      isSize &&
      Number.isSafeInteger(index) &&
      index >= 0 &&
      index < size &&
      leafHash.length === 32 &&
      climb(leafHash, index, path),
  }
}
