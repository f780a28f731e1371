import { describe, expect, it } from 'vitest'
import { fits, parseTrust } from '../../src/trust/index.ts'
import { counted, vectorFiles, vectors } from '../vectors.ts'

const each = <T>(file: string): readonly (T & { readonly name: string })[] => vectors('trust', file)

it('has the vectors that the manifest promises', () => {
  expect(counted('trust')).toEqual(vectorFiles('trust').manifest)
})

describe('parseTrust', () => {
  type TrustFile = { trust_text: string; expect: { code: string; path: string } | null }
  it.each(each<TrustFile>('file.json'))('$name', ({ trust_text, expect: expected }) => {
    const parsed = parseTrust(trust_text)
    if (parsed.ok) {
      expect(expected).toBeNull()
    } else {
      const { code, path } = parsed.findings[0]!
      expect({ code, path }).toEqual(expected)
    }
  })
})

describe('fits', () => {
  type Pattern = { pattern: string; text: string; expect: boolean }
  it.each(each<Pattern>('pattern.json'))('$name', ({ pattern, text, expect: expected }) => {
    expect(fits(pattern, text)).toBe(expected)
  })
})
