import { describe, expect, it } from 'vitest'
import { idProblems, readIds, rowProblems, wantedIds } from '../check/coverage-table.mjs'
import { withFolder } from './folder.mjs'

describe('ids of the briefs', () => {
  it('are read one by one and in ranges, S3 only where it names fields', () => {
    const text = '- S0.Q1 what — as S0.Q1\n- S1.A1..3 a · b\n- S3.F2 x\n- S3.T1 y · S4.P0 z\n'
    expect([...readIds(text)]).toEqual(['S0.Q1', 'S1.A1', 'S1.A2', 'S1.A3', 'S3.F2', 'S4.P0'])
  })

  it('are each wanted once', () => expect(new Set(wantedIds()).size).toBe(wantedIds().length))

  it('are missed, doubled and unknown', () => {
    const rows = ['S0.Q1', 'S0.Q1', 'S9.Q1'].map((id) => ({ id }))
    expect(idProblems(rows, new Set(['S0.Q1', 'S0.Q2']))).toHaveLength(3)
  })
})

describe('a row', () => {
  const examples = new Map([
    ['full.json', { id: 'r', steps: [{ id: 's' }], zero: 0, none: null, empty: {}, text: '' }],
    ['other.json', { id: 'o' }],
  ])
  const problems = (where, note) =>
    withFolder({ 'packages/cli/src/commands/show.ts': '' }, (root) => rowProblems(root, { where, note }, examples))

  it('may name places, commands, pages or a reason', () => {
    expect(problems('`#/steps/0/id` `other.json#/id` `#/zero`')).toEqual([])
    expect(problems('`agent-run show` [page](run.md)')).toEqual([])
    expect(problems('–', 'not yet: there is no server to send it to')).toEqual([])
  })

  for (const where of [
    '`#/none`',
    '`#/empty`',
    '`#/text`',
    '`#/steps/1`',
    '`third.json#/id`',
    '`id`',
    '`agent-run seal`',
    'soon',
  ]) {
    it(`may not say ${where}`, () => expect(problems(where)).toHaveLength(1))
  }

  it('needs a reason where nothing serves it', () => expect(problems('–', 'later')).toHaveLength(1))
})
