import { stepLeaf } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { convert, stepsOf, type TranscriptBuilder, transcript } from './transcript-builder.ts'

const agent = (agentId: string, prompt: string, firstUuid = 100): TranscriptBuilder =>
  transcript({ isSidechain: true, agentId }, firstUuid)
    .prompt(prompt)
    .use(`${agentId}-1`, `${agentId}-t1`, 'Grep', { pattern: 'x' })
    .result(`${agentId}-t1`, 'found')
    .say(`${agentId}-2`, 'Found one.', null)

const fileOf = (agentId: string, source: TranscriptBuilder): { name: string; content: string } => ({
  name: `session/subagents/agent-${agentId}.jsonl`,
  content: source.text(),
})

const parent = (prompt: string, result: Record<string, unknown>): TranscriptBuilder =>
  transcript()
    .prompt('Go')
    .use('m1', 't1', 'Task', { description: 'look', prompt, subagent_type: 'Explore' })
    .result('t1', [{ type: 'text', text: 'Found one.' }], { toolUseResult: { status: 'completed', ...result } })
    .say('m2', 'Done.')

describe('a sub-agent with a transcript of its own', () => {
  it('is a child run that both records bind', async () => {
    const { runs, report } = await convert(
      parent('Look for x', { agentId: 'a1' }),
      fileOf('a1', agent('a1', 'Look for x')),
    )
    const [run, child] = runs
    expect(runs).toHaveLength(2)
    const handoff = stepsOf(run!, 'handoff')[0]!
    expect(handoff).toMatchObject({
      status: 'succeeded',
      child_run_id: child?.id,
      delegation_id: 't1',
      tool_call_id: 't1',
      agent_id: 'Explore',
      ended_at: '2026-11-20T14:00:02.000Z',
    })
    expect(stepsOf(run!, 'handoff_result')[0]).toMatchObject({
      child_run_id: child?.id,
      delegation_id: 't1',
      caused_by: ['t1'],
      output_preview: 'Found one.',
    })
    expect(stepsOf(run!, 'tool_call')).toEqual([])
    expect(child).toMatchObject({
      agent_id: 'Explore',
      status: 'completed',
      trigger: 'agent',
      parent_run_id: run?.id,
      turn_id: run?.turn_id,
      input_preview: 'Look for x',
      provenance: {
        parents: [{ run_id: run?.id, delegation_id: 't1', handoff_leaf: stepLeaf(handoff) }],
        parent_run_hash: run?.provenance.run_hash,
        lineage: [run?.provenance.run_hash],
      },
    })
    expect(run?.cost.output_tokens).toBe(40)
    expect(child?.cost.output_tokens).toBe(40)
    expect(report.totals.sub_agents).toBe(1)
  })

  it.each([
    [
      'by its description',
      {},
      'other words',
      { name: 'session/subagents/agent-a1.meta.json', content: '{"agentType":"Explore",\n "toolUseId":"t1"}\n' },
    ],
    ['by the prompt', {}, 'Look for x', undefined],
    ['by being the only one left', {}, 'other words', undefined],
  ])('is found %s', async (_way, result, prompt, meta) => {
    const { runs, report } = await convert(
      parent('Look for x', result),
      fileOf('a1', agent('a1', prompt)),
      ...(meta ? [meta] : []),
    )
    expect(runs[1]?.parent_run_id).toBe(runs[0]?.id)
    expect(report.findings).toEqual([])
    for (const { lines } of report.files) expect(lines.mapped + lines.skipped + lines.malformed).toBe(lines.read)
  })

  it('is not guessed among several', async () => {
    const main = transcript()
      .prompt('Go')
      .use('m1', 't1', 'Task', { prompt: 'one' })
      .use('m1', 't2', 'Task', { prompt: 'two' })
    const { runs, report } = await convert(
      main,
      fileOf('a1', agent('a1', 'three')),
      fileOf('a2', agent('a2', 'four', 200)),
    )
    expect(runs.map(({ parent_run_id }) => parent_run_id)).toEqual([undefined, undefined, undefined])
    expect(runs[1]).not.toHaveProperty('trigger')
    expect(report.findings.map(({ code, path }) => [code, path])).toEqual([
      ['convert.unlinked_subagent', '/files/1'],
      ['convert.unlinked_subagent', '/files/2'],
    ])
  })

  it('is counted once where the parent copies its messages', async () => {
    const own = agent('a1', 'Look for x')
    const main = transcript()
      .prompt('Go')
      .use('m1', 't1', 'Task', { prompt: 'Look for x', subagent_type: 'Explore' })
      .add('progress', {
        data: { type: 'agent_progress', agentId: 'a1', message: own.lines[1] },
        parentToolUseID: 't1',
      })
      .result('t1', 'Found', { toolUseResult: { status: 'completed', agentId: 'a1' } })
    const { runs, report } = await convert(main, fileOf('a1', own))
    expect(stepsOf(runs[0]!, 'tool_call')).toEqual([])
    expect(report.files[0]?.skipped).toEqual([
      { reason: 'copy of what the transcript of the sub-agent says', lines: 1 },
    ])
  })

  it('that was called again answers one delegation after the other', async () => {
    const main = transcript()
      .prompt('Go')
      .use('m1', 't1', 'Agent', { prompt: 'one' })
      .result('t1', 'first', { toolUseResult: { status: 'completed', agentId: 'a1' } })
      .use('m2', 't2', 'Agent', { prompt: 'two', resume: 'a1' })
      .result('t2', 'second', { toolUseResult: { status: 'completed', agentId: 'a1' } })
    const own = transcript({ isSidechain: true, agentId: 'a1' }, 100)
      .prompt('one')
      .say('x1', 'first', null)
      .prompt('two')
      .say('x2', 'second', null)
    const { runs } = await convert(main, fileOf('a1', own))
    expect(runs.map(({ input_preview, parent_run_id }) => [input_preview, parent_run_id])).toEqual([
      ['Go', undefined],
      ['one', runs[0]?.id],
      ['two', runs[0]?.id],
    ])
    expect(runs[2]?.related).toEqual([{ relation: 'continues', run_id: runs[1]?.id }])
    expect(stepsOf(runs[0]!, 'handoff').map(({ child_run_id }) => child_run_id)).toEqual([runs[1]?.id, runs[2]?.id])
  })

  it('may have sub-agents of its own', async () => {
    const outer = transcript({ isSidechain: true, agentId: 'a1' }, 100)
      .prompt('outer')
      .use('x1', 'n1', 'Task', { prompt: 'inner' })
      .result('n1', 'ok', { toolUseResult: { status: 'completed', agentId: 'a2' } })
      .say('x2', 'ok', null)
    const { runs } = await convert(
      parent('outer', { agentId: 'a1' }),
      fileOf('a1', outer),
      fileOf('a2', agent('a2', 'inner', 200)),
    )
    expect(runs.map(({ parent_run_id }) => parent_run_id)).toEqual([undefined, runs[0]?.id, runs[1]?.id])
    expect(runs[2]?.turn_id).toBe(runs[0]?.id)
    expect(runs[2]?.provenance.lineage).toEqual([runs[0]?.provenance.run_hash, runs[1]?.provenance.run_hash])
  })

  it('goes on in the background without a result in this run', async () => {
    const main = transcript()
      .prompt('Go')
      .use('m1', 't1', 'Task', { prompt: 'Look for x' })
      .result('t1', 'Async agent launched', {
        toolUseResult: { isAsync: true, status: 'async_launched', agentId: 'a1' },
      })
      .say('m2', 'Started.')
    const { runs } = await convert(main, fileOf('a1', agent('a1', 'Look for x')))
    expect(stepsOf(runs[0]!, 'handoff')[0]).toMatchObject({ status: 'succeeded', child_run_id: runs[1]?.id })
    expect(stepsOf(runs[0]!, 'handoff_result')).toEqual([])
    expect(runs[1]?.status).toBe('unknown')
  })
})

describe('a sub-agent without a transcript of its own', () => {
  it('known from progress lines becomes contained steps, whose usage is not counted here', async () => {
    const own = agent('a1', 'Look for x')
    const main = transcript().prompt('Go').use('m1', 't1', 'Task', { prompt: 'Look for x', subagent_type: 'Explore' })
    for (const line of own.lines)
      main.add('progress', { data: { type: 'agent_progress', agentId: 'a1', message: line }, parentToolUseID: 't1' })
    const { runs } = await convert(
      main.result('t1', 'Found', { toolUseResult: { status: 'completed', agentId: 'a1' } }).say('m2', 'Done.'),
    )
    expect(runs).toHaveLength(1)
    const contained = runs[0]!.steps.filter(({ parent_step_id }) => parent_step_id === 't1')
    expect(contained.map(({ type, agent_id }) => [type, agent_id])).toEqual([
      ['model_call', 'Explore'],
      ['tool_call', 'Explore'],
      ['model_call', 'Explore'],
      ['message', 'Explore'],
    ])
    expect(contained[0]?.cost).toEqual({ input_tokens: null, output_tokens: null, basis: 'unknown' })
    expect(runs[0]?.cost.output_tokens).toBe(40)
  })

  it('written into the same file by the oldest versions is contained, with its usage', async () => {
    const inline = transcript({ isSidechain: true }, 100).prompt('Look for x').say('i1', 'Found.', null)
    const main = parent('Look for x', {})
    const lines = [...main.lines.slice(0, 2), ...inline.lines, ...main.lines.slice(2)]
    const { runs } = await convert({ name: 'old.jsonl', content: lines.map((line) => `${JSON.stringify(line)}\n`) })
    expect(runs).toHaveLength(1)
    expect(runs[0]?.steps.filter(({ parent_step_id }) => parent_step_id === 't1').map(({ type }) => type)).toEqual([
      'model_call',
      'message',
    ])
    expect(runs[0]?.cost.output_tokens).toBe(60)
  })

  it('keeps both steps of the delegation', async () => {
    const { runs } = await convert(parent('Look for x', {}))
    expect(stepsOf(runs[0]!, 'handoff')[0]).toMatchObject({ delegation_id: 't1', agent_id: 'Explore' })
    expect(stepsOf(runs[0]!, 'handoff')[0]).not.toHaveProperty('child_run_id')
    expect(stepsOf(runs[0]!, 'handoff_result')).toHaveLength(1)
  })

  it('that never started is a failed hand-over', async () => {
    const { runs } = await convert(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Task', { prompt: 'x', subagent_type: 'nope' })
        .result('t1', "Error: Agent type 'nope' not found", {}, { is_error: true }),
    )
    expect(stepsOf(runs[0]!, 'handoff')[0]).toMatchObject({ status: 'failed', error_type: 'not_found' })
    expect(stepsOf(runs[0]!, 'handoff_result')).toEqual([])
  })

  it('that was refused is a refused hand-over', async () => {
    const { runs } = await convert(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Task', { prompt: 'x' })
        .result('t1', "The user doesn't want to proceed with this tool use.", {}, { is_error: true }),
    )
    expect(stepsOf(runs[0]!, 'handoff')[0]).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
  })

  it('alone is a run without parent', async () => {
    const { runs, report } = await convert(fileOf('a1', agent('a1', 'Warmup')))
    expect(runs[0]).toMatchObject({ agent_id: 'unknown', status: 'unknown' })
    expect(report.files[0]?.role).toBe('subagent')
    expect(report.findings.map(({ code }) => code)).toEqual(['convert.unlinked_subagent'])
  })
})

describe('copied history', () => {
  const original = (): TranscriptBuilder =>
    transcript().prompt('One').say('m1', 'First.').prompt('Two').say('m2', 'Second.')

  it('of a fork is converted once, whatever the order', async () => {
    const copied = original()
    const fork = transcript({ sessionId: 'fork' }, 50).prompt('Three').say('m3', 'Third.')
    const content = [...copied.lines.map((line) => ({ ...line, sessionId: 'fork' })), ...fork.lines]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('')
    const forked = { name: 'fork.jsonl', content }
    const { runs, report } = await convert(original(), forked)
    expect(runs.map(({ input_preview }) => input_preview)).toEqual(['One', 'Two', 'Three'])
    expect(report.files[1]?.skipped).toEqual([{ reason: 'history copied from another transcript', lines: 4 }])
    expect(report.totals.output_tokens).toBe(60)
    const alone = await convert(forked)
    expect(alone.runs.map(({ id }) => id)).toEqual(runs.map(({ id }) => id))
  })

  it('cut in the middle of a turn gives way to the whole turn', async () => {
    const whole = original()
    const cut = whole.lines.slice(0, 3).map((line) => ({ ...line, sessionId: 'fork' }))
    const { runs } = await convert(
      { name: 'fork.jsonl', content: cut.map((line) => `${JSON.stringify(line)}\n`).join('') },
      original(),
    )
    expect(runs.find(({ input_preview }) => input_preview === 'Two')).toMatchObject({
      output_preview: 'Second.',
      session_id: '11111111-2222-4333-8444-555555555555',
    })
  })
  it('is not seen where two sessions only share the id of an answer', async () => {
    const other = transcript({ sessionId: 'other' }, 50).prompt('Another thing').say('m1', 'Other.')
    for (const files of [
      [original(), other],
      [other, original()],
    ]) {
      const { report } = await convert(...files)
      expect(report.totals.output_tokens).toBe(60)
    }
  })
})
