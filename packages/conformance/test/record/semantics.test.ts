import { describe, expect, it } from 'vitest'
import { checks, judgeRecord } from '../../src/record/index.ts'
import { bytesOf, data, filesOf } from './data.ts'

/** Rules about readers, which a record can't break. */
const ABOUT_READERS = new Map([
  ['version.newer', 'a record may be of a newer version; that a reader says so is its duty'],
])

const cases = filesOf('cases/semantics').map((file) => data(file))
const known = new Map(checks.map((check) => [check.code, check]))

describe('every semantic rule', () => {
  it('has a check of its own, but those about readers', () => {
    const without = cases.filter(({ code }) => !known.has(code)).map(({ code }) => code)
    expect(without).toEqual([...ABOUT_READERS.keys()])
    expect(cases.length).toBeGreaterThan(50)
  })

  for (const { code, requirement, severity, since, valid, invalid } of cases) {
    if (ABOUT_READERS.has(code)) continue
    it(code, () => {
      expect(known.get(code)).toMatchObject({ requirement, severity })
      for (const record of valid) expect(found(record)).toEqual([])
      for (const { fault, record, expect: expected } of invalid) {
        expect(found(record), fault).toEqual(expected.map((each: Finding) => `${each.code} ${each.path}`).sort())
        expect([...judgeRecord(bytesOf(record)).looked], fault).toContain(requirement)
        const { spec_version: _version, ...legacy } = record
        const { faults } = judgeRecord(bytesOf(legacy))
        const warnings = faults.filter((each) => each.code === code).map((each) => each.severity)
        const count = expected.filter((each: Finding) => each.code === code).length
        const right = record.spec_version !== undefined && since !== undefined ? [] : Array(count).fill('warning')
        expect(warnings, fault).toEqual(right)
      }
    })
  }
})

interface Finding {
  readonly code: string
  readonly path: string
}

/** What is found in a record, but what the verifier's checks find: those are no semantic rules. */
const found = (record: unknown): readonly string[] =>
  judgeRecord(bytesOf(record))
    .faults.filter(({ check }) => rules.has(check))
    .map(({ code, path }) => `${code} ${path}`)
    .sort()

const rules = new Set<string>(cases.map(({ code }) => code))
