import { expect, it } from 'vitest'
import type { Score } from '../../../src/store/store.ts'
import { makeRun } from './runs.ts'
import type { Bench } from './subject.ts'

const score = (given: Partial<Score>): Score => ({
  benchmarkId: 'bench',
  pass: true,
  score: undefined,
  agentId: 'agent',
  model: undefined,
  runtime: undefined,
  costUsd: undefined,
  durationMs: undefined,
  at: '2026-01-01T00:00:00.000Z',
  ...given,
})

export const testScores = ({ store, tenant }: Bench): void => {
  it('groups current evaluations, best first; what is unknown does not count as nothing', async () => {
    const t = tenant()
    const scores = [
      score({ agentId: 'good', score: 80, costUsd: 0.5, durationMs: 10, model: 'm' }),
      score({ agentId: 'good', score: 60 }),
      score({ agentId: 'fair', score: 90 }),
      score({ agentId: 'fair', pass: false, score: 10, costUsd: 1 }),
      score({ agentId: 'good', benchmarkId: undefined, pass: false }),
      score({ agentId: 'better', score: 71, durationMs: 20, model: 'm' }),
    ]
    await store().insertRuns(
      t,
      scores.map((each, index) => makeRun(`${index}`, { score: each })),
    )
    const groups = await store().listScores(t, { groupBy: 'agent_id', limit: 9 })
    expect(groups.map(({ group, benchmarkId }) => [group, benchmarkId])).toEqual([
      ['better', 'bench'],
      ['good', 'bench'],
      ['fair', 'bench'],
      ['good', undefined],
    ])
    expect(groups[1]).toEqual({
      benchmarkId: 'bench',
      group: 'good',
      runs: 2,
      passed: 2,
      meanScore: 70,
      costUsdTotal: 0.5,
      costKnown: 1,
      meanDurationMs: 10,
      durationKnown: 1,
    })
    expect(groups[3]).toMatchObject({ passed: 0, meanScore: undefined, costUsdTotal: undefined, costKnown: 0 })
    const models = await store().listScores(t, { groupBy: 'model', benchmarkId: 'bench', limit: 1 })
    expect(models).toMatchObject([{ group: 'm', runs: 2, meanScore: 75.5, meanDurationMs: 15 }])
    expect(await store().listScores(t, { groupBy: 'runtime', benchmarkId: 'none', limit: 9 })).toEqual([])
    expect(await store().listScores(tenant(), { groupBy: 'agent_id', limit: 9 })).toEqual([])
  })

  it('counts the evaluation that a run has now', async () => {
    const t = tenant()
    const run = makeRun('a', { score: score({ pass: false }) })
    await store().insertRuns(t, [run])
    const passing = makeRun('a', { eval: 1, score: score({ pass: true }) })
    await store().replaceRun(t, run.etag, passing, {})
    expect(await store().listScores(t, { groupBy: 'agent_id', limit: 9 })).toMatchObject([{ runs: 1, passed: 1 }])
    await store().replaceRun(t, passing.etag, makeRun('a'), {})
    expect(await store().listScores(t, { groupBy: 'agent_id', limit: 9 })).toEqual([])
  })

  it('forgets the evaluation of an erased run', async () => {
    const t = tenant()
    await store().insertRuns(t, [makeRun('a', { score: score({}) })])
    await store().eraseRun(t, 'a', { scope: 'record', tombstone: undefined }, {})
    expect(await store().listScores(t, { groupBy: 'agent_id', limit: 9 })).toEqual([])
  })
}
