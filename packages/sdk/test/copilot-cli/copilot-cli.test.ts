import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { copilotCliAdapter } from '../../src/adapters/copilot-cli/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import {
  answer,
  ask,
  begin,
  convert,
  done,
  type Event,
  examples,
  log,
  prompt,
  richLog,
  start,
  wants,
} from './log-builder.ts'

const one = async (...events: readonly Event[]) => (await convert(log(start, ...events))).runs[0]!

describe('Copilot CLI event logs', () => {
  it('a session: runs, calls, effects, artifacts', async () => {
    const { runs, report } = await convert(richLog())
    for (const run of runs) expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
    expect(runs.map(({ input_preview, status, trigger }) => [input_preview, status, trigger])).toEqual([
      ['Sort the books', 'completed', 'manual'],
      ['Burn them', 'cancelled', 'manual'],
      [undefined, 'unknown', undefined],
    ])
    expect(runs[0]).toMatchObject({
      id: 'sess.e2',
      agent_id: 'copilot-cli',
      runtime_version: '1.0.77',
      session_id: 'sess',
      model: 'gpt-5-mini',
      git_commit: '4c1e9f20',
      output_preview: 'Sorted.',
      artifacts: [{ name: 'a.txt', action: 'created', content: { size: 1 } }],
    })
    expect(report.totals).toMatchObject({ tool_calls: 7, denials: 1 })
  })

  it('what a sub-agent did stands inside the hand-over', async () => {
    const run = (await convert(richLog())).runs[0]!
    const handoff = run.steps.find(({ type }) => type === 'handoff')
    expect(handoff).toMatchObject({ id: 'c4', agent_id: 'explore', status: 'succeeded' })
    expect(
      run.steps.filter(({ parent_step_id }) => parent_step_id === 'c4').map(({ type, agent_id }) => [type, agent_id]),
    ).toEqual([
      ['model_call', 'explore'],
      ['message', 'explore'],
      ['tool_call', 'explore'],
    ])
    expect(run.steps.find(({ type }) => type === 'handoff_result')).toMatchObject({
      delegation_id: handoff?.delegation_id,
      output_preview: 'There are 12.',
    })
  })

  it.each([
    ['approved', 'approved', 'unknown', undefined],
    ['approved-for-session', 'approved', 'human', 'session'],
    ['approved-for-location', 'approved', 'human', 'always'],
    ['denied-interactively-by-user', 'denied', 'human', undefined],
    ['cancelled', 'cancelled', 'unknown', undefined],
  ])('a permission that is %s', async (kind, event, actor, scope) => {
    const run = await one(
      prompt('Go'),
      wants('c', 'bash', { command: 'ls' }),
      ['permission.requested', { requestId: 'p', permissionRequest: { toolCallId: 'c' } }],
      ['permission.completed', { requestId: 'p', result: { kind } }],
      done('c', 'ok', { success: event === 'approved' }),
    )
    expect(run.approvals).toMatchObject([
      { approval_id: 'p', event: 'requested', basis: 'observed' },
      {
        approval_id: 'p',
        event,
        actor: { kind: actor },
        basis: 'observed',
        ...(scope ? { grant: { scope, tool_name: 'bash' } } : {}),
      },
    ])
    expect(run.steps.find(({ id }) => id === 'c')?.approval).toMatchObject({ state: event, approval_id: 'p' })
  })

  it.each([
    ['denied-by-rules', 'rule', 'rule'],
    ['denied-by-permission-request-hook', 'hook', 'rule'],
    ['denied-by-content-exclusion-policy', 'policy', 'rule'],
    ['denied-no-approval-rule-and-could-not-request-from-user', 'rule', 'default'],
  ])('a permission that is %s was decided by a machine', async (kind, decider, matched) => {
    const run = await one(
      prompt('Go'),
      wants('c', 'bash', { command: 'ls' }),
      ['permission.requested', { requestId: 'p', permissionRequest: { toolCallId: 'c' } }],
      ['permission.completed', { requestId: 'p', toolCallId: 'c', result: { kind } }],
    )
    expect(run.approvals).toBeUndefined()
    expect(run.policy_decisions).toMatchObject([
      { verdict: 'block', enforcement: 'blocked', decider: { kind: decider }, matched, basis: 'observed' },
    ])
  })

  it('an older log tells a refusal by the words of the result', async () => {
    const run = await one(
      prompt('Go'),
      wants('c', 'bash', { command: 'ls' }),
      done('c', 'The user rejected this tool call. User feedback: not now', { success: false }),
    )
    expect(run.approvals).toMatchObject([
      { event: 'denied', actor: { kind: 'human' }, reason: 'not now', basis: 'inferred' },
    ])
  })

  it.each([
    ['<exited with exit code 2>', 'failed', 2],
    ['<shellId: 2 completed with exit code 0>', 'succeeded', 0],
    ['done', 'succeeded', undefined],
  ])('a command that ends with %s', async (tail, status, code) => {
    const run = await one(
      prompt('Go'),
      wants('c', 'bash', { command: 'x' }),
      begin('c', 'bash', { command: 'x' }),
      done('c', `out\n${tail}`),
    )
    expect(run.steps.find(({ id }) => id === 'c')).toMatchObject({
      status,
      ...(code === undefined ? {} : { exit_code: code }),
    })
  })

  it('chunks of an answer are one model call, counted once', async () => {
    const run = await one(
      prompt('Go'),
      ask,
      answer('One', { apiCallId: 'a', outputTokens: 7, chunkIndex: 0 }),
      answer('Two', { apiCallId: 'a', outputTokens: 7, chunkIndex: 1 }),
    )
    expect(run.steps.filter(({ type }) => type === 'model_call')).toHaveLength(1)
    expect(run.cost).toMatchObject({ input_tokens: null, output_tokens: 7 })
  })

  it('an error that nothing followed is a failure', async () => {
    expect(await one(prompt('Go'), ['session.error', { message: 'no credit' }])).toMatchObject({
      status: 'failed',
      error: 'no credit',
    })
  })

  it('is recognised by its content, and nothing else is', () => {
    const recognises = (text: string): boolean =>
      copilotCliAdapter.recognises(readHead('x', new TextEncoder().encode(text)))
    expect(recognises(richLog())).toBe(true)
    expect(recognises('{"type":"user.message","id":"sevt_1","content":[]}\n')).toBe(false)
    expect(recognises('{"type":"user","message":{}}\n')).toBe(false)
  })

  isDeterministic(copilotCliAdapter, examples)
  standsHostileShapes(copilotCliAdapter, examples, 200)
  keepsSecretsOut(
    copilotCliAdapter,
    examples,
    /^(?:type|id|timestamp|parentId|toolCallId|requestId|apiCallId|parentToolCallId|sessionId|kind|delivery)$/,
  )
})
