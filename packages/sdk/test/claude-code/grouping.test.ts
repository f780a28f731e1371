import { describe, expect, it } from 'vitest'
import { claudeCodeAdapter } from '../../src/adapters/claude-code/index.ts'
import { arrangeFiles, convertGroups, readHead } from '../../src/conversion/index.ts'
import { richSession } from './rich-session.ts'
import { type TranscriptBuilder, transcript } from './transcript-builder.ts'

const head = (name: string, text: string) => readHead(name, new TextEncoder().encode(text))
const json = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')

/** Names of the files of each group. */
function groupsOf(files: Readonly<Record<string, string>>): string[][] {
  const given = Object.entries(files).map(([name, text]) => ({ head: head(name, text), open: () => text }))
  const { groups, unrecognised } = arrangeFiles(given, { adapters: [claudeCodeAdapter], attachers: [] })
  expect(unrecognised).toEqual([])
  return groups.map((group) => group.files.map((file) => file.head.name))
}

const sessionOf = (sessionId: string, firstUuid: number): TranscriptBuilder =>
  transcript({ sessionId }, firstUuid).prompt('Hello').say('m1', 'Hi')

describe('recognises', () => {
  it('everything that belongs to a session', () => {
    for (const { name, lines } of richSession())
      expect([name, claudeCodeAdapter.recognises(head(name, lines.join('\n')))]).toEqual([name, true])
    for (const line of [
      { type: 'summary', summary: 'x', leafUuid: 'u' },
      { type: 'file-history-snapshot', messageId: 'm', snapshot: {} },
      { type: 'queue-operation', operation: 'enqueue', sessionId: 's' },
    ])
      expect(claudeCodeAdapter.recognises(head('x', json(line)))).toBe(true)
  })

  it('a transcript whose first line is longer than what is looked at', () => {
    const text = sessionOf('s', 1).lines.map((line) => ({ ...line, message: { content: 'x'.repeat(80_000) } }))
    const long = head('x.jsonl', json(...text))
    expect(long.objects).toEqual([])
    expect(claudeCodeAdapter.recognises(long)).toBe(true)
    expect(claudeCodeAdapter.groupKeys?.(long)).toEqual([
      'folder x',
      'session s',
      'line 00000000-0000-4000-8000-000000000001',
    ])
  })

  it.each([
    ['a Codex rollout', { timestamp: '2026-11-20T14:00:00Z', type: 'session_meta', payload: { id: 'x' } }],
    [
      'hooks of Codex',
      { hook_event_name: 'PreToolUse', session_id: 's', transcript_path: '/home/ada/.codex/sessions/x' },
    ],
    ['hooks of others', { hook_event_name: 'BeforeTool', session_id: 's' }],
    [
      'telemetry of others',
      { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'codex.tool_decision' } }] }] }] },
    ],
    ['spans', { resourceSpans: [] }],
    ['chat lines', { role: 'user', content: 'Hello' }],
    ['a record', { spec_version: '1.0', id: 'x', session_id: 's' }],
  ])('not %s', (_name, line) => {
    expect(claudeCodeAdapter.recognises(head('x.jsonl', json(line)))).toBe(false)
  })

  it('no description of a sub-agent that describes nothing', () => {
    expect(claudeCodeAdapter.recognises(head('agent-x.meta.json', '{"agentType":"Explore"}'))).toBe(true)
    expect(claudeCodeAdapter.recognises(head('agent-x.meta.json', '[]'))).toBe(false)
    expect(claudeCodeAdapter.recognises(head('agent-x.meta.json', 'null'))).toBe(false)
  })
})

describe('groups', () => {
  it('a session with its folder, its hooks and its telemetry', () => {
    const files = Object.fromEntries(richSession().map(({ name, lines }) => [name, lines.join('\n')]))
    expect(groupsOf(files)).toEqual([Object.keys(files)])
  })

  it('keeps sessions apart', () => {
    expect(groupsOf({ 'p/a.jsonl': sessionOf('a', 1).text(), 'p/b.jsonl': sessionOf('b', 50).text() })).toEqual([
      ['p/a.jsonl'],
      ['p/b.jsonl'],
    ])
  })

  it('a fork with what it was copied from: what they share is one run', async () => {
    const original = sessionOf('a', 1)
    const fork = transcript({ sessionId: 'b' }, 3)
    fork.lines.push(...original.lines.map((line) => ({ ...line, sessionId: 'b' })))
    fork.prompt('And now?').say('m2', 'More')
    const files = { 'p/a.jsonl': original.text(), 'p/b.jsonl': fork.text() }
    expect(groupsOf(files)).toEqual([['p/a.jsonl', 'p/b.jsonl']])
    const given = Object.entries(files).map(([name, text]) => ({ head: head(name, text), open: () => text }))
    const arranged = arrangeFiles(given, { adapters: [claudeCodeAdapter], attachers: [] })
    for await (const { runs, report } of convertGroups(arranged, {}, { onAttached: () => undefined })) {
      expect(runs.map(({ input_preview }) => input_preview)).toEqual(['Hello', 'And now?'])
      expect(report.files.map(({ lines }) => lines.skipped)).toEqual([0, 2])
    }
  })
})

describe('a transcript that is still being written', () => {
  it('gives the same runs for what is there, and more of them later', async () => {
    const whole = sessionOf('a', 1)
      .prompt('Next')
      .use('m2', 'toolu_1', 'Bash', { command: 'ls' })
      .result('toolu_1', 'a')
    const text = whole.text()
    let runs = 0
    for (let end = 0; end <= text.length; end += 97) {
      const conversion = await claudeCodeAdapter.convert([{ name: 'a.jsonl', content: text.slice(0, end) }])
      expect(conversion.runs.length).toBeGreaterThanOrEqual(runs)
      expect(conversion.report.files[0]?.lines.malformed).toBeLessThanOrEqual(1)
      runs = conversion.runs.length
    }
    expect(runs).toBe(2)
  })
})

describe('lines that are passed over at a glance', () => {
  const progress = (kind: string, members: Record<string, unknown> = {}) => ({
    parentUuid: null,
    isSidechain: false,
    sessionId: 'a',
    ...members,
    type: 'progress',
    data: { type: kind, hookName: 'x' },
    uuid: 'u',
  })

  it('are counted as progress, however they are written', async () => {
    const lines = [
      progress('hook_progress'),
      progress('bash_progress', { cwd: '/home/{ada}' }),
      { ...progress('hook_progress'), data: { hookName: 'x', type: 'hook_progress' } },
    ]
    const { report } = await claudeCodeAdapter.convert([
      { name: 'x', content: sessionOf('a', 1).text() + json(...lines) },
    ])
    expect(report.files[0]?.skipped).toEqual([{ reason: 'progress of a hook or a command', lines: 3 }])
  })

  it('are the line itself, not what a line holds', async () => {
    const source = sessionOf('a', 1)
      .use('m3', 'toolu_1', 'mcp__logs__read', { line: progress('hook_progress') })
      .result('toolu_1', JSON.stringify(progress('hook_progress')), { toolUseResult: progress('hook_progress') })
    const { runs } = await claudeCodeAdapter.convert([source.file()])
    expect(runs[0]?.steps.filter(({ type }) => type === 'tool_call').map(({ status }) => status)).toEqual(['succeeded'])
    const cut = JSON.stringify(progress('hook_progress')).slice(0, -1)
    const { report } = await claudeCodeAdapter.convert([{ name: 'x', content: `${sessionOf('a', 1).text()}${cut}` }])
    expect(report.files[0]?.lines).toMatchObject({ malformed: 1, skipped: 0 })
  })
})
