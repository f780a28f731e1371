import { describe, expect, it } from 'vitest'
import { createRecorder, type Recorder, type RunEnd, type RunStart } from '../../src/index.ts'
import { setUp, signer } from './setup.ts'

interface Slip {
  readonly start?: Partial<RunStart>
  readonly work?: (run: Recorder) => unknown
  readonly end?: RunEnd
}

/** What a caller gets wrong without a type checker, or in spite of one. */
const slips: Record<string, Slip> = {
  'words without a role': { work: (run) => run.note('message', { input: 'hi' }) },
  'an error without an error': { work: (run) => run.note('error') },
  'a call without a name': { work: (run) => run.toolCall({} as never, () => 1) },
  'no call at all': { work: (run) => run.toolCall(undefined as never, () => 1) },
  'a call begun without a name': { work: (run) => run.startStep('tool_call').end() },
  'a result without its call': { work: (run) => run.note('tool_result', { output: 'x' }) },
  'a handoff to nobody': { work: (run) => run.note('handoff') },
  'an end that is none': {
    work: (run) => run.startStep('tool_call', { tool_name: 't' }).end({ status: 'running' }),
  },
  'one call as call and result': {
    work: async (run) => {
      await run.toolCall({ tool_name: 't', tool_call_id: 'c-1' }, () => 1)
      run.note('tool_result', { tool_call_id: 'c-1' })
    },
  },
  'attempts that do not count up': {
    work: async (run) => {
      await run.toolCall({ tool_name: 't', tool_call_id: 'c-1', attempt: 1 }, () => 1)
      await run.toolCall({ tool_name: 't', tool_call_id: 'c-1', attempt: 1 }, () => 1)
    },
  },
  'another definition than the inventory has': {
    start: { tools: [{ name: 't' }] },
    work: (run) => run.toolCall({ tool_name: 't', tool_hash: `sha256:${'0'.repeat(64)}` }, () => 1),
  },
  'an approval that there is not': {
    work: async (run) => {
      run.approval({ approval_id: 'ap-1', event: 'approved', at: '2026-01-01T00:00:00Z' })
      const approval = { state: 'denied' as const, approval_id: 'ap-1' }
      await run.startStep('tool_call', { tool_name: 't', approval }).end()
    },
  },
  'an approval both given and refused': {
    work: (run) => {
      for (const event of ['approved', 'denied'] as const)
        run.approval({ approval_id: 'ap-1', event, at: '2026-01-01T00:00:00Z' })
    },
  },
  'an answer before its request': {
    work: (run) => {
      run.approval({ approval_id: 'ap-1', event: 'approved', at: '2026-01-01T00:00:00Z' })
      run.approval({ approval_id: 'ap-1', event: 'requested', at: '2026-01-02T00:00:00Z' })
    },
  },
  'an approval at an impossible time': {
    work: (run) => run.approval({ approval_id: 'ap-1', event: 'approved', at: '2026-02-30T00:00:00Z' }),
  },
  'a decision at an impossible time': {
    work: (run) => run.decision({ verdict: 'allow', at: '2026-02-30T00:00:00Z' }),
  },
  'two decisions of one id': {
    work: (run) => {
      for (const verdict of ['allow', 'warn'] as const) run.decision({ id: 'rule-1', verdict })
    },
  },
  'a block of a step that ran': {
    work: (run) => run.decision({ verdict: 'block', boundary: 'tool_call', enforcement: 'blocked', step_id: 's-1' }),
  },
  'a step that ran in spite of a block': {
    work: (run) => {
      const step = run.startStep('tool_call', { tool_name: 't' })
      run.decision({ verdict: 'block', boundary: 'tool_call', enforcement: 'blocked', step_id: step.id })
      return step.end()
    },
  },
  'a total that is none': {
    work: (run) => run.modelCall({ cost: { input_tokens: 1, output_tokens: 1, total_tokens: 5 } }, () => 1),
  },
  'more read from the cache than was read': {
    work: (run) => run.modelCall({ cost: { input_tokens: 1, output_tokens: 1, cache_read_tokens: 5 } }, () => 1),
  },
  'half of an amount': {
    work: (run) => run.modelCall({ cost: { input_tokens: 1, output_tokens: 1, amount: 5 } }, () => 1),
  },
  'a cost below that of the steps': {
    work: (run) => run.modelCall({}, () => ({ usage: { input_tokens: 9, output_tokens: 1 } })),
    end: { cost: { input_tokens: 0, output_tokens: 0 } },
  },
  'a run that is its own parent': {
    start: { id: 'me', related: [{ relation: 'retry_of', run_id: 'me' }] },
  },
  'a checkpoint at an impossible time': {
    work: (run) => run.checkpoint({ when: 'before', kind: 'snapshot', at: '2026-13-01T00:00:00Z' }),
  },
}

describe('a slip of the caller costs a member, never the seal', () => {
  it.each(Object.keys(slips))('%s', async (name) => {
    const { start, work, end } = slips[name] ?? {}
    const { options: whole, faults } = setUp({ signer: signer() })
    const run = createRecorder({ agent_id: 'a', ...start }, whole)
    await run.toolCall({ tool_name: 'good', arguments: {} }, () => 1)
    await work?.(run)
    const record = await run.end(end)
    expect(record.provenance.record_hash).toMatch(/^sha256:/)
    expect(record.steps[0]).toMatchObject({ tool_name: 'good', status: 'succeeded' })
    expect(faults.length).toBeGreaterThan(0)
    expect(record.provenance.metadata?.recorder_faults).toEqual(Object.fromEntries(run.faults))
  })

  it('keeps what is right beside what is wrong', async () => {
    const { options } = setUp({ signer: signer() })
    const run = createRecorder({ agent_id: 'a', inventory: { tools: [{ name: 'a' }, { name: 'a' }] } }, options)
    run.note('message', { input: 'hi' })
    await run.modelCall({ cost: { input_tokens: 4, output_tokens: 1, total_tokens: 9 } }, () => 1)
    run.decision({ id: 'rule-1', verdict: 'allow' })
    run.decision({ id: 'rule-1', verdict: 'warn' })
    const record = await run.end({ cost: { input_tokens: 1, output_tokens: 1 } })
    expect(record.inventory?.tools?.length).toBe(1)
    expect(record.steps).toMatchObject([{ type: 'other', input_preview: 'hi' }, { cost: { input_tokens: 4 } }])
    expect(record.policy_decisions).toMatchObject([{ id: 'rule-1' }, { id: 'pd-1', verdict: 'warn' }])
    expect(record.cost.input_tokens).toBe(4)
  })

  it('a no that comes after a yes takes it back', async () => {
    const { options } = setUp({ signer: signer() })
    const run = createRecorder({ agent_id: 'a' }, options)
    for (const event of ['approved', 'denied'] as const)
      run.approval({ approval_id: 'ap-1', event, at: '2026-01-01T00:00:00Z' })
    expect((await run.end()).approvals?.map(({ event }) => event)).toEqual(['approved', 'revoked'])
  })
})
