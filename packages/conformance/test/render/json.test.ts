import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { dataFolder } from '../../src/data/index.ts'
import { renderBadge, renderJson } from '../../src/render/index.ts'
import type { Report } from '../../src/suite/index.ts'
import { goodReport, hostileReport, hugeReport, mixedReport, outcome, reportOf } from './reports.ts'

const schema = JSON.parse(readFileSync(join(dataFolder(), 'schemas/report.json'), 'utf8')) as object
const isReport = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema)
const errorsOf = (value: unknown): unknown => (isReport(value) ? [] : isReport.errors)

const seen = {
  records: 1,
  journals: 0,
  steps: 3,
  scenarios_known: 29,
  scenarios_chosen: 2,
  scenarios_played: 1,
}
const emitterReport = (): Report => {
  const report = goodReport()
  return { ...report, role: 'emitter', subject: { ...report.subject, seen } }
}

describe('the JSON report', () => {
  it.each([
    ['good', goodReport],
    ['mixed', mixedReport],
    ['empty', () => reportOf([])],
    ['partial', () => goodReport({ only: ['AR-HTTP-*'], level: 'core' })],
    ['of an emitter', emitterReport],
    ['with a baseline', () => mixedReport({ baseline: ['AR-HTTP-001', 'x'] })],
    ['hostile', hostileReport],
    ['huge', hugeReport],
  ] as const)('is valid by its schema: %s', (_, report) => {
    expect(errorsOf(JSON.parse(renderJson(report())))).toEqual([])
  })

  it('says how much was seen of an emitter', () => {
    expect((JSON.parse(renderJson(emitterReport())) as Report).subject.seen).toEqual(seen)
  })

  it('says everything that the report says', () => {
    const report = mixedReport()
    const said = JSON.parse(renderJson(report)) as Report
    const oneLine = (each: Report['cases'][number]) =>
      each.reproduce === undefined ? each : { ...each, reproduce: each.reproduce.split('\n').join("'$'\\n''") }
    expect(said).toEqual({ ...report, cases: report.cases.map(oneLine) })
  })

  it.each([
    ['a status that there is not', { verdict: 'green' }],
    ['a member that nobody knows', { passed: true }],
    ['another form', { report: 2 }],
    ['a digest that is none', { suite: { name: 'x', version: '1', data: 'abc' } }],
    ['a role that there is not', { role: 'client' }],
    ['a time without a zone', { ended_at: '2026-11-20T14:00:21' }],
    ['no counts', { counts: undefined }],
  ])('would not be valid with %s', (_, change) => {
    const value = JSON.parse(JSON.stringify({ ...mixedReport(), ...change })) as unknown
    expect(errorsOf(value)).not.toEqual([])
  })

  it('leaves a command line out rather than cutting it', () => {
    const reproduce = `curl '${'x'.repeat(100_000)}'`
    const report = reportOf([outcome('http/a/b', 'AR-HTTP-001', { status: 'fail', messages: ['m'], reproduce })])
    expect((JSON.parse(renderJson(report)) as Report).cases[0]).not.toHaveProperty('reproduce')
  })

  it('puts line ends of a body into one line that a shell reads as before', () => {
    const reproduce = "curl --data-binary 'a\nb'\\''c\n' http://127.0.0.1/ \\\n x"
    const report = reportOf([outcome('http/a/b', 'AR-HTTP-001', { status: 'fail', messages: ['m'], reproduce })])
    expect((JSON.parse(renderJson(report)) as Report).cases[0]?.reproduce).toBe(
      "curl --data-binary 'a'$'\\n''b'\\''c'$'\\n''' http://127.0.0.1/ \\\\u000a x",
    )
  })
})

describe('the badge', () => {
  const badge = (report: Report) => JSON.parse(renderBadge(report)) as Record<string, unknown>

  it('is green for a whole profile that is kept, and for nothing else', () => {
    expect(badge(goodReport())).toEqual({
      schemaVersion: 1,
      label: 'agent-run 1.0 server',
      message: 'compliant',
      color: 'brightgreen',
    })
    expect(badge(goodReport({ level: 'core' })).message).toBe('compliant: core')
    expect(badge(goodReport({ only: ['http'] }))).toMatchObject({ message: 'partly tested', color: 'lightgrey' })
    expect(badge(mixedReport())).toMatchObject({ message: '1 of 5', color: 'red' })
    expect(badge(reportOf([]))).toMatchObject({ message: 'not proven', color: 'lightgrey' })
    const baseline = ['AR-HTTP-001', 'AR-HTTP-020', 'AR-HTTP-008']
    expect(mixedReport({ baseline }).verdict).toBe('pass')
    expect(badge(mixedReport({ baseline }))).toMatchObject({ message: '1 of 5', color: 'red' })
  })
})
