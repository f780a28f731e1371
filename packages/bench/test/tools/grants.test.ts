import { describe, expect, it } from 'vitest'
import { checkPack } from '../../src/pack/index.ts'
import { createScenarioTools } from '../../src/tools/index.ts'
import { packWith, temporary } from '../run/benching.ts'

const named = (name: string) => ({ name, description: name, input_schema: { type: 'object' } })

const make = (grant?: 'session') =>
  createScenarioTools({
    tools: [named('remind'), named('write_off')],
    allowedTools: [],
    approvals: [
      { tool_name: 'remind', decision: 'approved', ...(grant === undefined ? {} : { grant }), reason: 'yes' },
    ],
    workspace: temporary(),
  })

describe('an approval with a grant', () => {
  it('is told, and stands for every later call of its tool', async () => {
    const tools = make('session')
    await tools.call('remind', { invoice: 80 })
    const answer = await tools.call('request_approval', { tool_name: 'remind', arguments: { invoice: 81 } })
    expect(answer.result).toMatchObject({ decision: 'approved', grant: 'session', reason: 'yes' })
    for (const invoice of [81, 82, 81]) await tools.call('remind', { invoice })
    await tools.call('write_off', { invoice: 81 })
    expect(tools.ledger.map(({ tool_name, approved_before }) => [tool_name, approved_before])).toEqual([
      ['remind', []],
      ['remind', ['bench-0']],
      ['remind', ['bench-0']],
      ['remind', ['bench-0']],
      ['write_off', []],
    ])
  })

  it('is more than one without', async () => {
    const tools = make()
    const answer = await tools.call('request_approval', { tool_name: 'remind', arguments: { invoice: 81 } })
    expect(answer.result).not.toHaveProperty('grant')
    for (const invoice of [82, 81, 81]) await tools.call('remind', { invoice })
    expect(tools.ledger.map(({ approved_before }) => approved_before)).toEqual([[], ['bench-0'], []])
  })
})

describe('a grant in a pack', () => {
  const linesOf = (answer: object) =>
    checkPack(
      packWith(({ scenarios }) =>
        Object.assign(scenarios[1] ?? {}, { approvals: [{ tool_name: 'deploy', ...answer }] }),
      ),
    ).lines.map((line) => line.replace(/^.*? {2}/, ''))

  it('stands beside a yes, for all arguments', () => {
    expect(linesOf({ decision: 'approved', grant: 'session' })).toEqual([])
    expect(linesOf({ decision: 'denied', grant: 'session' })).toEqual([
      'error    /scenarios/1/approvals/0/grant: stands beside the decision denied; only who approves can grant more',
    ])
    expect(linesOf({ decision: 'approved', grant: 'always', target: 'staging' })).toEqual([
      'warning  /scenarios/1/approvals/0/grant: is for every later call of the tool, also with other arguments than these',
    ])
    expect(linesOf({ decision: 'approved', grant: 'once' })).toHaveLength(1)
  })
})
