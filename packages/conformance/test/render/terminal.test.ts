import { describe, expect, it } from 'vitest'
import { renderLine, renderTerminal } from '../../src/render/index.ts'
import type { Report } from '../../src/suite/index.ts'
import { goodReport, mixedOutcomes, mixedReport, outcome, reportOf } from './reports.ts'

const plain = (report: Report, width = 100): string => renderTerminal(report, { color: false, width })

describe('on a terminal', () => {
  it('the verdict comes first, then what fails, then what could not be tested', () => {
    expect(plain(mixedReport())).toBe(`my-server 0.4
http://127.0.0.1:3000 · server · profile 1.0 · declares core, batch · seed 7f3a ·
@agent-run/conformance 1.2.3

✗ not compliant with the server profile 1.0   1 of 5 requirements · 4 of 10 cases · 21 s

  core   ━━━━━───────────────  1 of 4   1 not kept · 1 warning · 1 not tested
  batch  ────────────────────  0 of 1   1 not kept
  not declared: approvals (1)

Not kept 2

✗ AR-HTTP-001  MUST · core · spec/http.md
  Every answer, errors included, MUST have the header X-Agent-Run-Protocol: 1.0.0.
    http/header/header_missing  the header X-Agent-Run-Protocol is not there
      answered 200, expected 404
    http/header/header_on_error  request 2 of 2: answered 201, expected 422
    $ curl -sS -i 'http://127.0.0.1:3000/nothing'

✗ AR-HTTP-020  MUST · batch · spec/http.md
  A server MUST answer POST of a new and valid record with 201, Location and a RunReceipt, and find
  the run from then on.
    http/batch/batch_order  /results/1 is not there
    $ curl -sS -i -X POST 'http://127.0.0.1:3000/api/v1/runs:batch' --data-binary '1'$'\\n''2'

Warnings 1

! AR-HTTP-013  SHOULD · core · spec/http.md
  A server SHOULD answer a client that asks too often with 429 and the header Retry-After.
    http/code/rate_limit  no 429 came

Not tested 1

? no key of the role reader was given – 1 requirement, 1 case
  → set AGENT_RUN_KEY_READER, or give --reader-key
  AR-HTTP-008

? unexpected end of the data – 1 requirement, 1 case
  → a fault of the suite, not of the subject: please report it
  AR-HTTP-008

✗ not compliant with the server profile 1.0   1 of 5 requirements · 4 of 10 cases · 21 s
`)
  })

  it('is short if nothing is wrong', () => {
    expect(plain(goodReport())).toBe(`my-server 0.4
http://127.0.0.1:3000 · server · profile 1.0 · declares core, batch · seed 7f3a ·
@agent-run/conformance 1.2.3

✓ compliant with the server profile 1.0   5 of 5 requirements · 5 of 5 cases · 21 s

  core   ━━━━━━━━━━━━━━━━━━━━  4 of 4
  batch  ━━━━━━━━━━━━━━━━━━━━  1 of 1
  not declared: approvals (1)
`)
  })

  it.each([40, 60, 80, 120, 400])('no line is wider than %i columns, but for those that are copied', (width) => {
    const lines = plain(mixedReport(), width).split('\n')
    const copied = /^ {4}\$ /
    expect(lines.filter((line) => line.length > Math.min(width, 120) && !copied.test(line))).toEqual([])
  })

  it('cases are few, and the others are counted', () => {
    const many = Array.from({ length: 15 }, (_, index) =>
      outcome(`http/x/case_${index}`, 'AR-HTTP-001', { status: 'fail', messages: ['a', 'b', 'c', 'd', 'e'] }),
    )
    const text = plain(reportOf([...mixedOutcomes, ...many]))
    expect(text).toContain('    and 14 more cases\n')
    expect(text).toContain('      and 2 more\n')
    expect(text.match(/http\/x\/case_/g)).toHaveLength(1)
  })

  it('a command line that is too long to be copied is named', () => {
    const reproduce = `curl '${'x'.repeat(3000)}'`
    const text = plain(reportOf([outcome('http/x/long', 'AR-HTTP-001', { status: 'fail', reproduce })]))
    expect(text).toContain('$ a command line of 3007 characters: it stands in the JSON report')
    expect(text).not.toContain('xxx')
  })

  it('what the baseline lists is no news, and what is wrong with the baseline is', () => {
    const baseline = ['AR-HTTP-001', 'http/batch/batch_order', 'AR-HTTP-008']
    const quiet = mixedReport({ baseline })
    expect(quiet.verdict).toBe('pass')
    expect(plain(quiet)).toContain('~ held to a baseline: 1 of 5 ')
    expect(plain(quiet)).not.toContain('✓')
    expect(plain(quiet)).toContain('Known, in the baseline 3\n  AR-HTTP-001, AR-HTTP-020, AR-HTTP-008\n')
    expect(plain(quiet)).not.toContain('Not kept')
    const rotten = plain(mixedReport({ baseline: [...baseline, 'AR-HTTP-002'] }))
    expect(rotten).toContain('✗ nothing new, but the baseline is out of date')
    expect(rotten).toContain('✗ AR-HTTP-002 is listed as a failure and passes; take it off the list')
  })

  it('of a case with several requests, the line that plays all of them stands below the last', () => {
    const said = {
      status: 'fail',
      messages: ['x'],
      reproduce: 'curl last',
      replay: 'agent-run-conformance server',
    } as const
    const text = plain(reportOf([outcome('http/x/several', 'AR-HTTP-001', said)]))
    expect(text).toContain('    $ curl last\n    $ agent-run-conformance server\n')
  })

  it('a selection is called one', () => {
    const report = goodReport({ only: ['http/topic'] })
    expect(plain(report)).toContain('✓ passed what was selected')
    expect(plain(report)).not.toContain('compliant')
  })

  it('what nothing gave occasion to is one reason, with what was to be looked at', () => {
    const shared = 'no record gave occasion to look at this'
    const untestable = (id: string, requirement: string, own: string) =>
      outcome(id, requirement, { status: 'untestable', messages: [`${shared}: ${own}`] })
    const report = reportOf([
      outcome('http/a/b', 'AR-HTTP-001'),
      untestable('emitter/one', 'AR-HTTP-002', 'One thing.'),
      untestable('emitter/two', 'AR-HTTP-008', 'Another thing.'),
    ])
    expect(plain(report)).toContain(`? ${shared} – 2 requirements, 2 cases
  → let the runtime do more: other scenarios, or more of its records
  AR-HTTP-002 One thing.
  AR-HTTP-008 Another thing.
`)
  })

  it('capabilities stand in the order in which they are declared, core first', () => {
    const subject = { name: null, version: null, address: 'x', capabilities: ['batch', 'core', 'approvals'] }
    const cases = [
      outcome('http/a/b', 'AR-HTTP-040'),
      outcome('http/a/c', 'AR-HTTP-020'),
      outcome('http/a/d', 'AR-HTTP-001'),
    ]
    const rows = plain(reportOf(cases, { subject })).match(/^ {2}(core|batch|approvals) /gm)
    expect(rows?.map((row) => row.trim())).toEqual(['core', 'batch', 'approvals'])
  })

  it('nothing that was tested is no pass', () => {
    expect(plain(reportOf([]))).toContain('? could not be tested   0 of 5 requirements · 0 of 0 cases')
    expect(plain(reportOf([]))).toContain('? no case was played – 5 requirements, 0 cases')
  })
})

describe('line by line', () => {
  it('each finding is a line, and the verdict the last one', () => {
    const baseline = ['http/batch/batch_order', 'nonsense']
    expect(renderLine(mixedReport({ baseline })).split('\n')).toEqual([
      'http/header/header_on_error: fail: AR-HTTP-001 request 2 of 2: answered 201, expected 422',
      'http/header/header_missing: fail: AR-HTTP-001 the header X-Agent-Run-Protocol is not there; answered 200, expected 404',
      'http/code/rate_limit: warn: AR-HTTP-013 no 429 came',
      'http/keys/reader_writes: untestable: AR-HTTP-008 no key of the role reader was given',
      'http/keys/reader_reads: untestable: AR-HTTP-008 fault of the suite: unexpected end of the data',
      'http/batch/batch_order: known fail: AR-HTTP-020 /results/1 is not there',
      'baseline: fail: nonsense is neither a case nor a requirement of this run',
      'verdict: fail: not compliant with the server profile 1.0 (1 of 5 requirements · 4 of 10 cases)',
      '',
    ])
  })

  it('a sentence without a case is one too', () => {
    expect(renderLine(reportOf([outcome('http/a/b', 'AR-HTTP-001')]))).toContain(
      'AR-HTTP-020: untestable: AR-HTTP-020 no case was played\n',
    )
  })
})
