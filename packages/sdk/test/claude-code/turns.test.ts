import { describe, expect, it } from 'vitest'
import { convert, convertOne, stepsOf, transcript } from './transcript-builder.ts'

describe('turns', () => {
  it('makes one run of each user turn, with the prompt as input and the last words as output', async () => {
    const { runs } = await convert(
      transcript()
        .prompt('First', { permissionMode: 'acceptEdits' })
        .say('m1', 'Done first.')
        .prompt('Second')
        .say('m2', 'Done second.'),
    )
    expect(runs.map((run) => [run.input_preview, run.output_preview, run.status, run.trigger])).toEqual([
      ['First', 'Done first.', 'completed', 'manual'],
      ['Second', 'Done second.', 'completed', 'manual'],
    ])
    expect(runs[0]).toMatchObject({
      id: '00000000-0000-4000-8000-000000000001',
      turn_id: '00000000-0000-4000-8000-000000000001',
      session_id: '11111111-2222-4333-8444-555555555555',
      agent_id: 'claude-code',
      agent_version: '2.1.40',
      runtime: 'claude-code',
      model: 'claude-sonnet-4-5',
      provider: 'anthropic',
      git_branch: 'main',
      scope: { root: '/home/ada/shop' },
      permissions: { approval_mode: 'acceptEdits' },
      source: {
        format: 'claude-code',
        format_version: '2.1.40',
        range: { unit: 'lines', first: 1, last: 2 },
        times: 'mixed',
      },
    })
    expect(runs[0]?.provenance).not.toHaveProperty('created_at')
  })

  it('leaves the last turn unknown where nothing says that it ended', async () => {
    const run = await convertOne(transcript().prompt('Go').say('m1', 'I will look.', null))
    expect(run).toMatchObject({ status: 'unknown', ended_at: null })
    expect(run).not.toHaveProperty('output_preview')
  })

  it.each([
    ['a stop reason', transcript().prompt('Go').say('m1', 'Done.', 'end_turn')],
    [
      'a marker of the client',
      transcript().prompt('Go').say('m1', 'Done.', null).add('system', { subtype: 'turn_duration', durationMs: 1 }),
    ],
    [
      'a command of the user afterwards',
      transcript().prompt('Go').say('m1', 'Done.', null).prompt('<command-name>/exit</command-name>'),
    ],
  ])('completes a turn by %s', async (_sign, source) => {
    const run = await convertOne(source)
    expect(run.status).toBe('completed')
    expect(run.output_preview).toBe('Done.')
  })

  it('is cancelled where the user interrupted, and interrupted where the next prompt came before an answer', async () => {
    const { runs } = await convert(
      transcript()
        .prompt('One')
        .say('m1', 'Working', null)
        .prompt([{ type: 'text', text: '[Request interrupted by user]' }])
        .prompt('Two')
        .use('m2', 't1', 'Read', { file_path: '/home/ada/shop/a' })
        .prompt('Three')
        .say('m3', 'Three it is.'),
    )
    expect(runs.map(({ status, error_type }) => [status, error_type])).toEqual([
      ['cancelled', 'cancelled'],
      ['interrupted', 'interrupted'],
      ['completed', undefined],
    ])
    expect(stepsOf(runs[1]!, 'tool_call')[0]).toMatchObject({ status: 'interrupted', ended_at: null })
  })

  it('fails where the provider failed last, and goes on where it answered after all', async () => {
    const failed = {
      model: '<synthetic>',
      usage: { input_tokens: 0, output_tokens: 0 },
      line: { isApiErrorMessage: true, error: 'rate_limit' },
    }
    const { runs } = await convert(
      transcript()
        .prompt('One')
        .answer('e1', [{ type: 'text', text: 'API Error: limit' }], failed)
        .prompt('Two')
        .answer('e2', [{ type: 'text', text: 'API Error: limit' }], failed)
        .say('m1', 'There you go.'),
    )
    expect(runs[0]).toMatchObject({
      status: 'failed',
      error: 'API Error: limit',
      error_type: 'rate_limited',
      cost: { input_tokens: null, output_tokens: null, basis: 'unknown' },
    })
    expect(stepsOf(runs[0]!, 'error')).toHaveLength(1)
    expect(runs[1]?.status).toBe('completed')
  })

  it('makes steps of messages that reach the agent while it works', async () => {
    const queued = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Read', { file_path: '/home/ada/shop/a' })
        .result('t1', 'text')
        .add('attachment', { attachment: { type: 'queued_command', prompt: 'Mind the tests', commandMode: 'prompt' } })
        .say('m2', 'Done.'),
    )
    expect(stepsOf(queued, 'message').map(({ role, input_preview }) => [role, input_preview])).toEqual([
      ['user', 'Mind the tests'],
      ['assistant', undefined],
    ])
    const older = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Read', { file_path: '/home/ada/shop/a' })
        .prompt('Mind the tests')
        .result('t1', 'text')
        .say('m2', 'Done.'),
    )
    expect(stepsOf(older, 'message')[0]).toMatchObject({ role: 'user', input_preview: 'Mind the tests' })
  })

  it('tells turns apart by their prompt id where there is one', async () => {
    const { runs } = await convert(
      transcript()
        .prompt('Go', { promptId: 'p1' })
        .use('m1', 't1', 'Read', { file_path: '/home/ada/shop/a' })
        .result('t1', 'text', { promptId: 'p1' })
        .prompt('And this', { promptId: 'p1' })
        .prompt('Something else', { promptId: 'p2' })
        .say('m2', 'Done.'),
    )
    expect(runs.map(({ input_preview }) => input_preview)).toEqual(['Go', 'Something else'])
  })

  it('starts no turn for what the client writes under the role of the user', async () => {
    const { runs, report } = await convert(
      transcript()
        .prompt('<local-command-caveat>Caveat: The messages below …</local-command-caveat>', { isMeta: true })
        .prompt('<command-name>/model</command-name>\n<command-message>model</command-message>')
        .prompt('<local-command-stdout>Set model</local-command-stdout>')
        .prompt('<bash-input>ls</bash-input>')
        .prompt('<bash-stdout>a b</bash-stdout><bash-stderr></bash-stderr>')
        .prompt('<system-reminder>be good</system-reminder>')
        .prompt('Caveat: The messages below were generated by the user while running local commands.')
        .prompt('Go')
        .say('m1', 'Done.'),
    )
    expect(runs.map(({ input_preview }) => input_preview)).toEqual(['Go'])
    expect(report.files[0]?.lines).toEqual({ read: 9, mapped: 2, skipped: 7, malformed: 0 })
  })

  it('takes a command that the model answers as the prompt it is', async () => {
    const run = await convertOne(
      transcript()
        .prompt(
          '<command-message>fix</command-message>\n<command-name>/fix</command-name>\n<command-args>the tests</command-args>',
        )
        .prompt([{ type: 'text', text: 'Fix what is broken: the tests' }], { isMeta: true })
        .say('m1', 'Fixed.'),
    )
    expect(run.input_preview).toBe('/fix the tests')
  })

  it('makes a run of its own of work that a notification starts, in the turn of the human', async () => {
    const { runs } = await convert(
      transcript()
        .prompt('Start the server')
        .use('m1', 't1', 'Bash', { command: 'npm start', run_in_background: true })
        .result('t1', 'Command running in background with ID: b1', {
          toolUseResult: { stdout: '', interrupted: false, backgroundTaskId: 'b1' },
        })
        .say('m2', 'Started.')
        .prompt(
          '<task-notification>\n<task-id>b1</task-id>\n<tool-use-id>t1</tool-use-id>\n<status>failed</status>\n</task-notification>',
          {
            origin: { kind: 'task-notification' },
          },
        )
        .say('m3', 'It failed.'),
    )
    expect(runs[1]).toMatchObject({
      trigger: 'event',
      turn_id: runs[0]?.id,
      related: [{ relation: 'follows', run_id: runs[0]?.id }],
    })
    expect(runs[1]?.id).not.toBe(runs[0]?.id)
  })

  it('keeps the conversations of several sessions in one file apart', async () => {
    const first = transcript().prompt('One').say('m1', 'First.')
    const second = transcript({ sessionId: 'other' }, 50).prompt('Two').say('m2', 'Second.')
    const mixed = [first.lines[0], second.lines[0], first.lines[1], second.lines[1]]
    const { runs, report } = await convert({
      name: 'mixed.jsonl',
      content: mixed.map((line) => `${JSON.stringify(line)}\n`),
    })
    expect(runs.map(({ session_id, output_preview }) => [session_id, output_preview])).toEqual([
      ['11111111-2222-4333-8444-555555555555', 'First.'],
      ['other', 'Second.'],
    ])
    expect(report.files[0]?.session_ids).toHaveLength(2)
  })

  it('keeps what stands before the first prompt, as a run without input', async () => {
    const cut = transcript()
      .prompt('Go')
      .use('m1', 't1', 'Read', { file_path: '/home/ada/shop/a' })
      .result('t1', 'text')
      .say('m2', 'Done.')
    const run = await convertOne({
      name: 'cut.jsonl',
      content: cut.lines.slice(2).map((line) => `${JSON.stringify(line)}\n`),
    })
    expect(run).not.toHaveProperty('input_preview')
    expect(stepsOf(run, 'tool_result')[0]).toMatchObject({ tool_call_id: 't1', status: 'succeeded' })
  })

  it('names the state from before the prompt as a checkpoint', async () => {
    const uuid = '00000000-0000-4000-8000-000000000002'
    const run = await convertOne(
      transcript()
        .add('file-history-snapshot', {
          messageId: uuid,
          snapshot: { timestamp: '2026-11-20T14:00:00Z', trackedFileBackups: {} },
          isSnapshotUpdate: false,
        })
        .prompt('Go')
        .say('m1', 'Done.'),
    )
    expect(run.checkpoints).toEqual([
      { when: 'before', kind: 'file_history', ref: uuid, at: '2026-11-20T14:00:00.000Z' },
    ])
  })

  it('records tools and permissions where the source lists them, and a change of the permission mode', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go', { permissionMode: 'default' })
        .add('attachment', {
          attachment: { type: 'prompt_snapshot', tools: [{ name: 'Bash' }, { name: 'Read' }, { name: 'Bash' }] },
        })
        .add('attachment', { attachment: { type: 'command_permissions', allowedTools: ['Bash(npm test)'] } })
        .use('m1', 't1', 'Read', { file_path: '/home/ada/shop/a' })
        .add('permission-mode', { permissionMode: 'plan' })
        .result('t1', 'text')
        .say('m2', 'Done.'),
    )
    expect(run.tools_available).toEqual(['Bash', 'Read'])
    expect(run.permissions).toEqual({ approval_mode: 'default', granted: ['Bash(npm test)'] })
    expect(stepsOf(run, 'config_change')[0]).toMatchObject({ input_preview: 'default', output_preview: 'plan' })
  })
})

describe('compaction', () => {
  const boundary = {
    subtype: 'compact_boundary',
    logicalParentUuid: 'before',
    compactMetadata: { trigger: 'manual', preTokens: 90, postTokens: 9, durationMs: 400 },
  }

  it('between turns is a run with one compaction step', async () => {
    const { runs } = await convert(
      transcript()
        .prompt('Go')
        .say('m1', 'Done.')
        .add('system', boundary)
        .prompt('This session is being continued …', { isCompactSummary: true })
        .prompt('Next')
        .say('m2', 'Done again.'),
    )
    expect(runs.map((run) => run.steps.map(({ type }) => type))).toEqual([
      ['model_call', 'message'],
      ['compaction'],
      ['model_call', 'message'],
    ])
    expect(runs[1]).toMatchObject({ status: 'completed', trigger: 'manual', duration_ms: 400 })
    expect(runs[1]?.steps[0]).toMatchObject({
      output_preview: 'This session is being continued …',
      metadata: { trigger: 'manual', tokens_before: 90, tokens_after: 9 },
    })
  })

  it('inside a turn is a step of it', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Read', { file_path: '/home/ada/shop/a' })
        .result('t1', 'x')
        .add('system', { ...boundary, compactMetadata: { trigger: 'auto' } })
        .prompt('Summary', { isCompactSummary: true })
        .say('m2', 'Done.'),
    )
    expect(stepsOf(run, 'compaction')).toHaveLength(1)
  })

  it('owns the tokens of its own transcript', async () => {
    const main = transcript().prompt('Go').say('m1', 'Done.').add('system', boundary)
    const agent = transcript({ isSidechain: true, agentId: 'acompact-1' }, 80)
      .prompt('Your task is to create a detailed summary', { parentUuid: 'before' })
      .say('k1', 'Summary', null)
    const { runs, report } = await convert(main, {
      name: 'session/subagents/agent-acompact-1.jsonl',
      content: agent.text(),
    })
    expect(runs).toHaveLength(2)
    const call = runs[1]?.steps.find(({ type }) => type === 'model_call')
    expect(call).toMatchObject({
      parent_step_id: runs[1]?.steps.find(({ type }) => type === 'compaction')?.id,
      cost: { output_tokens: 20 },
    })
    expect(runs[1]?.cost.input_tokens).toBe(1103)
    expect(report.files.map(({ role }) => role)).toEqual(['session', 'compaction'])
  })
  it('given twice is one', async () => {
    const agent = transcript({ isSidechain: true, agentId: 'acompact-1' }, 80).prompt('Summarise').say('k1', 'Summary')
    const files = ['a', 'b'].map((name) => ({ name: `${name}/agent-acompact-1.jsonl`, content: agent.text() }))
    const { runs, report } = await convert(...files)
    expect(runs).toHaveLength(1)
    expect(report.files[1]?.skipped).toEqual([{ reason: 'history copied from another transcript', lines: 2 }])
  })
})
