import { digest } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { callOf, convert, convertOne, stepsOf, transcript } from './transcript-builder.ts'

describe('tool calls', () => {
  it('joins a call and its result to one step', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Bash', { command: 'ls', description: 'List files' })
        .result('t1', 'a\nb', { toolUseResult: { stdout: 'a\nb', stderr: '', interrupted: false } })
        .say('m2', 'Two.'),
    )
    expect(stepsOf(run, 'tool_call')).toEqual([
      {
        id: 't1',
        type: 'tool_call',
        seq: 1,
        status: 'succeeded',
        started_at: '2026-11-20T14:00:02.000Z',
        ended_at: '2026-11-20T14:00:03.000Z',
        duration_ms: 1000,
        model_call_id: 'm1',
        tool_name: 'Bash',
        tool_call_id: 't1',
        input_preview: '{"command":"ls","description":"List files"}',
        side_effects: [
          {
            kind: 'exec',
            target_kind: 'command',
            target: 'ls',
            reversible: 'unknown',
            operation: 'List files',
            basis: 'inferred',
          },
        ],
        source_ref: 'line 2, line 3',
        output_preview: 'a\nb',
        exit_code: 0,
      },
    ])
    expect(stepsOf(run, 'tool_result')).toEqual([])
  })

  it('puts parallel calls in the order in which they ended, and numbers them in the order in which they began', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Read', { file_path: '/home/ada/shop/a' })
        .use('m1', 't2', 'Read', { file_path: '/home/ada/shop/b' })
        .result('t2', 'b')
        .result('t1', 'a')
        .say('m2', 'Done.'),
    )
    expect(stepsOf(run, 'tool_call').map(({ id, seq }) => [id, seq])).toEqual([
      ['t2', 2],
      ['t1', 1],
    ])
    expect(run.steps.map(({ ended_at }) => ended_at)).toEqual(run.steps.map(({ ended_at }) => ended_at).sort())
  })

  it.each([
    ['a string', 'text', {}, 'text'],
    ['blocks', [{ type: 'text', text: 'one' }, { type: 'image' }, { type: 'text', text: 'two' }], {}, 'one\ntwo'],
    ['an object', { type: 'text', text: 'inside' }, {}, 'inside'],
    [
      'null, with what the command printed beside',
      null,
      { toolUseResult: { stdout: 'out', stderr: 'err' } },
      'out\nerr',
    ],
    ['null', null, {}, undefined],
    ['a number', 5, { toolUseResult: 'told' }, 'told'],
  ])('reads a result that is %s', async (_shape, content, members, expected) => {
    const run = await convertOne(
      transcript().prompt('Go').use('m1', 't1', 'Bash', { command: 'ls' }).result('t1', content, members),
    )
    expect(callOf(run, 't1').status).toBe('succeeded')
    expect(callOf(run, 't1').output_preview).toBe(expected)
  })

  it('reads arguments that are a JSON string', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Write', '{"file_path":"/home/ada/shop/a.txt","content":"x"}')
        .result('t1', 'ok'),
    )
    expect(callOf(run, 't1')).toMatchObject({
      input_preview: '{"file_path":"/home/ada/shop/a.txt","content":"x"}',
      side_effects: [{ kind: 'write', target: 'a.txt' }],
    })
    const broken = await convertOne(
      transcript().prompt('Go').use('m1', 't1', 'Write', '{"file_path": "/home').result('t1', 'ok'),
    )
    expect(callOf(broken, 't1').side_effects).toEqual([
      { kind: 'write', target_kind: 'file', reversible: 'unknown', basis: 'inferred' },
    ])
  })

  it.each([
    [
      'an exit code',
      'Exit code 127\nsh: nope: not found',
      {},
      { status: 'failed', exit_code: 127, error: 'sh: nope: not found', error_type: 'tool_failed' },
    ],
    [
      'a tool error',
      '<tool_use_error>File does not exist.</tool_use_error>',
      {},
      { status: 'failed', error: 'File does not exist.', error_type: 'not_found' },
    ],
    [
      'wrong arguments',
      '<tool_use_error>InputValidationError: command is required</tool_use_error>',
      {},
      { status: 'failed', error_type: 'invalid_arguments' },
    ],
    [
      'a call beside it that failed',
      '<tool_use_error>Sibling tool call errored</tool_use_error>',
      {},
      { status: 'skipped' },
    ],
    ['too long a wait', 'Command timed out after 2m 0.0s', {}, { status: 'timeout', error_type: 'timeout' }],
    [
      'the user, who stopped it',
      '[Request interrupted by user for tool use]',
      { toolDenialKind: 'interrupted' },
      { status: 'cancelled', error_type: 'cancelled' },
    ],
  ])('tells a failure by %s', async (_sign, content, members, expected) => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Bash', { command: 'nope' })
        .result('t1', content, members, { is_error: true }),
    )
    expect(callOf(run, 't1')).toMatchObject(expected)
  })

  it('says of effects that they happened only if the call ran', async () => {
    const basisAfter = async (tool: string, input: unknown, content: string): Promise<(string | undefined)[]> => {
      const run = await convertOne(
        transcript().prompt('Go').use('m1', 't1', tool, input).result('t1', content, {}, { is_error: true }),
      )
      return callOf(run, 't1').side_effects?.map(({ basis }) => basis) ?? []
    }
    expect(await basisAfter('Bash', { command: 'make' }, 'Exit code 2')).toEqual(['inferred'])
    expect(await basisAfter('Bash', { command: 'make' }, 'blocked by something')).toEqual(['declared'])
    expect(
      await basisAfter('Edit', { file_path: '/home/ada/shop/a' }, '<tool_use_error>not found</tool_use_error>'),
    ).toEqual(['declared'])
  })

  it('keeps a call without a result open to what is known: unknown at the end of the file', async () => {
    const run = await convertOne(transcript().prompt('Go').use('m1', 't1', 'Bash', { command: 'sleep 9' }))
    expect(callOf(run, 't1')).toMatchObject({
      status: 'unknown',
      ended_at: null,
      side_effects: [{ basis: 'declared' }],
    })
    expect(run.status).toBe('unknown')
  })

  it('takes repeated calls and results for what they are', async () => {
    const { runs, report } = await convert(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Bash', { command: 'ls' })
        .use('m2', 't1', 'Bash', { command: 'rm -rf /' })
        .result('t1', 'a')
        .result('t1', 'b')
        .say('m3', 'Done.'),
    )
    expect(
      stepsOf(runs[0]!, 'tool_call').map(({ input_preview, output_preview }) => [input_preview, output_preview]),
    ).toEqual([['{"command":"ls"}', 'a']])
    expect(report.files[0]?.skipped).toEqual([{ reason: 'repeated result of a call', lines: 1 }])
  })

  it('finds the call of a result that names none by the line it answers', async () => {
    const source = transcript()
      .prompt('Go')
      .answer('m1', [{ type: 'tool_use', name: 'Bash', input: { command: 'ls' } }])
    const run = await convertOne(
      source.result(undefined, 'a', { sourceToolAssistantUUID: source.uuid }).say('m2', 'Done.'),
    )
    expect(stepsOf(run, 'tool_call')[0]).toMatchObject({ output_preview: 'a', status: 'succeeded' })
    expect(stepsOf(run, 'tool_call')[0]).not.toHaveProperty('tool_call_id')
  })

  it('reads what the provider executed itself', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .answer(
          'm1',
          [
            { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'x' } },
            { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ type: 'web_search_result', title: 'X' }] },
            { type: 'text', text: 'Found.' },
          ],
          { stop: 'end_turn' },
        ),
    )
    expect(callOf(run, 's1')).toMatchObject({ status: 'succeeded', tool_name: 'web_search' })
    expect(run.status).toBe('completed')
  })

  it('names the server of an MCP tool and keeps the name that was offered', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'mcp__github__create_issue', { repo: 'shop', title: 'x' })
        .result('t1', 'ok'),
    )
    expect(callOf(run, 't1')).toMatchObject({
      tool_name: 'mcp__github__create_issue',
      mcp_server: 'github',
      initiated_by: 'claude-code',
      side_effects: [{ kind: 'write', target_kind: 'repo', target: 'github', basis: 'inferred' }],
    })
  })

  it('cuts previews and removes secrets from them, from effects and from errors', async () => {
    const key = `sk-ant-${'a1B2'.repeat(10)}`
    const run = await convertOne(
      transcript()
        .prompt(`Use ${key}`)
        .use('m1', 't1', 'Bash', {
          command: `curl -H "Authorization: Bearer ${key}" https://ada:pa55word@example.org/x`,
        })
        .result('t1', `Exit code 1\n${key}`, {}, { is_error: true })
        .use('m2', 't2', 'Read', { file_path: '/home/ada/shop/a' })
        .result('t2', 'é'.repeat(5000)),
    )
    expect(JSON.stringify(run)).not.toContain(key)
    expect(JSON.stringify(run)).not.toContain('pa55word')
    expect(run.input_preview).toBe('Use [redacted:anthropic_key]')
    expect([...(callOf(run, 't2').output_preview ?? '')]).toHaveLength(2000)
  })

  it('keeps secrets where the caller asks for it', async () => {
    const key = `ghp_${'a1B2'.repeat(9)}`
    const source = transcript().prompt(`Use ${key}`).say('m1', 'No.')
    const { convertClaudeCode } = await import('../../src/adapters/claude-code/index.ts')
    const { runs } = await convertClaudeCode([source.file()], { redact: false })
    expect(runs[0]?.input_preview).toBe(`Use ${key}`)
  })
})

describe('questions', () => {
  it('are input requests, and an accepted plan is an approval', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'AskUserQuestion', { questions: [] })
        .result('t1', 'User has answered your questions')
        .use('m2', 't2', 'ExitPlanMode', { plan: 'x' })
        .result('t2', 'User has approved your plan. You can now start coding.'),
    )
    expect(stepsOf(run, 'input_request').map(({ id, approval }) => [id, approval])).toEqual([
      ['t1', undefined],
      ['t2', undefined],
    ])
    expect(run.approvals).toMatchObject([
      {
        approval_id: 'approval-t2',
        event: 'approved',
        step_id: 't2',
        run_id: run.id,
        actor: { kind: 'human' },
        basis: 'inferred',
      },
    ])
  })
})

describe('artifacts', () => {
  const edited = { toolUseResult: { filePath: '/home/ada/shop/a.ts', originalFile: 'old', userModified: false } }

  it('are one for each file, created or modified, with a digest where the content is known', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Write', { file_path: '/home/ada/shop/new.txt', content: 'añ\n' })
        .result('t1', 'File created', { toolUseResult: { type: 'create', originalFile: null } })
        .use('m2', 't2', 'Edit', { file_path: '/home/ada/shop/a.ts', old_string: 'o', new_string: 'n' })
        .result('t2', 'updated', edited)
        .use('m3', 't3', 'Edit', { file_path: '/home/ada/shop/../shop/a.ts', old_string: 'n', new_string: 'm' })
        .result('t3', 'updated', edited)
        .use('m4', 't4', 'Edit', { file_path: '/etc/hosts', old_string: 'n', new_string: 'm' })
        .result('t4', 'Exit', {}, { is_error: true }),
    )
    expect(run.artifacts).toEqual([
      {
        id: 'file-1',
        name: 'new.txt',
        kind: 'file',
        action: 'created',
        step_id: 't1',
        content: { digest: digest('añ\n'), size: 4 },
      },
      { id: 'file-2', name: 'a.ts', kind: 'file', action: 'modified', step_id: 't3' },
    ])
    expect(['t1', 't2', 't3', 't4'].map((id) => callOf(run, id).artifact_ids)).toEqual([
      ['file-1'],
      ['file-2'],
      ['file-2'],
      undefined,
    ])
    expect(callOf(run, 't1').side_effects?.[0]).toMatchObject({ artifact_id: 'file-1', after_digest: digest('añ\n') })
    expect(callOf(run, 't4').side_effects?.[0]).toMatchObject({ target: '/etc/hosts', basis: 'declared' })
  })

  it('lose their digest when the content is no longer known', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Write', { file_path: '/home/ada/shop/new.txt', content: 'a' })
        .result('t1', 'File created', { toolUseResult: { type: 'create' } })
        .use('m2', 't2', 'Edit', { file_path: '/home/ada/shop/new.txt', old_string: 'a', new_string: 'b' })
        .result('t2', 'updated', edited),
    )
    expect(run.artifacts).toEqual([{ id: 'file-1', name: 'new.txt', kind: 'file', action: 'created', step_id: 't1' }])
  })
})
