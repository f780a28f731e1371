import { type Line, transcript } from './transcript-builder.ts'

/** A file as lines of text. */
export interface LineFile {
  readonly name: string
  readonly lines: string[]
}

const toLines = (lines: readonly Line[]): string[] => lines.map((line) => JSON.stringify(line))

const agentLines = (agentId: string, prompt: string, firstUuid: number): Line[] =>
  transcript({ isSidechain: true, agentId }, firstUuid)
    .prompt(prompt)
    .use(`msg_${agentId}_1`, `toolu_${agentId}_1`, 'Grep', { pattern: 'TODO', path: '/home/ada/shop/src' })
    .result(`toolu_${agentId}_1`, 'src/cart.ts:3: TODO')
    .say(`msg_${agentId}_2`, 'One TODO in src/cart.ts', null).lines

/** A session in which nearly everything occurs that the adapter reads: the ground for the mutants. */
export function richSession(): LineFile[] {
  const agent = agentLines('a1b2c3d', 'Look for TODO comments', 700)
  const main = transcript()
  main
    .add('file-history-snapshot', {
      messageId: '00000000-0000-4000-8000-000000000002',
      snapshot: { trackedFileBackups: {}, timestamp: '2026-11-20T14:00:00.000Z' },
      isSnapshotUpdate: false,
    })
    .prompt('Clean up the cart', { permissionMode: 'default', promptId: 'p1' })
    .add('attachment', { attachment: { type: 'prompt_snapshot', tools: [{ name: 'Bash' }, { name: 'Edit' }] } })
    .answer('msg_1', [{ type: 'thinking', thinking: 'I look first.' }])
    .answer('msg_1', [{ type: 'text', text: 'Let me look.' }])
    .answer('msg_1', [
      {
        type: 'tool_use',
        id: 'toolu_1',
        name: 'Bash',
        input: { command: 'npm test 2>&1 | tee out.log', description: 'Run tests' },
      },
    ])
    .answer(
      'msg_1',
      [{ type: 'tool_use', id: 'toolu_2', name: 'Read', input: { file_path: '/home/ada/shop/src/cart.ts' } }],
      { stop: 'tool_use' },
    )
    .result('toolu_2', [{ type: 'text', text: 'export {}' }], { toolUseResult: { type: 'text', file: {} } })
    .result('toolu_1', 'Exit code 1\nboom', { toolUseResult: 'Error: Exit code 1\nboom' }, { is_error: true })
    .add('attachment', { attachment: { type: 'queued_command', prompt: 'and the README', commandMode: 'prompt' } })
    .use('msg_2', 'toolu_3', 'Write', { file_path: '/home/ada/shop/src/new.ts', content: 'export const a = 1\n' })
    .result('toolu_3', 'File created', {
      toolUseResult: { type: 'create', filePath: '/home/ada/shop/src/new.ts', originalFile: null },
    })
    .use('msg_3', 'toolu_4', 'Edit', '{"file_path":"/home/ada/shop/src/new.ts","old_string":"1","new_string":"2"}')
    .result('toolu_4', 'updated', {
      toolUseResult: {
        filePath: '/home/ada/shop/src/new.ts',
        originalFile: 'export const a = 1\n',
        userModified: false,
      },
    })
    .use('msg_4', 'toolu_5', 'Task', {
      description: 'todos',
      prompt: 'Look for TODO comments',
      subagent_type: 'Explore',
    })
    .add('progress', {
      data: { type: 'agent_progress', agentId: 'a1b2c3d', prompt: 'Look for TODO comments', message: agent[1] },
      toolUseID: 'agent_msg_4',
      parentToolUseID: 'toolu_5',
    })
    .result('toolu_5', [{ type: 'text', text: 'One TODO' }], {
      toolUseResult: { status: 'completed', agentId: 'a1b2c3d', totalTokens: 5 },
    })
    .use('msg_5', 'toolu_6', 'Task', { description: 'again', prompt: 'Read the docs', subagent_type: 'Plan' })
    .add('progress', {
      data: {
        type: 'agent_progress',
        agentId: 'fff0001',
        prompt: 'Read the docs',
        message: {
          type: 'user',
          uuid: 'c0',
          timestamp: '2026-11-20T14:00:21.000Z',
          message: { role: 'user', content: [{ type: 'text', text: 'Read the docs' }] },
        },
      },
      parentToolUseID: 'toolu_6',
    })
    .add('progress', {
      data: {
        type: 'agent_progress',
        agentId: 'fff0001',
        message: {
          type: 'assistant',
          uuid: 'c1',
          timestamp: '2026-11-20T14:00:22.000Z',
          requestId: 'r1',
          message: {
            id: 'msg_c1',
            model: 'claude-haiku-4-5',
            content: [
              {
                type: 'tool_use',
                id: 'toolu_c1',
                name: 'Write',
                input: { file_path: '/home/ada/shop/docs/x.md', content: 'x' },
              },
            ],
            usage: { input_tokens: 5, output_tokens: 2 },
          },
        },
      },
      parentToolUseID: 'toolu_6',
    })
    .add('progress', {
      data: {
        type: 'agent_progress',
        agentId: 'fff0001',
        message: {
          type: 'user',
          uuid: 'c2',
          timestamp: '2026-11-20T14:00:23.000Z',
          message: {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'toolu_c1',
                content: "The user doesn't want to proceed with this tool use.",
                is_error: true,
              },
            ],
          },
        },
      },
      parentToolUseID: 'toolu_6',
    })
    .result('toolu_6', 'done', { toolUseResult: { status: 'completed', agentId: 'fff0001' } })
    .add('system', {
      subtype: 'compact_boundary',
      logicalParentUuid: 'x',
      compactMetadata: { trigger: 'auto', preTokens: 9, postTokens: 2, durationMs: 500 },
    })
    .prompt('This session is being continued', { isCompactSummary: true })
    .use('msg_6', 'toolu_7', 'mcp__github__create_issue', { title: 'Tidy', repo: 'shop' })
    .result(
      'toolu_7',
      'PreToolUse:mcp__github__create_issue hook error: no issues today',
      { toolDenialKind: 'permission-rule' },
      { is_error: true },
    )
    .add('system', {
      subtype: 'api_error',
      error: { status: 529, error: { error: { message: 'Overloaded' } } },
      retryAttempt: 1,
      retryInMs: 100,
      maxRetries: 10,
    })
    .say('msg_7', 'All done.')
    .add('system', { subtype: 'stop_hook_summary', hookCount: 1 })
    .add('system', { subtype: 'turn_duration', durationMs: 1000 })
    .prompt(
      '<command-name>/model</command-name>\n<command-message>model</command-message>\n<command-args></command-args>',
    )
    .prompt('<local-command-stdout>Set model</local-command-stdout>')
    .prompt(
      '<command-message>fix</command-message>\n<command-name>/fix</command-name>\n<command-args>the tests</command-args>',
      { promptId: 'p2' },
    )
    .prompt([{ type: 'text', text: 'Expanded text' }], { isMeta: true })
    .use('msg_8', 'toolu_8', 'ExitPlanMode', { plan: 'x' })
    .result('toolu_8', 'User has approved your plan. You can now start coding.')
    .use('msg_9', 'toolu_9', 'Bash', { command: 'git push origin main && npm publish', run_in_background: true })
    .prompt('wait', { permissionMode: undefined })
    .result('toolu_9', 'Command running in background', {
      toolUseResult: { stdout: '', stderr: '', interrupted: false, backgroundTaskId: 'b1' },
    })
    .add('permission-mode', { permissionMode: 'plan' })
    .use('msg_10', 'toolu_10', 'WebFetch', { url: 'https://user:secret@example.org/a?token=1' })
    .prompt([{ type: 'text', text: '[Request interrupted by user for tool use]' }])
    .prompt(
      '<task-notification>\n<tool-use-id>toolu_9</tool-use-id>\n<status>completed</status>\n</task-notification>',
      { origin: { kind: 'task-notification' } },
    )
    .answer('msg_11', [{ type: 'text', text: 'API Error: 500' }], {
      model: '<synthetic>',
      usage: { input_tokens: 0, output_tokens: 0 },
      line: { isApiErrorMessage: true, error: 'server_error' },
    })
    .add('system', {
      subtype: 'compact_boundary',
      logicalParentUuid: 'here',
      compactMetadata: { trigger: 'manual', preTokens: 9 },
    })
    .prompt('This session is being continued', { isCompactSummary: true })
    .prompt('last one')
    .add('progress', { data: { type: 'bash_progress' } })
    .add('summary', { summary: 'x' })
  const inline = transcript({ isSidechain: true }, 900).prompt('Old style').say('msg_i1', 'Inline', null)
  const compaction = transcript({ isSidechain: true, agentId: 'acompact-1' }, 800)
    .prompt('Your task is to create a detailed summary', { parentUuid: 'here' })
    .say('msg_k1', 'Summary', null)
  return [
    { name: 'p/session.jsonl', lines: toLines([...main.lines, ...inline.lines]) },
    { name: 'p/session/subagents/agent-a1b2c3d.jsonl', lines: toLines(agent) },
    {
      name: 'p/session/subagents/agent-a1b2c3d.meta.json',
      lines: [JSON.stringify({ agentType: 'Explore', toolUseId: 'toolu_5' })],
    },
    { name: 'p/session/subagents/agent-acompact-1.jsonl', lines: toLines(compaction.lines) },
    { name: 'p/session.hooks.jsonl', lines: toLines(hookLines()) },
    { name: 'otel.jsonl', lines: toLines(telemetryLines()) },
  ]
}

const sessionId = '11111111-2222-4333-8444-555555555555'
const timeOf = (second: number): string => new Date(Date.UTC(2026, 10, 20, 14, 0, second)).toISOString()

function hookLines(): Line[] {
  const hook = (second: number, name: string, members: Line): Line => ({
    at: timeOf(second),
    hook_event_name: name,
    session_id: sessionId,
    permission_mode: 'default',
    tool_name: 'Bash',
    ...members,
  })
  const [call, input] = [{ tool_use_id: 'toolu_1' }, { tool_input: { command: 'npm test' } }]
  const policy = { id: 'team', version: '1', digest: `sha256:${'0'.repeat(64)}` }
  const decision = { verdict: 'block', matched: 'rule', rule_ids: ['no-issues'], policy, reason: 'not today' }
  return [
    hook(1, 'SessionStart', { source: 'startup', recording: ['PreToolUse', 'PermissionRequest'] }),
    hook(6, 'PreToolUse', { ...call, ...input }),
    hook(6, 'PermissionRequest', input),
    hook(9, 'PostToolUse', { ...call, duration_ms: 200 }),
    hook(7, 'PreToolUse', { tool_use_id: 'toolu_2', tool_input: { digest: `sha256:${'1'.repeat(64)}`, size: 20 } }),
    hook(8, 'PostToolUseFailure', { tool_use_id: 'toolu_2', error: 'boom' }),
    hook(30, 'PreToolUse', { tool_use_id: 'toolu_7', decision, answered: 'deny' }),
    hook(31, 'PermissionDenied', { tool_use_id: 'toolu_7', reason: 'no' }),
  ]
}

function telemetryLines(): Line[] {
  const record = (second: number, name: string, attributes: Line): Line => ({
    timestamp: timeOf(second),
    body: `claude_code.${name}`,
    attributes: { 'session.id': sessionId, ...attributes },
  })
  return [
    record(10, 'tool_decision', {
      tool_name: 'Write',
      tool_use_id: 'toolu_3',
      decision: 'accept',
      source: 'user_temporary',
    }),
    record(11, 'tool_result', { tool_name: 'Write', tool_use_id: 'toolu_3', success: 'true', duration_ms: '12' }),
    record(11, 'tool_decision', { tool_name: 'Edit', decision: 'accept', source: 'config' }),
    record(11, 'tool_decision', {
      tool_name: 'Bash',
      tool_use_id: 'toolu_7',
      decision: 'reject',
      source: 'user_reject',
    }),
    record(12, 'api_request', { request_id: 'req_msg_1', input_tokens: 3, output_tokens: 9, cost_usd: 0.1 }),
    record(13, 'api_error', { error: 'Overloaded', attempt: 2, duration_ms: 30 }),
    {
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'session.id', value: { stringValue: sessionId } }] },
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: '1795183200000000000',
                  body: { stringValue: 'claude_code.tool_decision' },
                  attributes: [
                    { key: 'tool_use_id', value: { stringValue: 'toolu_9' } },
                    { key: 'decision', value: { stringValue: 'accept' } },
                    { key: 'source', value: { stringValue: 'user_permanent' } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ]
}
