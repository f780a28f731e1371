import { expect, it } from 'vitest'
import { parseJson, unwrap } from '../../src/conversion/json-text.ts'

const nested = (levels: number): string => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`

it('what is nested deeper than anybody writes it is no JSON', () => {
  expect(parseJson(nested(900))).toBeInstanceOf(Array)
  expect(parseJson(nested(1002))).toBeUndefined()
  expect(parseJson(nested(100_000))).toBeUndefined()
  expect(parseJson(`{"a":1,"b":${nested(1000)}}`)).toBeUndefined()
  const text = nested(100_000)
  expect(unwrap(text)).toBe(text)
})

it('a long text that is flat is read', () => {
  const list = Array.from({ length: 5000 }, (_, index) => ({ index }))
  expect(parseJson(JSON.stringify(list))).toEqual(list)
})
