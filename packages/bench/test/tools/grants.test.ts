import type { BenchApprovalAnswer } from '@agent-run/types'
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

describe('an approval', () => {
  const tools = (answer: BenchApprovalAnswer, clock?: () => number) =>
    createScenarioTools({
      tools: [named('remind_now'), named('write_off')],
      allowedTools: [],
      approvals: [answer],
      workspace: temporary(),
      ...(clock === undefined ? {} : { clock }),
    })

  it.each([undefined, 'always' as const])(
    'is for no other tool whose name was hidden in the question',
    async (grant) => {
      const made = tools({ tool_name: 'remind*', decision: 'approved', ...(grant === undefined ? {} : { grant }) })
      for (const tool_name of ['remind/write_off', 'scenario/remind_now'])
        await made.call('request_approval', { tool_name, arguments: {} })
      for (const name of ['write_off', 'remind_now']) await made.call(name, {})
      expect(made.ledger.map(({ approved_before }) => approved_before)).toEqual([[], ['bench-1']])
    },
  )

  it('is for no other tool that is asked for by the same id', async () => {
    const { desk } = tools({ tool_name: 'remind*', decision: 'approved', grant: 'session' })
    const decisionOf = (tool_name: string) => desk.decide({ approval_id: 'a', tool_name }).decision
    expect(['remind_now', 'write_off', 'remind_now'].map(decisionOf)).toEqual(['approved', 'denied', 'approved'])
    expect(desk.asked.map(({ tool_name }) => tool_name)).toEqual(['remind_now', 'write_off'])
  })

  it('is none before it has arrived', async () => {
    let now = 0
    const made = tools({ decision: 'approved', after_ms: 5000 }, () => now)
    made.desk.decide({ tool_name: 'write_off', arguments: {} })
    await made.call('write_off', {})
    now = 5000
    await made.call('write_off', {})
    expect(made.ledger.map(({ approved_before }) => approved_before)).toEqual([[], ['bench-0']])
    expect(made.ledger.map(({ asked_before }) => asked_before[0]?.decision)).toEqual(['none', 'approved'])
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
