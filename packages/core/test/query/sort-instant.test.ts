import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortInstant } from '../../src/query/index.ts'
import { compareInstants, parseInstant } from '../../src/semantics/instant.ts'

const two = (number: number): string => String(number).padStart(2, '0')

const anyTime: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0, 1, 99, 100, 1970, 2026, 9999)),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.integer({ min: 0, max: 59 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 9 }),
    fc.oneof(
      fc.constant('Z'),
      fc
        .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${two(minutes)}`),
    ),
  )
  .map(
    ([year, month, day, hour, minute, second, fraction, offset]) =>
      `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction === '' ? '' : `.${fraction}`}${offset}`,
  )

describe('sortInstant', () => {
  it('has the order of time', () => {
    fc.assert(
      fc.property(anyTime, anyTime, (a, b) => {
        const [first, second] = [sortInstant(a), sortInstant(b)]
        const order = Math.sign(compareInstants(parseInstant(a)!, parseInstant(b)!))
        const found = first < second ? -1 : first > second ? 1 : 0
        // At both ends of time what lies beyond is one with the end.
        const isEnd = [first, second].some((text) => /^0000-01-01T00:00:00\.0+Z$|^9999-12-31T23:59:59\.9+Z$/.test(text))
        if (isEnd) expect([order, 0]).toContain(found)
        else expect(found).toBe(order)
      }),
      { numRuns: 2000 },
    )
  })

  it('is of one length, and itself a time', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        expect(sortInstant(time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
        expect(sortInstant(sortInstant(time))).toBe(sortInstant(time))
      }),
    )
  })

  it('takes dates that do not exist, as records of 0.1 may have, and nothing but times', () => {
    expect(sortInstant('2026-02-30T00:00:00Z')).toBe('2026-03-02T00:00:00.000000000Z')
    for (const text of ['', '2026-11-20', '2026-11-20T14:00:00', '20261120T140000Z', '2026-11-20t14:00:00z'])
      expect(() => sortInstant(text)).toThrow(RangeError)
  })
})
