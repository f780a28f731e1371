import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareInstants, millisecondsBetween, parseInstant } from '../../src/semantics/instant.ts'

const two = (value: number) => String(value).padStart(2, '0')
const write = (date: Date, fraction: string, offset: string) =>
  `${String(date.getUTCFullYear()).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}T${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}${fraction}${offset}`

/** Whole seconds from year 0000 to 9999 that leave room for an offset. */
const seconds = fc.integer({ min: Date.UTC(2000) / 1000 - 63_000_000_000, max: 253_402_200_000 })
const fraction = fc.stringMatching(/^(\.[0-9]{1,9})?$/)
const minutes = fc.integer({ min: -1439, max: 1439 })

describe('parseInstant', () => {
  it('agrees with the platform about every second of ten thousand years, whatever the offset', () => {
    fc.assert(
      fc.property(seconds, fraction, minutes, (second, digits, offset) => {
        const sign = offset < 0 ? '-' : '+'
        const written = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
        const local = new Date((second + offset * 60) * 1000)
        if (local.getUTCFullYear() < 0 || local.getUTCFullYear() > 9999) return
        expect(parseInstant(write(local, digits, written))).toEqual({
          seconds: second,
          nanoseconds: Number((digits.slice(1) || '0').padEnd(9, '0')),
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('accepts exactly the days of the calendar', () => {
    for (const year of [0, 4, 100, 400, 1900, 2000, 2023, 2024, 2100, 2400, 9999]) {
      for (let month = 1; month <= 12; month++) {
        for (let day = 1; day <= 31; day++) {
          const date = new Date(0)
          date.setUTCFullYear(year, month - 1, day)
          const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T00:00:00Z`
          expect(parseInstant(text) !== undefined, text).toBe(date.getUTCMonth() === month - 1)
        }
      }
    }
  })

  it.each([
    ['hour 24', '2026-11-20T24:00:00Z'],
    ['minute 60', '2026-11-20T10:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['month 0', '2026-00-20T10:00:00Z'],
    ['month 13', '2026-13-20T10:00:00Z'],
    ['day 0', '2026-11-00T10:00:00Z'],
    ['offset hour 24', '2026-11-20T10:00:00+24:00'],
    ['offset minute 60', '2026-11-20T10:00:00+01:60'],
    ['no offset', '2026-11-20T10:00:00'],
    ['ten digits', '2026-11-20T10:00:00.0123456789Z'],
    ['a point without digits', '2026-11-20T10:00:00.Z'],
    ['lower case', '2026-11-20t10:00:00z'],
    ['white space', ' 2026-11-20T10:00:00Z'],
    ['a line end', '2026-11-20T10:00:00Z\n'],
    ['other digits', '٢٠٢٦-11-20T10:00:00Z'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseInstant(text)).toBeUndefined()
  })
})

describe('compareInstants', () => {
  const compare = (a: string, b: string) => Math.sign(compareInstants(parseInstant(a)!, parseInstant(b)!))

  it('sees a nanosecond, and no difference where there is none', () => {
    expect(compare('2026-11-20T10:00:00.000000001Z', '2026-11-20T10:00:00Z')).toBe(1)
    expect(compare('2026-11-20T10:00:00.999999999Z', '2026-11-20T10:00:01Z')).toBe(-1)
    expect(compare('2026-11-20T10:00:00.5Z', '2026-11-20T10:00:00.500Z')).toBe(0)
  })

  it('honours offsets, across days and years', () => {
    expect(compare('2026-12-31T23:30:00-01:00', '2027-01-01T00:30:00Z')).toBe(0)
    expect(compare('2026-11-20T10:00:00+02:00', '2026-11-20T09:00:00Z')).toBe(-1)
    expect(compare('2026-11-20T00:00:00+14:00', '2026-11-19T10:00:00Z')).toBe(0)
  })

  it('measures in milliseconds with fractions', () => {
    const between = millisecondsBetween(
      parseInstant('1969-12-31T23:59:59.999Z')!,
      parseInstant('1970-01-01T00:00:00.0005Z')!,
    )
    expect(between).toBeCloseTo(1.5, 9)
  })
})
