import { describe, expect, it } from 'vitest'
import { compareBaseline, readBaseline, writeBaseline } from '../../src/suite/index.ts'
import { outcome, reportOf } from './trial.ts'

describe('a list of known failures', () => {
  it('has an id a line, with reasons, empty lines and any line ends', () => {
    const text = '# all of them\r\nAR-HTTP-001  # since 0.3\r\n\r\n\thttp/erasure/erased_again\n'
    expect(readBaseline(text)).toEqual(['AR-HTTP-001', 'http/erasure/erased_again'])
  })

  it('refuses a reason that is not behind a #, naming the line', () => {
    expect(() => readBaseline('AR-HTTP-001\nAR-HTTP-002 because')).toThrow(/^line 2 of the baseline/)
  })
})

describe('a list of known failures, held against what came out,', () => {
  const outcomes = [
    outcome('AR-HTTP-001', 'fail'),
    outcome('AR-HTTP-013', 'fail'),
    outcome('AR-HTTP-030', 'pass'),
    outcome('AR-HTTP-030', 'untestable', 2),
  ]
  const compare = (...listed: string[]) => compareBaseline(listed, outcomes, reportOf(outcomes).requirements)

  it('knows cases and sentences that are not in order', () => {
    const listed = ['AR-HTTP-001', 'http/AR-HTTP-001/1', 'AR-HTTP-013', 'AR-HTTP-030', 'http/AR-HTTP-030/2']
    expect(compare(...listed)).toEqual({ known: listed, problems: [] })
  })

  it('complains of what passes, does not apply or is nothing', () => {
    expect(compare('http/AR-HTTP-030/1', 'AR-HTTP-130', 'http/nothing', 'http/nothing')).toEqual({
      known: [],
      problems: [
        'http/AR-HTTP-030/1 is listed as a failure and passes; take it off the list',
        'AR-HTTP-130 is listed as a failure and does not apply',
        'http/nothing is neither a case nor a requirement of this run',
      ],
    })
  })
})

it('a list is about the whole: of a selection, what it does not play is passed over', () => {
  const outcomes = [outcome('AR-HTTP-001', 'fail')]
  const { baseline } = reportOf(outcomes, {
    only: ['AR-HTTP-001'],
    baseline: ['AR-HTTP-001', 'AR-HTTP-030', 'nothing'],
  })
  expect(baseline).toEqual({ known: ['AR-HTTP-001'], problems: [] })
})

it('a written list makes the same trial pass, and is out of date when something is repaired', () => {
  const bad = [outcome('AR-HTTP-001', 'fail'), outcome('AR-HTTP-001', 'pass', 2), outcome('AR-HTTP-013', 'fail')]
  const outcomes = [...bad, outcome('AR-HTTP-030', 'untestable'), outcome('AR-HTTP-130', 'pass')]
  const first = reportOf(outcomes, { level: 'full' })
  expect(first.verdict).toBe('fail')
  const text = writeBaseline(first)
  expect(text.split('\n').slice(1)).toEqual([
    'http/AR-HTTP-001/1  # AR-HTTP-001: fail on 2026-11-20',
    'http/AR-HTTP-030/1  # AR-HTTP-030: untestable on 2026-11-20',
    '',
  ])
  const baseline = readBaseline(text)
  expect(reportOf(outcomes, { level: 'full', baseline })).toMatchObject({ verdict: 'pass', baseline: { problems: [] } })
  const repaired = outcomes.map((each) => (each.status === 'fail' ? { ...each, status: 'pass' as const } : each))
  expect(reportOf(repaired, { level: 'full', baseline }).verdict).toBe('fail')
})

it('names a sentence in it that has no case', () => {
  expect(writeBaseline(reportOf([]))).toContain('\nAR-HTTP-001  # untestable on 2026-11-20\n')
})
