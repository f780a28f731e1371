import { validate } from '@agent-run/core/validate'
import { describe, expect, it } from 'vitest'
import { convertClaudeCode } from '../../src/adapters/claude-code/index.ts'
import type { SourceFile } from '../../src/conversion/index.ts'
import { convert, convertOne, transcript } from './transcript-builder.ts'

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

const shared = { sessionId: 's', cwd: '/srv/books', timestamp: '2026-11-20T15:00:00.000Z' }
const user = (uuid: string, content: unknown, more: object = {}): string =>
  JSON.stringify({ type: 'user', uuid, ...shared, message: { role: 'user', content }, ...more })
const assistant = (uuid: string, content: unknown, more: object = {}): string =>
  JSON.stringify({
    type: 'assistant',
    uuid,
    ...shared,
    message: { id: `m-${uuid}`, model: 'claude-sonnet-4-5', content, ...more },
  })

const expectValid = async (content: SourceFile['content']) => {
  const conversion = await convertClaudeCode([{ name: 'hostile.jsonl', content }])
  for (const run of conversion.runs) expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
  for (const { lines } of conversion.report.files)
    expect(lines.mapped + lines.skipped + lines.malformed).toBe(lines.read)
  return conversion
}

describe('lines that are no lines of a transcript', () => {
  it('are counted with their number and a reason, and the others are converted', async () => {
    const { runs, report } = await expectValid(
      bytes(
        [0xef, 0xbb, 0xbf],
        `${user('u1', 'Sort the books')}\r\n`,
        '"massive error"\n42\n[1]\nnull\n{\n{"silly":"this"}\n\n   \n',
        '{"type":"user","message":"caf',
        [0xe9],
        '"}\n',
        `${JSON.stringify({ type: 'assistant', message: 'not an object' })}\n`,
        `${JSON.stringify({ type: 'user', message: null })}\n`,
        `${JSON.stringify({ type: 'user', message: { contenst: [] } })}\n`,
        [0, 0, 0, 0],
        `${assistant('u2', [{ type: 'text', text: 'Sorted.' }], { stop_reason: 'end_turn' })}\n`,
        assistant('u3', [{ type: 'text', text: 'cut off' }]).slice(0, -20),
      ),
    )
    expect(runs.map(({ input_preview, output_preview }) => [input_preview, output_preview])).toEqual([
      ['Sort the books', 'Sorted.'],
    ])
    expect(report.files[0]).toMatchObject({
      lines: { read: 13, mapped: 2, skipped: 1, malformed: 10 },
      skipped: [{ reason: 'kind of line that this adapter does not know', lines: 1 }],
      malformed: [
        { line: 2, reason: 'no JSON object' },
        { line: 3, reason: 'no JSON object' },
        { line: 4, reason: 'no JSON object' },
        { line: 5, reason: 'no JSON object' },
        { line: 6, reason: 'not JSON, or cut off' },
        { line: 10, reason: 'not UTF-8' },
        { line: 11, reason: 'assistant line without a message' },
        { line: 12, reason: 'user line without a message' },
        { line: 13, reason: 'user line without content' },
        { line: 15, reason: 'not JSON, or cut off' },
      ],
    })
    expect(report.findings).toEqual([
      {
        code: 'convert.malformed_lines',
        severity: 'warning',
        path: '/files/0/malformed',
        message: expect.stringContaining('10 lines'),
      },
    ])
    expect(report.ok).toBe(true)
  })

  it('are passed over without being held where they are too long', async () => {
    const long = user('u1', 'x'.repeat(5000))
    const { runs, report } = await convertClaudeCode(
      [{ name: 'a.jsonl', content: [`${long.slice(0, 2500)}`, `${long.slice(2500)}\n`, `${user('u2', 'short')}\n`] }],
      { maxLineBytes: 1000 },
    )
    expect(runs.map(({ input_preview }) => input_preview)).toEqual(['short'])
    expect(report.files[0]?.malformed).toEqual([{ line: 1, reason: 'longer than 1000 bytes' }])
  })

  it('name at most a hundred malformed lines, and count all', async () => {
    const { report } = await convert({ name: 'a.jsonl', content: 'x\n'.repeat(250) })
    expect(report.files[0]?.malformed).toHaveLength(100)
    expect(report.files[0]?.lines.malformed).toBe(250)
  })
})

describe('hostile values', () => {
  it('make ids safe as names of files', async () => {
    const { runs } = await expectValid(
      [
        user('../../../home/ada/.ssh/id', 'Go', { sessionId: '../../etc/passwd' }),
        assistant('u2', [{ type: 'tool_use', id: '../t\u202e', name: 'Bash', input: null }]),
      ]
        .map((line) => `${line}\n`)
        .join(''),
    )
    for (const id of [runs[0]?.id, runs[0]?.turn_id, ...(runs[0]?.steps ?? []).map((step) => step.id)]) {
      expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/)
    }
    const again = await convertClaudeCode([
      { name: 'b', content: `${user('../../../home/ada/.ssh/id', 'Go', { sessionId: '../../etc/passwd' })}\n` },
    ])
    expect(again.runs[0]?.id).toBe(runs[0]?.id)
  })

  it('cost nothing but themselves', async () => {
    const { runs } = await expectValid(
      [
        user('u1', 'Go \ud800'),
        assistant('u2', 'a bare string as content'),
        assistant('u3', [
          'wow',
          null,
          7,
          { type: 'tool_use' },
          { type: 'tool_use', id: 'x', name: 'Write', input: { file_path: 'a\u0000b', content: '\ud800' } },
          { type: 'text', text: 'half \ud800' },
        ]),
        user('u4', [{ type: 'tool_result', tool_use_id: 'x', content: [null, 3, 'y', { type: 'text' }] }], {
          toolUseResult: { type: 'create', originalFile: null },
        }),
        assistant('u5', [{ type: 'text', text: 'x' }], {
          usage: { input_tokens: 1e300, output_tokens: -5, cache_read_input_tokens: 2 ** 60, cache_creation: 7 },
        }).replace('1e+300', '1e400'),
        `{"type":"user","uuid":"u6","message":{"role":"user","content":[${'['.repeat(5000)}${']'.repeat(5000)}]}}`,
        `{"type":"assistant","uuid":"u7","message":{"id":"m7","content":[{"type":"tool_use","id":"deep","name":"X","input":${'{"a":'.repeat(20000)}1${'}'.repeat(20000)}}]}}`,
      ]
        .map((line) => `${line}\n`)
        .join(''),
    )
    expect(runs[0]?.input_preview).toBe('Go \ufffd')
    expect(runs[0]?.artifacts).toBeUndefined()
  })

  it('leave impossible times unknown', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go', { timestamp: '2026-02-30T00:00:00Z' })
        .use('m1', 't1', 'Bash', { command: 'ls' })
        .result('t1', 'x', { timestamp: '2026-11-20T14:00:00.500Z' })
        .say('m2', 'Done.'),
    )
    expect(run.steps.find(({ id }) => id === 't1')).toMatchObject({
      started_at: null,
      ended_at: '2026-11-20T14:00:00.500Z',
    })
    expect(validate(JSON.stringify(run)).findings).toEqual([])
    const { report } = await convert(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Bash', { command: 'ls' })
        .result('t1', 'x', { timestamp: '2020-01-01T00:00:00Z' }),
    )
    expect(report.findings.map(({ code }) => code)).toEqual(['convert.time_order'])
  })
})

describe('inputs that are no transcripts', () => {
  it.each([
    ['nothing', []],
    ['an empty file', [{ name: 'a', content: '' }]],
    ['JSON of another kind', [{ name: 'a', content: '{"a":1}\n' }]],
    ['binary', [{ name: 'a', content: new Uint8Array([0, 255, 10, 13, 200]) }]],
    ['a session without a turn', [{ name: 'a', content: '{"type":"summary","summary":"x","leafUuid":"y"}\n' }]],
  ])('%s: says so', async (_what, files) => {
    const { runs, report } = await convertClaudeCode(files as SourceFile[])
    expect(runs).toEqual([])
    expect(report.ok).toBe(false)
    expect(report.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'convert.no_turns',
    ])
  })

  it('a file that cannot be read to its end is an error, and the rest is converted', async () => {
    async function* breaking(): AsyncGenerator<string> {
      yield `${user('u1', 'Before the break')}\n`
      throw new Error('EIO')
    }
    const { runs, report } = await convertClaudeCode([
      { name: 'a', content: breaking() },
      { name: 'b', content: `${user('u2', 'Whole', { sessionId: 't' })}\n` },
    ])
    expect(runs.map(({ input_preview }) => input_preview)).toEqual(['Before the break', 'Whole'])
    expect(report.ok).toBe(false)
    expect(report.findings).toMatchObject([{ code: 'convert.unreadable', severity: 'error', path: '/files/0' }])
    expect(report.files[0]).not.toHaveProperty('digest')
    expect(runs[0]?.source).not.toHaveProperty('digest')
  })

  it('refuses a limit that is none', async () => {
    await expect(convertClaudeCode([], { maxLineBytes: 0 })).rejects.toThrow(RangeError)
  })
})
