import { describe, expect, it } from 'vitest'
import { hashLeaf, proveInclusion, treeRoot, verifyConsistency, verifyInclusion } from '../../src/tree/index.ts'
import { bytesOf, counted, vectorFiles, vectors } from '../vectors.ts'

const each = <T>(file: string): readonly (T & { readonly name: string })[] => vectors('tree', file)

it('has the vectors that the manifest promises', () => {
  expect(counted('tree')).toEqual(vectorFiles('tree').manifest)
})

describe('treeRoot', () => {
  it.each(each<{ leaves_hex: string[]; expect: string }>('root.json'))('$name', ({ leaves_hex, expect: expected }) => {
    const leaves = leaves_hex.map((hex) => hashLeaf(bytesOf(hex)))
    expect(Buffer.from(treeRoot(leaves)).toString('hex')).toBe(expected)
    for (const [index, leaf] of leaves.entries())
      expect(verifyInclusion(leaf, index, leaves.length, proveInclusion(leaves, index), bytesOf(expected))).toBe(true)
  })
})

describe('verifyInclusion', () => {
  type Inclusion = {
    leaf_hash_hex: string
    index: number
    count: number
    path_hex: string[]
    root_hex: string
    expect: boolean
  }
  it.each(each<Inclusion>('inclusion.json'))('$name', (vector) => {
    const { index, count, expect: expected } = vector
    const path = vector.path_hex.map(bytesOf)
    const found = verifyInclusion(bytesOf(vector.leaf_hash_hex), index, count, path, bytesOf(vector.root_hex))
    expect(found).toBe(expected)
  })
})

describe('verifyConsistency', () => {
  type Consistency = {
    first_count: number
    second_count: number
    first_root_hex: string
    second_root_hex: string
    path_hex: string[]
    expect: boolean
  }
  it.each(each<Consistency>('consistency.json'))('$name', (vector) => {
    const { first_count, second_count, expect: expected } = vector
    const [first, second] = [vector.first_root_hex, vector.second_root_hex].map(bytesOf)
    const path = vector.path_hex.map(bytesOf)
    expect(verifyConsistency(first_count, second_count, path, first!, second!)).toBe(expected)
  })
})
