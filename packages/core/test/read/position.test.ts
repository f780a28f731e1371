import { expect, it } from 'vitest'
import { positionAt } from '../../src/read/index.ts'

it.each([
  ['', 0, 1, 1],
  ['abc', 0, 1, 1],
  ['abc', 3, 1, 4],
  ['a\nb', 1, 1, 2],
  ['a\nb', 2, 2, 1],
  ['a\r\nb', 2, 1, 3],
  ['a\r\nb', 3, 2, 1],
  ['a\rb', 2, 1, 3],
  ['\n\n\n', 3, 4, 1],
  ['🚀x', 2, 1, 3],
  ['a\u2028b', 2, 1, 3],
])('%j at %i is line %i, column %i', (text, offset, line, column) => {
  expect(positionAt(text, offset)).toEqual({ offset, line, column })
})

it('stays inside the text', () => {
  expect(positionAt('a\nb', 99)).toEqual({ offset: 3, line: 2, column: 2 })
  expect(positionAt('a\nb', -1)).toEqual({ offset: 0, line: 1, column: 1 })
})
