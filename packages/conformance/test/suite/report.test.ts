import { describe, expect, it } from 'vitest'
import { exitCodeOf, type Report } from '../../src/suite/index.ts'
import { outcome, profile, reportOf } from './trial.ts'

const MUST = 'AR-HTTP-001'
const SHOULD = 'AR-HTTP-013'
const BATCH = 'AR-HTTP-030'
const ERASURE = 'AR-HTTP-130'
const all = [MUST, SHOULD, BATCH, ERASURE].map((id) => outcome(id, 'pass'))

const statusOf = ({ requirements }: Report, id: string) =>
  requirements.find(({ requirement }) => requirement === id)?.status

describe('a sentence', () => {
  it('passes with a case that passed and none that did not', () => {
    const report = reportOf(all)
    expect(statusOf(report, MUST)).toBe('pass')
    expect(report.requirements.map(({ requirement }) => requirement)).toEqual(
      Object.keys(profile.roles.server.requirements),
    )
    expect(report.requirements[0]).toMatchObject({
      strength: 'MUST',
      spec: 'spec/http.md',
      capability: 'core',
      cases: { pass: 1, fail: 0 },
    })
  })

  it('fails with one case that failed, whatever the others did', () => {
    const report = reportOf([...all, outcome(MUST, 'fail', 2), outcome(MUST, 'untestable', 3)])
    expect(statusOf(report, MUST)).toBe('fail')
  })

  it('is a warning if it is a SHOULD that is not kept', () => {
    const report = reportOf([...all, outcome(SHOULD, 'fail', 2)])
    expect(statusOf(report, SHOULD)).toBe('warn')
    expect(report.counts).toEqual({ pass: 2, fail: 0, warn: 1, untestable: 0, not_applicable: 1 })
  })

  it('is untestable with a case that could not be played, or with none at all', () => {
    expect(statusOf(reportOf([outcome(MUST, 'pass'), outcome(MUST, 'untestable', 2)]), MUST)).toBe('untestable')
    expect(statusOf(reportOf([]), MUST)).toBe('untestable')
  })

  it('does not apply where its capability is neither declared nor asked for', () => {
    expect(statusOf(reportOf(all), ERASURE)).toBe('not_applicable')
    expect(statusOf(reportOf([], { level: 'full' }), ERASURE)).toBe('untestable')
    expect(statusOf(reportOf([outcome(ERASURE, 'fail')], { level: 'full' }), ERASURE)).toBe('fail')
  })

  it('does not apply where none of its cases did', () => {
    expect(statusOf(reportOf([outcome(BATCH, 'not_applicable')]), BATCH)).toBe('not_applicable')
    expect(statusOf(reportOf([outcome(BATCH, 'not_applicable'), outcome(BATCH, 'pass', 2)]), BATCH)).toBe('pass')
  })

  it('has to be one of the standard', () => {
    const requirements = { 'AR-HTTP-999': { digest: '', capability: 'core' } }
    const roles = { ...profile.roles, server: { levels: [], requirements } }
    expect(() => reportOf([], { profile: { profile: '9.9', roles } })).toThrow(/AR-HTTP-999, which is no sentence/)
  })
})

describe('a verdict', () => {
  const verdict = (...args: Parameters<typeof reportOf>) => {
    const report = reportOf(...args)
    return [report.verdict, exitCodeOf(report)]
  }
  const withOne = (id: string, status: 'fail' | 'untestable') => [...all, outcome(id, status, 2)]

  it('is pass and 0 if every sentence is kept, warnings allowed', () => {
    expect(verdict(all)).toEqual(['pass', 0])
    expect(verdict(withOne(SHOULD, 'fail'))).toEqual(['pass', 0])
  })

  it('is fail and 1 if one is not', () => {
    expect(verdict(withOne(MUST, 'fail'))).toEqual(['fail', 1])
    expect(verdict([outcome(MUST, 'fail')])).toEqual(['fail', 1])
  })

  it('is untested and 2 if nothing is known about one, except a SHOULD', () => {
    expect(verdict(withOne(BATCH, 'untestable'))).toEqual(['untested', 2])
    expect(verdict(withOne(SHOULD, 'untestable'))).toEqual(['pass', 0])
  })

  it('is untested and 2 if nothing passed', () => {
    expect(verdict([])).toEqual(['untested', 2])
    const none = [MUST, BATCH].map((id) => outcome(id, 'not_applicable'))
    expect(verdict([...none, outcome(SHOULD, 'fail')])).toEqual(['untested', 2])
  })

  it('is untested and 2 for a fault of the suite', () => {
    const fault = { ...outcome(MUST, 'untestable', 2), suite_fault: true as const }
    expect(verdict([...all, fault])).toEqual(['untested', 2])
  })

  it('is about what was selected only', () => {
    const report = reportOf([outcome(MUST, 'pass')], { only: [MUST] })
    expect(report.requirements.map(({ requirement }) => requirement)).toEqual([MUST])
    expect([report.verdict, report.only]).toEqual(['pass', [MUST]])
  })

  it('forgives what the baseline lists: a sentence, or all of its cases that are not in order', () => {
    const outcomes = [...all, outcome(MUST, 'fail', 2), outcome(MUST, 'fail', 3)]
    expect(verdict(outcomes, { baseline: [MUST] })).toEqual(['pass', 0])
    expect(verdict(outcomes, { baseline: ['http/AR-HTTP-001/2'] })).toEqual(['fail', 1])
    expect(verdict(outcomes, { baseline: ['http/AR-HTTP-001/2', 'http/AR-HTTP-001/3'] })).toEqual(['pass', 0])
    expect(verdict(withOne(BATCH, 'untestable'), { baseline: [BATCH] })).toEqual(['pass', 0])
  })

  it('is fail and 1 if the baseline is out of date', () => {
    expect(verdict(all, { baseline: [MUST] })).toEqual(['fail', 1])
    expect(verdict(all, { baseline: ['http/no/such'] })).toEqual(['fail', 1])
  })
})
