import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import {
  createTreeAppender,
  emptyRoot,
  hashLeaf,
  hashNode,
  proveConsistency,
  proveInclusion,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../src/tree/index.ts'

const shared = fileURLToPath(new URL('../../../../../shared/vectors/merkle/', import.meta.url))
const bytes = (base64: string | null): Uint8Array => new Uint8Array(Buffer.from(base64 ?? '', 'base64'))
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex')

interface Inclusion {
  leafIdx: number
  treeSize: number
  root: string
  leafHash: string
  proof: string[] | null
  desc: string
  wantErr: boolean
}
interface Consistency {
  size1: number
  size2: number
  root1: string
  root2: string
  proof: string[] | null
  desc: string
  wantErr: boolean
}

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  )
const cases = <T>(folder: string): T[] =>
  files(join(shared, folder)).map((file) => JSON.parse(readFileSync(file, 'utf8')) as T)

describe.skipIf(!tool('shared'))('the foreign vectors', () => {
  it('are judged right: inclusion', () => {
    const all = cases<Inclusion>('inclusion')
    expect(all.length).toBe(98)
    for (const { leafHash, leafIdx, treeSize, proof, root, desc, wantErr } of all)
      expect(verifyInclusion(bytes(leafHash), leafIdx, treeSize, (proof ?? []).map(bytes), bytes(root)), desc).toBe(
        !wantErr,
      )
  })

  it('are judged right: consistency', () => {
    const all = cases<Consistency>('consistency')
    expect(all.length).toBe(98)
    for (const { size1, size2, proof, root1, root2, desc, wantErr } of all)
      expect(verifyConsistency(size1, size2, (proof ?? []).map(bytes), bytes(root1), bytes(root2)), desc).toBe(!wantErr)
  })
})

const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => hashLeaf(Uint8Array.of(i, i >> 8)))

// RFC 6962 section 2.1, written as it is defined.
const rootByDefinition = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return emptyRoot()
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hashNode(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)))
}

describe('the tree', () => {
  it('has the root of its definition at every size', () => {
    const tree = createTreeAppender()
    const leaves = leavesOf(130)
    leaves.forEach((leaf, size) => {
      expect(hex(tree.root())).toBe(hex(rootByDefinition(leaves.slice(0, size))))
      expect(tree.size).toBe(size)
      tree.append(leaf)
    })
  })

  it('is the SHA-256 of nothing when empty', () => {
    expect(hex(treeRoot([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('proves each leaf of every size up to 40, and nothing else', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size)
      const root = treeRoot(leaves)
      for (let index = 0; index < size; index++) {
        const path = proveInclusion(leaves, index)
        expect(verifyInclusion(leaves[index]!, index, size, path, root)).toBe(true)
        for (const other of [index - 1, index + 1])
          expect(verifyInclusion(leaves[index]!, other, size, path, root), `${index} as ${other} of ${size}`).toBe(
            false,
          )
        expect(verifyInclusion(hashLeaf(Uint8Array.of(99, 99)), index, size, path, root)).toBe(false)
        expect(verifyInclusion(leaves[index]!, index, size, [...path, root], root)).toBe(false)
      }
    }
  })

  it('proves every beginning of every size up to 40', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size)
      const root = treeRoot(leaves)
      for (let first = 1; first <= size; first++) {
        const path = proveConsistency(leaves, first)
        const before = treeRoot(leaves.slice(0, first))
        expect(verifyConsistency(first, size, path, before, root)).toBe(true)
        expect(verifyConsistency(first, size, path, root, before)).toBe(first === size)
      }
    }
  })

  it('answers false, never throws, for any numbers and bytes', () => {
    const hash = fc.uint8Array({ minLength: 0, maxLength: 33 })
    const number = fc.oneof(fc.double(), fc.integer(), fc.constant(Number.MAX_SAFE_INTEGER))
    fc.assert(
      fc.property(hash, number, number, fc.array(hash, { maxLength: 70 }), hash, (leaf, index, size, path, root) => {
        expect(verifyInclusion(leaf, index, size, path, root)).toBe(
          size === 1 && index === 0 && path.length === 0 && leaf.length === 32 && hex(leaf) === hex(root),
        )
        expect(typeof verifyConsistency(index, size, path, leaf, root)).toBe('boolean')
      }),
    )
  })

  it('refuses to prove what is not there', () => {
    const leaves = leavesOf(3)
    for (const index of [-1, 3, 0.5, Number.NaN]) expect(() => proveInclusion(leaves, index)).toThrow(RangeError)
    for (const size of [0, 4, 1.5]) expect(() => proveConsistency(leaves, size)).toThrow(RangeError)
  })
})
