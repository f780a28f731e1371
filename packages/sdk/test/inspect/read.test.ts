import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { inspectAdapter } from '../../src/adapters/inspect/index.ts'
import { call, log, model, quiet, sample } from './examples.ts'

const convert = async (...samples: readonly object[]) =>
  (await inspectAdapter.convert([{ name: 'x.json', content: JSON.stringify(log(...samples)) }])).runs

const stepOf = (run: AgentRun | undefined, id: string) => run?.steps.find((step) => step.id === id)

describe('a sample', () => {
  it('is a run of the task, with what it was given', async () => {
    const [run] = await convert(sample)
    expect(run).toMatchObject({
      id: 'sample-uuid',
      session_id: 'eval-1',
      job_id: 'run-1',
      task_id: 'files',
      turn_id: 'sample-uuid~turn-1',
      agent_id: 'react',
      runtime: 'inspect_ai',
      runtime_version: '0.3.95',
      model: 'anthropic/claude-x',
      provider: 'anthropic',
      model_config: { temperature: 0.2, max_tokens: 100 },
      sandbox: { kind: 'container' },
      permissions: { approval_mode: 'human', limits: { max_tokens: 5000, max_duration_ms: 60_000 } },
      git_commit: 'abc123',
      tools_available: ['bash'],
      input_preview: 'List the files, please.',
      output_preview: 'All done.',
      status: 'completed',
      metadata: { inspect: { sample_id: 'task-1', epoch: 2 } },
    })
    expect(JSON.stringify(run)).not.toContain('user:secret')
  })

  it('counts usage once: cached tokens that stand beside the input are added, a scorer is no cost of the run', async () => {
    const [run] = await convert(sample)
    expect(stepOf(run, 'm1')).toMatchObject({
      type: 'model_call',
      model: 'claude-x-1',
      cost: { input_tokens: 110, cache_read_tokens: 100, output_tokens: 5, total_tokens: 115 },
      metadata: { inspect: { retries: 2 } },
    })
    expect(run?.cost).toMatchObject({ input_tokens: 440, output_tokens: 20, basis: 'reported' })
    expect(run?.eval?.cost).toMatchObject({ input_tokens: 110, output_tokens: 5 })
    expect(run?.steps.some(({ output_preview }) => output_preview === 'Grade: C')).toBe(false)
  })

  it('keeps apart who decided: a person approves or refuses, any other approver is a policy', async () => {
    const [run] = await convert(sample)
    expect(
      run?.approvals?.map(({ event, step_id, actor, stops_run, basis }) => [
        event,
        step_id,
        actor?.kind,
        stops_run,
        basis,
      ]),
    ).toEqual([
      ['approved', 'c1', 'human', undefined, 'observed'],
      ['denied', 'c2', 'human', undefined, 'observed'],
      ['denied', 'c4', 'human', true, 'observed'],
    ])
    expect(run?.policy_decisions).toMatchObject([
      {
        step_id: 'c3',
        verdict: 'allow',
        enforcement: 'executed',
        decider: { kind: 'policy', id: 'auto' },
        basis: 'observed',
      },
    ])
    expect(stepOf(run, 'c1')?.approval).toMatchObject({ state: 'approved', basis: 'observed' })
    expect(stepOf(run, 'c2')).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
    expect(stepOf(run, 'c4')).toMatchObject({ status: 'denied', tool_name: 'bash' })
    expect(stepOf(run, 'c3')).toMatchObject({ status: 'timeout', error_type: 'timeout' })
  })

  it('what the sandbox was seen to do is an observed effect of the call', async () => {
    const [run] = await convert(sample)
    expect(stepOf(run, 'c1')?.side_effects).toEqual(
      expect.arrayContaining([
        { kind: 'exec', target_kind: 'command', target: 'ls', basis: 'observed' },
        { kind: 'write', target_kind: 'file', target: '/tmp/x', reversible: 'unknown', basis: 'observed' },
      ]),
    )
    expect(run?.steps.find(({ tool_name }) => tool_name === 'sandbox')).toMatchObject({
      type: 'other',
      side_effects: [{ kind: 'read', target: '/tmp/y', basis: 'observed' }],
    })
  })

  it('work that was handed over, and subtasks, hold what happens inside', async () => {
    const [run] = await convert(sample)
    expect(stepOf(run, 'h1')).toMatchObject({ type: 'handoff', agent_id: 'helper' })
    expect(run?.steps.find(({ output_preview }) => output_preview === 'I help.')).toMatchObject({
      parent_step_id: 'h1',
      agent_id: 'helper',
    })
    const subtask = run?.steps.find(({ tool_name }) => tool_name === 'search')
    expect(run?.steps.filter(({ parent_step_id }) => parent_step_id === subtask?.id)).toHaveLength(2)
  })

  it('scores are evidence; they are an eval only where each says whether it passed', async () => {
    const [run, other] = await convert(sample, quiet)
    expect(run?.eval).toMatchObject({
      pass: true,
      score: 100,
      expected_outcome: 'done',
      actual_outcome: 'done',
      criteria: [
        { name: 'judged', pass: true, score: 100 },
        { name: 'exact', pass: true, score: 100 },
      ],
      run_id: 'sample-uuid',
      evaluator: 'inspect_ai: judged, exact',
    })
    expect(run?.eval).not.toHaveProperty('signature')
    expect(other?.eval).toBeUndefined()
    expect(other?.evidence).toEqual([
      { kind: 'eval', name: 'quality', result: 'unknown', metadata: { inspect: { value: '0.5' } } },
    ])
  })

  it.each([
    ['C', true, 100],
    ['I', false, 0],
    ['P', false, 50],
    ['N', false, 0],
    [1, true, 100],
    [0, false, 0],
  ])('a score of %s passes: %s', async (value, pass, score) => {
    const [run] = await convert({ ...sample, scores: { s: { value } } })
    expect(run?.eval).toMatchObject({ pass, score })
  })

  it.each([[0.7], [7], [-1], ['great'], [{ a: 1 }], [null], [[1, 0]]])('a score of %j is no verdict', async (value) => {
    const [run] = await convert({ ...sample, scores: { s: { value } } })
    expect(run?.eval).toBeUndefined()
    expect(run?.evidence).toHaveLength(1)
  })

  it.each([
    [{ error: { message: 'boom', traceback: '' } }, 'failed', 'internal'],
    [{ limit: { type: 'time', limit: 60 } }, 'timeout', 'timeout'],
    [{ limit: { type: 'operator', limit: 1 } }, 'cancelled', 'cancelled'],
    [{ limit: { type: 'token', limit: 5000 } }, 'failed', 'budget_exceeded'],
  ])('%j ends it as %s', async (more, status, errorType) => {
    const [run] = await convert({ ...sample, ...more })
    expect(run).toMatchObject({ status, error_type: errorType })
  })

  it('without events it has words, calls and sums, but no times; several turns stand on the steps', async () => {
    const [run] = await convert(quiet)
    expect(run).toMatchObject({
      id: 'run-1~task-id-1~2~1',
      started_at: null,
      status: 'completed',
      source: { times: 'absent' },
      cost: { input_tokens: 50, output_tokens: 9, model: 'openai/x' },
    })
    expect(stepOf(run, 't1')).toMatchObject({ type: 'tool_call', status: 'succeeded', output_preview: 'seen' })
    expect(new Set(run?.steps.map(({ turn_id }) => turn_id))).toEqual(
      new Set([undefined, 'run-1~task-id-1~2~1~turn-1', 'run-1~task-id-1~2~1~turn-2']),
    )
  })

  it('counts cached tokens within the input where the total says so', async () => {
    const usage = { input_tokens: 110, output_tokens: 5, total_tokens: 115, input_tokens_cache_read: 100 }
    const [run] = await convert({
      ...sample,
      events: [model(0, { content: 'x' }, { output: { model: 'm', choices: [], usage } })],
    })
    expect(run?.cost).toMatchObject({ input_tokens: 110, cache_read_tokens: 100 })
  })

  it('a call that is still going on is open', async () => {
    const [run] = await convert({
      ...sample,
      scores: undefined,
      output: undefined,
      events: [call(1, 'c9', { pending: true })],
    })
    expect(run).toMatchObject({ status: 'unknown', steps: [{ id: 'c9', status: 'unknown', ended_at: null }] })
  })
})
