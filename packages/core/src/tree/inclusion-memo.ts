import { digestBytes, digestText } from '../hash/digest-text.ts'
import { hashNode } from './merkle-tree.ts'

/** Whether leaves stand in one tree, whose size and root are known. */
export interface InclusionMemo {
  /**
   * The same answer as `verifyInclusion` (RFC 9162 section 2.1.3.2).
   * @param leafHash 32 bytes
   * @param path hashes as `sha256:` and hexadecimal
   */
  includes(leafHash: Uint8Array, index: number, path: readonly string[]): boolean
}

/** Hashes that are kept; a tree of a million leaves has two million. */
const MOST = 1 << 18

/** Levels of a tree are fewer than this, so that level and index of a node fit into one exact number. */
const LEVELS = 64

/**
 * Verifies many leaves of one tree. Nodes that a path to the root went through are remembered, so that neighbours need one
 * hash and some comparisons instead of a path of hashes each.
 */
export const createInclusionMemo = (size: number, root: Uint8Array): InclusionMemo => {
  const rootText = digestText(root)
  const known = new Map<number, string>()
  const isSize = Number.isSafeInteger(size) && size > 0 && size <= Number.MAX_SAFE_INTEGER / LEVELS
  return {
    includes(leafHash, index, path) {
      if (!isSize || !Number.isSafeInteger(index) || index < 0 || index >= size || leafHash.length !== 32) return false
      const met: [number, string][] = []
      let hash = leafHash
      let text = digestText(leafHash)
      let isKnown = false
      let level = 0
      let node = index
      let last = size - 1
      for (const sibling of path) {
        if (last === 0) return false
        // At the right border a node without a sibling is its own parent.
        while (node === last && node % 2 === 0) {
          node /= 2
          last /= 2
          level++
        }
        const key = node * LEVELS + level
        const siblingKey = (node % 2 === 1 ? node - 1 : node + 1) * LEVELS + level
        isKnown ||= known.get(key) === text
        if (isKnown) {
          // From a node that belongs to the tree only one path leads on.
          if (known.get(siblingKey) !== sibling) return false
        } else {
          const bytes = digestBytes(sibling)
          if (bytes === undefined) return false
          met.push([key, text], [siblingKey, sibling])
          hash = node % 2 === 1 ? hashNode(bytes, hash) : hashNode(hash, bytes)
          text = digestText(hash)
        }
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
        level++
      }
      if (last !== 0 || !(isKnown || text === rootText)) return false
      if (known.size > MOST) known.clear()
      else for (const [key, value] of met) known.set(key, value)
      return true
    },
  }
}
