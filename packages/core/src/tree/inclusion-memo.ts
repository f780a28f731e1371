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

/** A node of the tree, and the one path that leads on from it: its sibling, then `path` from `next`. */
interface KnownNode {
  readonly text: string
  readonly sibling: string
  readonly path: readonly string[]
  readonly next: number
}

/** Nodes that are kept; a tree of a million leaves has two million. */
const MOST = 1 << 18

/**
 * Verifies many leaves of one tree. Nodes that a path to the root went through are remembered, so that neighbours need one
 * hash and some comparisons instead of a path of hashes each.
 */
export const createInclusionMemo = (size: number, root: Uint8Array): InclusionMemo => {
  const rootText = digestText(root)
  const isSize = Number.isSafeInteger(size) && size > 0
  // By level, then by index in the level.
  let known: Map<number, KnownNode>[] = []
  let count = 0

  const climb = (leafHash: Uint8Array, index: number, path: readonly string[]): boolean => {
    let hash = leafHash
    let text = digestText(leafHash)
    let level = 0
    let node = index
    let last = size - 1
    const met: { level: number; node: number; text: string; sibling: string }[] = []
    for (let i = 0; i < path.length; i++) {
      if (last === 0) return false
      // At the right border a node without a sibling is its own parent.
      while (node === last && node % 2 === 0) {
        node /= 2
        last /= 2
        level++
      }
      const sibling = path[i]!
      const memory = known[level]?.get(node)
      if (memory?.text === text) return leadsOn(memory, path, i) && remember(met, path)
      const bytes = digestBytes(sibling)
      if (bytes === undefined) return false
      met.push({ level, node, text, sibling })
      hash = node % 2 === 1 ? hashNode(bytes, hash) : hashNode(hash, bytes)
      text = digestText(hash)
      node = Math.floor(node / 2)
      last = Math.floor(last / 2)
      level++
    }
    return last === 0 && text === rootText && remember(met, path)
  }

  const remember = (
    met: readonly { level: number; node: number; text: string; sibling: string }[],
    path: readonly string[],
  ): true => {
    if (count > MOST) {
      known = []
      count = 0
    }
    for (let i = 0; i < met.length; i++) {
      const { level, node, text, sibling } = met[i]!
      known[level] ??= new Map()
      known[level].set(node, { text, sibling, path, next: i + 1 })
      known[level].set(node % 2 === 1 ? node - 1 : node + 1, { text: sibling, sibling: text, path, next: i + 1 })
    }
    count += 2 * met.length
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

/** Whether a path, from its element `at`, is the one that leads on from a node. */
const leadsOn = ({ sibling, path: right, next }: KnownNode, path: readonly string[], at: number): boolean => {
  if (path[at] !== sibling || path.length - at - 1 !== right.length - next) return false
  for (let i = at + 1; i < path.length; i++) if (path[i] !== right[next + i - at - 1]) return false
  return true
}
