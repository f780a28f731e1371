import { readFileSync } from 'node:fs'
import { digest } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { convertClaudeCode } from '../../src/adapters/claude-code/index.ts'
import { convert, transcript } from './transcript-builder.ts'

const session = () =>
  transcript()
    .add('summary', { summary: 'x' })
    .prompt('Go')
    .use('m1', 't1', 'Bash', { command: 'ls' })
    .add('progress', { data: { type: 'bash_progress' } })
    .add('progress', { data: { type: 'hook_progress' } })
    .result('t1', "The user doesn't want to proceed with this tool use.", {}, { is_error: true })
    .use('m2', 't2', 'Read', { file_path: '/home/ada/shop/a' })
    .say('m3', 'Done.')

describe('the report', () => {
  it('accounts for every line and adds up the runs', async () => {
    const { report } = await convert(session())
    expect(report).toMatchObject({
      ok: true,
      format: 'claude-code',
      adapter: '@agent-run/sdk/adapters/claude-code',
      files: [
        {
          name: 'session.jsonl',
          role: 'session',
          lines: { read: 8, mapped: 5, skipped: 3, malformed: 0 },
          skipped: [
            { reason: 'progress of a hook or a command', lines: 2 },
            { reason: 'title of the session', lines: 1 },
          ],
        },
      ],
      totals: {
        runs: 1,
        steps: 6,
        steps_by_type: { message: 1, model_call: 3, tool_call: 2 },
        tool_calls: 2,
        tool_results: 1,
        denials: 1,
        sub_agents: 0,
        model_calls: 3,
        output_tokens: 60,
      },
      findings: [],
    })
    expect(report.not_recorded.length).toBeGreaterThan(5)
  })

  it('names the digest and the size of the bytes as read, and so does the run', async () => {
    const text = session().text()
    const { runs, report } = await convert(session())
    expect(report.files[0]).toMatchObject({ digest: digest(text), bytes: Buffer.byteLength(text) })
    expect(runs[0]?.source?.digest).toBe(digest(text))
  })

  it('is the same for bytes, text and pieces cut anywhere', async () => {
    const text = transcript().prompt('Grüße 🎉 an alle').say('m1', 'Naïve café').text()
    const whole = new TextEncoder().encode(text)
    const pieces = Array.from({ length: Math.ceil(whole.length / 3) }, (_, at) => whole.slice(at * 3, at * 3 + 3))
    const results = await Promise.all(
      [text, whole, pieces].map((content) => convertClaudeCode([{ name: 'a', content }])),
    )
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })

  it('is JSON, and the same every time', async () => {
    const once = JSON.stringify(await convert(session()))
    expect(JSON.stringify(await convert(session()))).toBe(once)
    expect(JSON.parse(once)).toEqual(await convert(session()))
  })

  it('carries the version of the package', async () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    const { report } = await convert(session())
    expect(manifest).toMatchObject({ version: report.adapter_version })
  })
})
