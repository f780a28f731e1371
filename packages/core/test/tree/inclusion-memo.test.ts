import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digestBytes, digestText } from '../../src/hash/digest-text.ts'
import { createInclusionMemo, hashLeaf, proveInclusion, treeRoot, verifyInclusion } from '../../src/tree/index.ts'

it('says of every leaf, in any order and however damaged the path, what plain verification says', () => {
  const damage = fc.constantFrom('none', 'none', 'none', 'swap', 'drop', 'add', 'flip', 'index', 'leaf', 'spelling')
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.array(fc.tuple(fc.nat(), damage, fc.nat()), { maxLength: 60 }),
      (size, asked) => {
        const leaves = Array.from({ length: size }, (_, i) => hashLeaf(Uint8Array.of(i)))
        const root = treeRoot(leaves)
        const memo = createInclusionMemo(size, root)
        for (const [which, kind, where] of asked) {
          let index = which % size
          let leaf = leaves[index] as Uint8Array
          let path = proveInclusion(leaves, index).map(digestText)
          const at = where % Math.max(1, path.length)
          if (kind === 'swap') path = [...path].reverse()
          if (kind === 'drop') path = path.filter((_, i) => i !== at)
          if (kind === 'add') path = [...path, digestText(root)]
          if (kind === 'flip')
            path = path.map((hash, i) => (i === at ? digestText(hashLeaf(Uint8Array.of(255))) : hash))
          if (kind === 'index') index = where % (size + 1)
          if (kind === 'leaf') leaf = leaves[where % size] as Uint8Array
          if (kind === 'spelling') path = path.map((hash) => hash.toUpperCase())
          const bytes = path.map(digestBytes)
          const plain = bytes.every((hash) => hash !== undefined) && verifyInclusion(leaf, index, size, bytes, root)
          expect(memo.includes(leaf, index, path)).toBe(plain)
        }
      },
    ),
    { numRuns: 300 },
  )
})

it('is false for sizes and indices that make no sense', () => {
  const leaf = hashLeaf(Uint8Array.of(1))
  for (const size of [0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER])
    expect(createInclusionMemo(size, leaf).includes(leaf, 0, [])).toBe(false)
  for (const index of [-1, 1, 0.5]) expect(createInclusionMemo(1, leaf).includes(leaf, index, [])).toBe(false)
  expect(createInclusionMemo(1, leaf).includes(leaf, 0, [])).toBe(true)
})
