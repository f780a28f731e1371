import { describe, expect, it } from 'vitest'
import { renderJunit } from '../../src/render/index.ts'
import { exitCodeOf, type Report } from '../../src/suite/index.ts'
import { elementsOf } from './markup.ts'
import { goodReport, HOSTILE, hostileReport, mixedReport, outcome, reportOf } from './reports.ts'

const parsed = (report: Report) => {
  const elements = elementsOf(renderJunit(report))
  const root = elements[0]!
  return {
    root: root.attributes,
    suites: elements.filter(({ name }) => name === 'testsuite').map(({ attributes }) => attributes),
    tests: elements.filter(({ name }) => name === 'testcase').map(({ attributes }) => attributes),
    results: elements.filter(({ name }) => ['failure', 'error', 'skipped'].includes(name)),
  }
}

describe('JUnit XML', () => {
  it('has a test for each case in the suite of its chapter', () => {
    const { root, suites, tests, results } = parsed(mixedReport())
    expect(root).toMatchObject({ tests: '11', failures: '3', errors: '2', skipped: '2', time: '2.750' })
    expect(suites.map(({ name }) => name)).toEqual(['spec/http.md'])
    expect(tests).toContainEqual({ classname: 'AR-HTTP-001', name: 'http/header/header_missing', time: '0.250' })
    expect(results.map(({ name, attributes }) => `${name} ${attributes.message}`)).toEqual([
      'skipped not declared: approvals',
      'failure request 2 of 2: answered 201, expected 422',
      'failure the header X-Agent-Run-Protocol is not there',
      'skipped warning: no 429 came',
      'error untestable: no key of the role reader was given',
      'error untestable: unexpected end of the data',
      'failure /results/1 is not there',
    ])
    expect(results[2]?.text).toContain("curl -sS -i 'http://127.0.0.1:3000/nothing'")
    expect(results[2]?.text).toContain('spec/http.md AR-HTTP-001: Every answer, errors included, MUST have')
  })

  const baseline = ['AR-HTTP-001', 'http/batch/batch_order', 'AR-HTTP-008']
  it.each([
    ['nothing fails', goodReport()],
    ['something fails', mixedReport()],
    ['only what the baseline lists fails', mixedReport({ baseline })],
    ['half of it is in the baseline', mixedReport({ baseline: ['http/header/header_missing'] })],
    ['the baseline is out of date', mixedReport({ baseline: [...baseline, 'AR-HTTP-002'] })],
    ['nothing was tested', reportOf([])],
    ['a sentence has no case', reportOf([outcome('http/a/b', 'AR-HTTP-001')])],
    [
      'a case is of no sentence of the profile',
      reportOf([...goodReport().cases, outcome('http/a/b', 'AR-HTTP-099', { status: 'fail' })]),
    ],
  ])('is red exactly if the exit code is not 0: %s', (_, report) => {
    const { root } = parsed(report)
    expect(Number(root.failures) + Number(root.errors) > 0).toBe(exitCodeOf(report) !== 0)
  })

  it('counts what it holds', () => {
    const { root, suites, tests, results } = parsed(mixedReport({ baseline: ['nonsense'] }))
    expect(suites.map(({ name }) => name)).toEqual(['baseline', 'spec/http.md'])
    for (const [member, sort] of Object.entries({ failures: 'failure', errors: 'error', skipped: 'skipped' })) {
      const number = results.filter(({ name }) => name === sort).length
      expect(Number(root[member])).toBe(number)
      expect(suites.reduce((sum, suite) => sum + Number(suite[member]), 0)).toBe(number)
    }
    expect(Number(root.tests)).toBe(tests.length)
  })

  it('is well formed whatever a subject says', () => {
    const { tests } = parsed(hostileReport())
    expect(tests.length).toBeGreaterThan(2 * HOSTILE.length)
    expect(tests.map(({ name }) => name)).toContain(
      'http/topic/]]> <![CDATA[ --> <!-- <?xml ?> &lt; &amp; &#0; &bogus;',
    )
  })
})
