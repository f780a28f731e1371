import { describe, expect, it, vi } from 'vitest'
import { createRecorder, type RecorderOptions, type ToolCall } from '../../src/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

const yes = { decision: 'approved' as const, actor: { kind: 'human' as const, id: 'u-17' } }

const begin = (options: RecorderOptions) => {
  const { options: whole, faults } = setUp({ signer: signer(), ...options })
  return { run: createRecorder({ agent_id: 'release-bot', session_id: 'sess-1' }, whole), faults }
}

describe('a policy that gives what no policy may give', () => {
  const garbage: [string, unknown][] = [
    ['true', true],
    ['false', false],
    ['zero', 0],
    ['an empty text', ''],
    ['null', null],
    ['a word', 'allow'],
    ['a list', [{ verdict: 'allow' }]],
    ['no verdict', {}],
    ['another word for it', { decision: 'allow' }],
    ['a verdict that is none', { verdict: 'ALLOW' }],
    ['the name of a method', { verdict: 'toString' }],
    ['a contradiction', { verdict: 'allow', enforcement: 'blocked' }],
    ['a change without arguments', { verdict: 'modify' }],
    ['a change to undefined', { verdict: 'modify', arguments: undefined }],
    ['terms that are none', { verdict: 'require_approval', request: false }],
    ['an end that is none', { verdict: 'require_approval', request: { expires_in_ms: Number.NaN } }],
    ['an end that never comes', { verdict: 'require_approval', request: { expires_in_ms: Number.POSITIVE_INFINITY } }],
  ]
  it.each(garbage)('blocks, and is a fault: %s', async (_, verdict) => {
    const { run, faults } = begin({ policy: (() => verdict) as never, ask: () => yes })
    const execute = vi.fn()
    await expect(run.toolCall({ tool_name: 't', arguments: {} }, execute)).rejects.toMatchObject({ reason: 'blocked' })
    expect(execute).not.toHaveBeenCalled()
    expect(faults.map(({ code }) => code)).toEqual(['recorder.policy_failed'])
    const record = await run.end()
    expect(record.policy_decisions).toMatchObject([{ verdict: 'block', enforcement: 'blocked', matched: 'error' }])
    expectSound(run, record)
  })

  it('gives neither id nor time of its decision', async () => {
    const policy = (() => ({ verdict: 'allow', id: 'rule-1', at: '2001-01-01T00:00:00Z' })) as never
    const { run, faults } = begin({ policy })
    for (const n of [1, 2]) await run.toolCall({ tool_name: 't', arguments: { n } }, () => n)
    const record = await run.end()
    expect(record.policy_decisions?.map(({ id }) => id)).toEqual(['pd-1', 'pd-2'])
    expect(faults).toEqual([])
    expectSound(run, record)
  })
})

describe('who is asked', () => {
  it('without a policy: a person, for every call', async () => {
    const ask = vi.fn(() => yes)
    const { run } = begin({ ask })
    for (const n of [1, 2]) await run.toolCall({ tool_name: 't', arguments: { n } }, () => n)
    expect(ask).toHaveBeenCalledTimes(2)
    expectSound(run, await run.end())
  })

  it('by the wish of the call: a person, whatever was granted', async () => {
    const ask = vi.fn(() => ({ ...yes, grant: { scope: 'session' as const } }))
    const { run } = begin({ ask })
    for (const n of [1, 2]) await run.toolCall({ tool_name: 't', arguments: { n }, approval: {} }, () => n)
    expect(ask).toHaveBeenCalledTimes(2)
    await run.toolCall({ tool_name: 't', arguments: {} }, () => 3)
    expect(ask).toHaveBeenCalledTimes(2)
    expectSound(run, await run.end())
  })

  it.each([null, false, 'no', []])('nobody, if approval is %j: the call is refused', async (approval) => {
    const { run } = begin({})
    const execute = vi.fn()
    const call = { tool_name: 't', arguments: {}, approval } as unknown as ToolCall<object>
    await expect(run.toolCall(call, execute)).rejects.toMatchObject({ reason: 'cancelled' })
    expect(execute).not.toHaveBeenCalled()
    expectSound(run, await run.end())
  })

  it('with arguments undefined in the answer, nothing is changed', async () => {
    const { run } = begin({ ask: () => ({ ...yes, arguments: undefined }) })
    expect(await run.toolCall({ tool_name: 't', arguments: { to: 'x' } }, (args) => args)).toEqual({ to: 'x' })
    const record = await run.end()
    expect(record.approvals?.[1]?.modified_action_hash).toBeUndefined()
    expectSound(run, record)
  })
})
