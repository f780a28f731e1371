import { describe, expect, it } from 'vitest'
import { isValid } from '../../src/generated/is-valid.ts'
import { applyRules, checkSemantics } from '../../src/semantics/check.ts'
import { rules, semanticRules } from '../../src/semantics/rules.ts'
import { caseFiles } from './cases.ts'

const found = (record: unknown) => checkSemantics(record).map(({ code, path }) => ({ code, path }))

describe('cases of the semantic rules', () => {
  it('has one file for each rule, with cases of both kinds', () => {
    expect(caseFiles.map(({ name }) => name)).toEqual(
      rules.map(({ code }) => `${code.replaceAll('.', '-')}.json`).sort(),
    )
    for (const file of caseFiles) {
      expect(file.valid.length, file.name).toBeGreaterThan(0)
      expect(file.invalid.length, file.name).toBeGreaterThan(0)
    }
  })

  for (const file of caseFiles) {
    const rule = semanticRules.find(({ code }) => code === file.code)

    describe(file.code, () => {
      it('says of the rule what the rule says of itself', () => {
        expect(rule).toMatchObject({ requirement: file.requirement, severity: file.severity })
        expect(rule?.since).toBe(file.since)
      })

      it('finds exactly what is expected', () => {
        for (const { fault, record, expect: expected } of file.invalid) expect(found(record), fault).toEqual(expected)
        for (const { code, severity, requirement } of file.invalid.flatMap(({ record }) => checkSemantics(record)))
          expect({ code, severity, requirement }).toEqual({
            code: file.code,
            severity: file.severity,
            requirement: file.requirement,
          })
      })

      it('finds nothing in the valid records', () => {
        for (const record of file.valid) expect(found(record), JSON.stringify(record)).toEqual([])
      })

      it('consists of records that the schemas accept', () => {
        for (const record of [...file.valid, ...file.invalid.map((invalid) => invalid.record)])
          expect(isValid['agent-run'](record), JSON.stringify(record)).toBe(true)
      })

      it('tells the rule from its absence: no invalid case is found without it', () => {
        const others = semanticRules.filter(({ code }) => code !== file.code)
        for (const { fault, record } of file.invalid) expect(applyRules(others, record).findings, fault).toEqual([])
      })

      it('finds the same as warnings in a record without spec_version, unless the rule begins with 1.0', () => {
        for (const { fault, record, expect: expected } of file.invalid) {
          const { spec_version: _, ...legacy } = record
          const findings = checkSemantics(legacy)
          if (file.since || file.code === 'version.newer') expect(findings, fault).toEqual([])
          else {
            expect(found(legacy), fault).toEqual(expected)
            for (const finding of findings) expect(finding.severity).toBe('warning')
          }
        }
      })
    })
  }
})
