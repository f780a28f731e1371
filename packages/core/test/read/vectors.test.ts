import { describe, expect, it } from 'vitest'
import { readJson } from '../../src/read/index.ts'
import { bytesOf, counted, vectorFiles, vectors } from '../vectors.ts'

interface Vector {
  readonly name: string
  readonly requirement: string
  readonly input_text?: string
  readonly input_hex?: string
  readonly expect: string
}

const { names, manifest } = vectorFiles('read')

it('has the vectors that its manifest promises', () => {
  expect(counted('read')).toEqual(manifest)
})

for (const file of names) {
  describe(file, () => {
    const cases = vectors<Vector>('read', file)

    it('refuses and accepts', () => {
      const accepted = cases.filter((vector) => vector.expect === 'accept').length
      expect(accepted).toBeGreaterThan(0)
      expect(accepted).toBeLessThan(cases.length)
    })

    it.each(cases)('$expect: $name', ({ requirement, input_text, input_hex, expect: expected }) => {
      const bytes = input_hex === undefined ? new TextEncoder().encode(input_text) : bytesOf(input_hex)
      // Bytes from the middle of a buffer, as a splitter of lines hands them over, take another path.
      const shifted = new Uint8Array(bytes.length + 3).subarray(3)
      shifted.set(bytes)
      const results = [readJson(bytes), readJson(shifted)]
      if (input_text !== undefined) results.push(readJson(input_text))
      for (const result of results) {
        if (result.ok) {
          expect('accept').toBe(expected)
          expect(result.value).toEqual(JSON.parse(result.text))
          continue
        }
        const { finding, text } = result
        expect(finding).toMatchObject({ code: expected, severity: 'error', requirement })
        expect(finding.message).toMatch(/^found .+, expected .+[^.]$/)
        expect(finding.position?.offset).toBeLessThanOrEqual(text?.length ?? bytes.length)
        expect(text === undefined).toBe(expected === 'json.utf8')
      }
    })
  })
}
