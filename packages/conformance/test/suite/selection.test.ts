import { describe, expect, it } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { isSelected, selectCases } from '../../src/suite/index.ts'

const erased = { id: 'http/erasure/erased_again', requirement: 'AR-HTTP-131' }
const erase = { id: 'http/erasure/erase_left', requirement: 'AR-HTTP-130' }
const stored = { id: 'http/post/stored', requirement: 'AR-HTTP-020' }

describe('a pattern selects', () => {
  it.each([
    ['AR-HTTP-131', true],
    ['AR-HTTP-13', false],
    ['AR-HTTP-13*', true],
    ['AR-*-131', true],
    ['http/erasure/erased_again', true],
    ['http/erasure', true],
    ['http/eras', false],
    ['http', true],
    ['*again', true],
    ['*erase*again*', true],
    ['*again*again', false],
    ['http/*/erased_again', true],
    ['*', true],
    ['.*', false],
  ])('%s: %s', (pattern, selected) => {
    expect(isSelected([pattern], erased)).toBe(selected)
  })
})

describe('of cases', () => {
  const cases = [erased, erase, stored]

  it('all are selected without a pattern, and those of any pattern with some', () => {
    expect(selectCases([], cases)).toEqual(cases)
    expect(selectCases(['AR-HTTP-020', '*erase_left'], cases)).toEqual([erase, stored])
  })

  it('none is passed over silently: a pattern without cases is a mistake', () => {
    expect(() => selectCases(['AR-HTTP-020', 'AR-HTTP-021'], cases)).toThrow(Failure)
    expect(() => selectCases(['AR-HTTP-021\u001b'], cases)).toThrow('--only AR-HTTP-021\\u{1b}: there is no such case')
  })
})
