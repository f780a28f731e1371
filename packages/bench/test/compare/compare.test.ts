import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchComparison, BenchReport, BenchTrial } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CompareOptions,
  compareReports,
  defaults,
  regressionFrom,
  renderComparison,
} from '../../src/compare/index.ts'
import { schemaFaults } from '../../src/schema/schema-faults.ts'
import type { BenchRun } from '../../src/trial.ts'
import { report, type Sketch, temporary, trial } from '../report/reports.ts'

const made = (sketches: readonly Sketch[], changes: Partial<BenchRun> = {}): BenchReport =>
  report(sketches.map(trial), changes)

const compare = (before: BenchReport, after: BenchReport, options: Partial<CompareOptions> = {}): BenchComparison =>
  compareReports({ name: 'before', report: before }, { name: 'after', report: after }, { ...defaults, ...options })

/** So many repeats of a scenario, of which so many pass. */
const repeats = (scenario: string, passed: number, trials: number, more: Partial<Sketch> = {}): Sketch[] =>
  Array.from({ length: trials }, (_, index) => ({ scenario, repeat: index + 1, pass: index < passed, ...more }))

const change = ({ scenarios }: BenchComparison, measure: string, index = 0) =>
  scenarios[index]?.changes.find((each) => each.measure === measure)

describe('two bench runs', () => {
  it('that are the same do not differ', () => {
    const one = made([...repeats('a', 2, 3), ...repeats('b', 3, 3, { cost: null })])
    const comparison = compare(one, one)
    expect(comparison).toMatchObject({ pass: true, regressions: 0, improvements: 0, notes: [] })
    expect(comparison.scenarios.map(({ verdict }) => verdict)).toEqual(['same', 'same'])
    expect(change(comparison, 'cost', 1)).toEqual({ measure: 'cost', verdict: 'unknown', confidence: 'none' })
    expect(schemaFaults('bench-comparison.json', comparison)).toEqual([])
  })

  it('have a regression where a pass is lost, and the run that did better is named', () => {
    const comparison = compare(
      made([{ scenario: 'a' }, { scenario: 'b' }]),
      made([{ scenario: 'a' }, { scenario: 'b', pass: false, score: 98 }]),
    )
    expect(comparison).toMatchObject({ pass: false, regressions: 1 })
    expect(comparison.scenarios[1]).toMatchObject({ verdict: 'worse', regression: true, regression_from: 'run-b-1' })
    expect(change(comparison, 'pass', 1)).toMatchObject({
      before: 1,
      after: 0,
      verdict: 'worse',
      confidence: 'too_few',
    })
    expect(schemaFaults('bench-comparison.json', comparison)).toEqual([])
  })

  it.each([
    [5, 94.9, 'worse'],
    [5, 95, 'same'],
    [10, 90.5, 'same'],
    [0, 99.9, 'worse'],
  ])('with a threshold of %d points, 100 → %d is %s', (score, after, verdict) => {
    const comparison = compare(made([{ scenario: 'a' }]), made([{ scenario: 'a', score: after }]), { score })
    expect(change(comparison, 'score')).toMatchObject({ verdict })
    expect(comparison.pass).toBe(verdict === 'same')
  })

  it('differ in cost and time beyond the slack, and count that if asked', () => {
    const [before, after] = [
      made([{ scenario: 'a', cost: 1, wall: 1000 }]),
      made([{ scenario: 'a', cost: 1.3, wall: 1100 }]),
    ]
    const quiet = compare(before, after)
    expect(change(quiet, 'cost')).toMatchObject({ verdict: 'worse' })
    expect(change(quiet, 'duration')).toMatchObject({ verdict: 'same' })
    expect(quiet.pass).toBe(true)
    expect(compare(before, after, { failOn: ['cost'] }).pass).toBe(false)
    expect(compare(before, after, { failOn: ['cost'], slackPercent: 31 }).pass).toBe(true)
    expect(compare(before, after, { failOn: ['duration'], slackPercent: 5 }).pass).toBe(false)
  })

  it('have a cost that is compared only where both know it', () => {
    const before = made([
      { scenario: 'a', cost: 1 },
      { scenario: 'b', cost: null },
    ])
    const after = made([
      { scenario: 'a', cost: null },
      { scenario: 'b', cost: 9 },
    ])
    const comparison = compare(before, after, { failOn: ['cost'] })
    expect(comparison.scenarios.map(({ changes }) => changes.find(({ measure }) => measure === 'cost'))).toEqual([
      { measure: 'cost', before: 1, verdict: 'unknown', confidence: 'none' },
      { measure: 'cost', after: 9, verdict: 'unknown', confidence: 'none' },
    ])
    expect(comparison).toMatchObject({ pass: true, scenarios: [{ verdict: 'unknown' }, { verdict: 'unknown' }] })
    expect(renderComparison('pretty', comparison, { color: false, width: 80 })).toContain('· a  unknown')
  })

  it('weigh every scenario the same in the whole, however often it was repeated', () => {
    const before = made([...repeats('a', 9, 9), ...repeats('b', 1, 1)])
    const after = made([...repeats('a', 9, 9), ...repeats('b', 0, 1, { score: 0 })])
    expect(compare(before, after).whole.changes.slice(0, 2)).toMatchObject([
      { measure: 'pass', before: 1, after: 0.5 },
      { measure: 'score', before: 100, after: 50 },
    ])
  })
})

describe('how sure a difference is', () => {
  const passes = (
    before: readonly [number, number],
    after: readonly [number, number],
    options?: Partial<CompareOptions>,
  ) => compare(made(repeats('a', ...before)), made(repeats('a', ...after)), options)

  it('is said by an exact test', () => {
    expect(change(passes([6, 6], [0, 6]), 'pass')).toMatchObject({
      confidence: 'sure',
      p_value: 0.0021645,
      method: 'Fisher’s exact test, two-sided',
    })
    expect(change(passes([6, 6], [5, 6]), 'pass')).toMatchObject({ confidence: 'chance', p_value: 1 })
    expect(change(passes([6, 6], [0, 6]), 'score')).toMatchObject({
      confidence: 'sure',
      method: 'an exact permutation test of the mean, two-sided',
    })
  })

  it('is not said where there are too few repeats, whatever they show', () => {
    expect(change(passes([3, 3], [0, 3]), 'pass')).toMatchObject({ verdict: 'worse', confidence: 'too_few' })
    expect(change(passes([4, 4], [0, 4]), 'pass')).toMatchObject({ verdict: 'worse', confidence: 'sure' })
    expect(change(passes([4, 4], [0, 4], { significance: 0.01 }), 'pass')).toMatchObject({ confidence: 'too_few' })
  })

  it('decides, if asked, what counts', () => {
    expect(passes([6, 6], [5, 6])).toMatchObject({ pass: false, regressions: 1 })
    const unsure = passes([6, 6], [5, 6], { onlySure: true })
    expect(unsure).toMatchObject({ pass: true, regressions: 0, scenarios: [{ verdict: 'worse', regression: false }] })
    expect(renderComparison('pretty', unsure, { color: false, width: 80 })).toContain('~ a  worse, not sure')
    expect(passes([6, 6], [0, 6], { onlySure: true })).toMatchObject({ pass: false, regressions: 1 })
  })

  it('is told of the whole where single scenarios tell nothing', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const before = made(names.map((scenario) => ({ scenario })))
    const after = made(names.map((scenario) => ({ scenario, pass: false })))
    const comparison = compare(before, after, { onlySure: true })
    expect(comparison).toMatchObject({ regressions: 0, pass: false, whole: { regression: true } })
    expect(comparison.whole.changes[0]).toMatchObject({
      confidence: 'sure',
      p_value: 0.0078125,
      method: 'an exact permutation test within scenarios, two-sided',
    })
    expect(renderComparison('pretty', comparison, { color: false, width: 100 })).toContain('✗ worse on the whole')
  })
})

describe('what one side alone has', () => {
  it('is a regression if it is gone, and none if it is new', () => {
    const [two, one] = [made([{ scenario: 'a' }, { scenario: 'b' }]), made([{ scenario: 'a' }])]
    const lost = compare(two, one)
    expect(lost).toMatchObject({ pass: false, regressions: 1 })
    expect(lost.scenarios[1]).toMatchObject({ scenario: 'b', verdict: 'only_before', regression: true, changes: [] })
    expect(lost.notes).toEqual([{ code: 'scenario.only_before', message: 'only the earlier run has: b' }])
    const gained = compare(one, two)
    expect(gained).toMatchObject({ pass: true, improvements: 0 })
    expect(gained.scenarios[1]).toMatchObject({ verdict: 'only_after', regression: false })
    expect(gained.notes.map(({ code }) => code)).toEqual(['scenario.only_after'])
    expect(compare(two, one, { failOn: ['pass'] }).pass).toBe(true)
  })

  it('is none if the later run was told to leave it out', () => {
    const later = made([{ scenario: 'a' }], { only: ['a'] })
    const comparison = compare(made([{ scenario: 'a' }, { scenario: 'b' }]), later)
    expect(comparison).toMatchObject({ pass: true, notes: [{ code: 'scenario.only_before' }] })
  })
})

describe('what makes two runs hard to compare', () => {
  it('is said', () => {
    const before = made([{ scenario: 'a' }])
    const later = made([{ scenario: 'a', more: { model: 'model-2' } }], {
      command: ['other', 'agent'],
      seed: '99',
      planned: 4,
      jobs: 2,
    })
    const after: BenchReport = {
      ...later,
      repeats: 4,
      pack: { ...later.pack, digest: `sha256:${'0'.repeat(64)}`, version: '2.0.0' },
      software: { ...later.software, version: '9.9.9' },
    }
    expect(compare(before, after).notes).toEqual([
      { code: 'pack.digest', message: 'the pack was changed in between: 1.2.0 then, 2.0.0 now' },
      { code: 'trials.incomplete', message: 'the later run was stopped after 1 of 4 trials' },
      {
        code: 'runtime.command',
        message: "the runtime was started another way: node agent.mjs '--careful mode' then, other agent now",
      },
      { code: 'agents', message: 'other agents or models answered: tester (model-1) then, tester (model-2) now' },
      { code: 'repeats', message: 'the number of repeats differs: 1 then, 4 now' },
      { code: 'seed', message: 'the seeds differ, so each trial was given another one: 7f3a then, 99 now' },
      { code: 'software', message: expect.stringContaining('9.9.9 now') },
      { code: 'machine', message: expect.stringContaining('2 at a time now') },
    ])
    const renamed = { ...after, pack: { ...before.pack, version: '1.2.0', digest: after.pack.digest } }
    expect(compare(before, renamed).notes[0]?.message).toContain('both call themselves 1.2.0')
    const other = { ...after, pack: { ...after.pack, id: 'errands' } }
    expect(compare(before, other).notes[0]).toMatchObject({ code: 'pack.id' })
  })
})

const sketch: fc.Arbitrary<Sketch> = fc.record({
  scenario: fc.constantFrom('a', 'b', 'c'),
  repeat: fc.integer({ min: 1, max: 3 }),
  pass: fc.boolean(),
  score: fc.integer({ min: 0, max: 100 }),
  cost: fc.option(fc.integer({ min: 0, max: 50 })),
  wall: fc.integer({ min: 0, max: 9000 }),
})
const anyReport = fc.array(sketch, { maxLength: 10 }).map((sketches) => made(sketches))
const failOn = ['pass', 'score', 'cost', 'duration'] as const

describe('of any two runs', () => {
  it('a run and itself differ in nothing', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        const { pass, regressions, improvements, notes, scenarios } = compare(one, one, {
          failOn,
          score: 0,
          slackPercent: 0,
        })
        expect({ pass, regressions, improvements, notes }).toEqual({
          pass: true,
          regressions: 0,
          improvements: 0,
          notes: [],
        })
        for (const { changes } of scenarios)
          for (const { verdict, confidence } of changes) {
            expect(['same', 'unknown']).toContain(verdict)
            expect(confidence).toBe('none')
          }
      }),
    )
  })

  it('what is worse one way is better the other way, with the same confidence', () => {
    const mirror = { worse: 'better', better: 'worse', same: 'same', unknown: 'unknown' } as const
    fc.assert(
      fc.property(anyReport, anyReport, (one, other) => {
        const there = compare(one, other, { failOn })
        const back = compare(other, one, { failOn })
        const facts = ({ scenarios, whole }: BenchComparison) =>
          new Map([...scenarios, whole].map(({ scenario = '', changes }) => [scenario, changes]))
        const mirrored = facts(back)
        for (const [scenario, changes] of facts(there))
          for (const [index, { measure, verdict, confidence, p_value }] of changes.entries()) {
            const reverse = mirrored.get(scenario)?.[index]
            expect(reverse).toMatchObject({ measure, verdict: mirror[verdict], confidence })
            if (p_value !== undefined) expect(reverse?.p_value).toBeCloseTo(p_value, 6)
          }
      }),
      { numRuns: 60 },
    )
  })

  it('the comparison follows its schema, and every form of it can be written', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (one, other) => {
        const comparison = compare(one, other)
        expect(schemaFaults('bench-comparison.json', comparison)).toEqual([])
        for (const format of ['pretty', 'markdown', 'line', 'json'] as const)
          expect(renderComparison(format, comparison, { color: true, width: 70 })).toMatch(/\n$/)
      }),
      { numRuns: 15 },
    )
  })
})

describe('a comparison at a terminal', () => {
  it('shows what differs, how sure that is, and what it comes to', () => {
    const before = made([
      ...repeats('keep', 4, 4),
      ...repeats('lose', 4, 4),
      ...repeats('win', 1, 4),
      { scenario: 'gone' },
    ])
    const after = made([...repeats('keep', 4, 4), ...repeats('lose', 0, 4), ...repeats('win', 4, 4)], { seed: '7f3b' })
    expect(renderComparison('pretty', compare(before, after), { color: false, width: 100 })).toBe(`before  before
        chores 1.2.0 · node agent.mjs '--careful mode' · seed 7f3a · 13 trials, 4 repeats
after   after
        chores 1.2.0 · node agent.mjs '--careful mode' · seed 7f3b · 12 trials, 4 repeats

! only the earlier run has: gone
! the seeds differ, so each trial was given another one: 7f3a then, 7f3b now

✗ lose  worse
    passed           4 of 4 → 0 of 4   sure (p = 0.029)
    score            100 → 25   sure (p = 0.029)
    did better: run-lose-1
✗ gone  no longer there
✓ win  better
    passed           1 of 4 → 4 of 4   could be chance (p = 0.14)
    score            43.8 → 100   could be chance (p = 0.14)
= as before: keep

The whole
    passed           75 % → 66.7 %   could be chance (p = 1)
    score            81.3 → 75   could be chance (p = 1)
    cost of a trial  $0.010 → $0.010
    time of a trial  2.0 s → 2.0 s

✗ 2 regressions, 1 better
  A regression is a lost pass, a score lower by more than 5 points, a scenario that is gone. Tested,
  two-sided, by Fisher’s exact test, an exact permutation test of the mean and a permutation test
  (20,000 draws) within scenarios; sure is p ≤ 0.05.
`)
  })
})

describe('what a trial is a regression from', () => {
  const trials: BenchTrial[] = [
    { scenario: 'a', repeat: 1, score: 96 },
    { scenario: 'a', repeat: 2, score: 100 },
    { scenario: 'a', repeat: 3, pass: false, score: 70 },
    { scenario: 'b', pass: false, score: 40 },
    { scenario: 'c', pass: true, score: 100 },
  ].map((each) => trial(each as Sketch))
  const baseline = report(
    trials.map((each) => (each.scenario === 'c' ? (({ run_id: _, ...rest }) => rest)(each) : each)),
  )
  const from = (scenario: string, pass: boolean, score: number) =>
    regressionFrom(baseline, scenario, { pass, score })?.runId

  it('is the best run of the baseline, if a pass of most repeats is lost or the mean is missed by more than 5 points', () => {
    expect(from('a', false, 100)).toBe('run-a-2')
    expect(from('a', true, 83)).toBe('run-a-2')
    expect(from('a', true, 84)).toBeUndefined()
    expect(from('b', false, 40)).toBeUndefined()
    expect(from('b', false, 34)).toBe('run-b-1')
  })

  it('is nothing where the baseline has no such scenario, or left no record of it', () => {
    expect(from('c', false, 0)).toBeUndefined()
    expect(from('d', false, 0)).toBeUndefined()
  })
})

describe('agent-run-bench compare', () => {
  const bench = fileURLToPath(new URL('../../bin/agent-run-bench.mjs', import.meta.url))
  const start = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bench, 'compare', ...words], { encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  const stored = (one: BenchReport): string => {
    const folder = temporary()
    writeFileSync(join(folder, 'report.json'), JSON.stringify(one))
    return folder
  }
  const good = stored(made([{ scenario: 'a' }]))
  const bad = stored(made([{ scenario: 'a', pass: false }]))

  it('ends with 0 without a regression and with 1 with one, and takes folders and files', () => {
    expect(start(good, join(good, 'report.json'), '-f', 'line')).toMatchObject({ status: 0, stderr: '' })
    expect(start(good, bad, '-f', 'json')).toMatchObject({ status: 1, stderr: '' })
    expect(start(good, bad, '--fail-on', 'none')).toMatchObject({ status: 0 })
    expect(JSON.parse(start(good, bad, '--only-sure', '--threshold', '3.5', '-f', 'json').stdout)).toMatchObject({
      pass: true,
      only_sure: true,
      score_threshold: 3.5,
    })
  })

  it('ends with 2 where there is nothing to compare', () => {
    expect(start(good, stored(made([{ scenario: 'z' }])))).toMatchObject({ status: 2, stdout: '' })
    expect(start(good, join(good, 'nowhere')).stderr).toContain('cannot be read (ENOENT)')
    expect(start(good, bad, '--fail-on', 'luck')).toMatchObject({ status: 2 })
    expect(start(good, bad, '--threshold', '-1').stderr).toContain('Expected a number from 0 to 100')
  })
})
