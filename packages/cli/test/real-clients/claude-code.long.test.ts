// The real Claude Code, asked by a model without a model: what we record is compared with what really was said and done.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { AgentRun, Step } from '@agent-run/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { agentRun, bin } from '../binary.ts'
import { type Ended, environmentOf, type Place, startClient } from './clients.ts'
import { runScenarios } from './scenarios.ts'
import { counted, type Reply, type Script, type ScriptedModel, startModel } from './scripted-model.ts'

const claude = tool('claude')
const program = claude ?? ''
const perAnswer = counted.fresh + counted.cached + counted.written

let folder: string
let place: Place
let model: ScriptedModel
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-real-claude-'))
  for (const name of ['home/.claude', 'work']) mkdirSync(join(folder, name), { recursive: true })
})
afterEach(() => {
  model.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const inside = (path: string): string => join(place.cwd, path)
const bash = (command: string) => ({ name: 'Bash', input: { command, description: 'a command' } })

async function play(script: (cwd: string) => Script): Promise<void> {
  const cwd = join(folder, 'work')
  place = { home: join(folder, 'home'), cwd, modelUrl: '' }
  model = await startModel(script(cwd))
  place = { ...place, modelUrl: model.url }
}

const ask = (prompt: string, ...args: string[]): Promise<Ended> =>
  startClient(program, ['-p', prompt, '--output-format', 'json', ...args], place).ended

/** Our own command, at home where Claude Code is. */
const ours = (...args: string[]) => agentRun(args, { cwd: place.cwd, env: environmentOf(place, program) })

const recordsIn = (directory: string): AgentRun[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as AgentRun)

const callsOf = (run: AgentRun | undefined): Step[] =>
  (run?.steps ?? []).filter(({ type }) => type === 'tool_call' || type === 'handoff')

const transcripts = (): string => join(place.home, '.claude/projects')

describe.skipIf(!claude)('the real Claude Code', () => {
  it('with our hook: sealed runs that say what was allowed, refused and used', async () => {
    const policy = {
      policy: 'shop',
      version: '1',
      default: 'allow',
      rules: [
        { id: 'pushes', tools: 'Bash', arguments: { command: 'git push*' }, decision: 'deny', reason: 'not from here' },
        { id: 'echoes', tools: 'Bash', arguments: { command: 'echo *' }, decision: 'allow' },
        { id: 'notes', tools: 'Write', arguments: { file_path: { within: 'asked' } }, decision: 'ask' },
      ],
    }
    const helper: Reply[] = [{ calls: [bash('echo counted')] }, { text: 'There is one.' }]
    await play((cwd) => ({
      'TASK-ONE': [
        { text: 'I begin.', calls: [bash('git push origin main'), bash('echo yes'), bash('exit 3')] },
        { calls: [{ name: 'Write', input: { file_path: join(cwd, 'a.md'), content: '# A\n' } }] },
        { calls: [{ name: 'Write', input: { file_path: join(cwd, 'asked/b.md'), content: 'b' } }, bash('curl -h')] },
        {
          calls: [
            {
              name: 'Agent',
              input: { description: 'count', prompt: 'TASK-OF-HELPER', subagent_type: 'general-purpose' },
            },
          ],
        },
        { text: 'All done.' },
      ],
      'TASK-OF-HELPER': helper,
    }))
    const settings = join(place.home, '.claude/settings.json')
    const before = '{\r\n\t"includeCoAuthoredBy": false\r\n}'
    writeFileSync(settings, before)
    writeFileSync(inside('policy.json'), JSON.stringify(policy))
    const keys = await ours('keygen', '--no-passphrase', '--output', 'my.key', '--identity', 'me@example.org')
    writeFileSync(inside('trust.json'), keys.stdout)
    const installed = await ours(
      'hook',
      'claude-code',
      'install',
      '--yes',
      '--key',
      'my.key',
      '--policy',
      'policy.json',
    )
    expect(installed).toMatchObject({ code: 0 })

    const ended = await ask('Please do TASK-ONE', '--allowedTools', 'Bash(exit *)', '--permission-mode', 'acceptEdits')
    expect(ended).toMatchObject({ code: 0 })
    const told = JSON.parse(ended.stdout) as { session_id: string; permission_denials: { tool_use_id: string }[] }
    // A process of its own does the same; of both one writes.
    const finish = ['hook', 'claude-code', '--finish', told.session_id, '--key', 'my.key']
    expect(await ours(...finish, '--directory', '.agent-run')).toMatchObject({ code: 0 })

    const runs = recordsIn(inside('.agent-run'))
    const main = runs.find(({ agent_id }) => agent_id === 'claude-code')
    const child = runs.find(({ agent_id }) => agent_id === 'general-purpose')
    expect(runs).toHaveLength(2)
    expect(child?.parent_run_id).toBe(main?.id)
    expect([main, child].map((run) => [run?.cost.input_tokens, run?.cost.output_tokens])).toEqual([
      [model.answered['TASK-ONE']! * perAnswer, model.answered['TASK-ONE']! * counted.output],
      [helper.length * perAnswer, helper.length * counted.output],
    ])
    const calls = callsOf(main)
    expect(calls.map(({ tool_name, status, exit_code }) => [tool_name, status, exit_code])).toEqual([
      ['Bash', 'denied', undefined],
      ['Bash', 'succeeded', 0],
      ['Bash', 'failed', 3],
      ['Write', 'succeeded', undefined],
      ['Write', 'denied', undefined],
      ['Bash', 'denied', undefined],
      ['Agent', 'succeeded', undefined],
    ])
    // The client says itself, in the end, which calls it refused.
    const denied = calls.filter(({ status }) => status === 'denied').map(({ tool_call_id }) => tool_call_id)
    expect(denied).toEqual(told.permission_denials.map(({ tool_use_id }) => tool_use_id))
    expect(main?.policy_decisions).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ rule_ids: ['pushes'], verdict: 'block', enforcement: 'blocked', basis: 'observed' }),
        expect.objectContaining({ rule_ids: ['echoes'], verdict: 'allow', enforcement: 'executed' }),
      ]),
    )
    expect(existsSync(inside('asked/b.md'))).toBe(false)
    const verified = await ours('verify', '--trust', 'trust.json', '--format', 'line', '.agent-run')
    expect(verified).toMatchObject({ code: 0 })
    expect(await ours('validate', '.agent-run')).toMatchObject({ code: 0 })
    expect(await ours('hook', 'claude-code', 'uninstall', '--yes')).toMatchObject({ code: 0 })
    expect(readFileSync(settings, 'utf8')).toBe(before)
  })

  it('its transcripts convert with every line accounted for, also of a session that went on', async () => {
    await play(() => ({
      FIRST: [{ calls: [bash('echo 1')] }, { text: 'One.' }],
      SECOND: [{ calls: [bash('echo 2'), { name: 'NoSuchTool', input: {} }] }, { text: 'Two.' }],
    }))
    const first = await ask('Do FIRST', '--allowedTools', 'Bash')
    const { session_id: session } = JSON.parse(first.stdout) as { session_id: string }
    expect(await ask('Do SECOND', '--resume', session, '--allowedTools', 'Bash')).toMatchObject({ code: 0 })
    const converted = await ours('convert', '-q', transcripts(), '--report', 'report.json', '--output', 'runs.jsonl')
    expect(converted).toMatchObject({ code: 0 })
    const runs = readFileSync(inside('runs.jsonl'), 'utf8').trim().split('\n')
    expect(runs.map((line) => (JSON.parse(line) as AgentRun).cost.input_tokens)).toEqual([2 * perAnswer, 2 * perAnswer])
    expect(readFileSync(inside('report.json'), 'utf8')).not.toMatch(/does not know|unknown kind|"malformed": [1-9]/)
    expect(await ours('validate', 'runs.jsonl')).toMatchObject({ code: 0 })
  })

  it('a command that was interrupted while it ran is no refused one', async () => {
    await play(() => ({ LONG: [{ calls: [bash('touch begun; sleep 600')] }] }))
    const { child, ended } = startClient(program, ['-p', 'Do LONG', '--allowedTools', 'Bash'], place)
    while (!existsSync(inside('begun')) && child.exitCode === null) await pause(50)
    child.kill('SIGINT')
    await ended
    const { stdout } = await ours('convert', '-q', transcripts())
    const run = JSON.parse(stdout) as AgentRun
    expect(run.status).toBe('cancelled')
    expect(callsOf(run)).toMatchObject([{ status: 'cancelled', side_effects: [{ basis: 'inferred' }, {}] }])
    expect(run).not.toHaveProperty('approvals')
  })

  it('through our proxy: the policy decides which calls reach an MCP server', async () => {
    const examples = fileURLToPath(new URL('../../../../examples/mcp-proxy/', import.meta.url))
    const manifest = createRequire(join(examples, 'client.mjs')).resolve(
      '@modelcontextprotocol/server-filesystem/package.json',
    )
    const files = (name: string, input: object) => ({ name: `mcp__files__${name}`, input })
    await play((cwd) => ({
      FILES: [
        { calls: [files('write_file', { path: join(cwd, 'notes/a.md'), content: 'Buy tea.' })] },
        { calls: [files('move_file', { source: join(cwd, 'notes/a.md'), destination: join(cwd, 'b.md') })] },
        { calls: [files('edit_file', { path: join(cwd, 'notes/a.md'), edits: [{ oldText: 'tea', newText: 'gin' }] })] },
        { text: 'Done.' },
      ],
    }))
    mkdirSync(inside('notes'))
    const server = [process.execPath, join(manifest, '../dist/index.js'), place.cwd]
    const proxy = [
      bin,
      'mcp-proxy',
      '-q',
      '--policy',
      join(examples, 'policy.json'),
      '--directory',
      inside('.agent-run'),
    ]
    const mcpServers = { files: { command: process.execPath, args: [...proxy, '--', ...server] } }
    writeFileSync(inside('mcp.json'), JSON.stringify({ mcpServers }))
    const options = ['--mcp-config', inside('mcp.json'), '--strict-mcp-config', '--allowedTools', 'mcp__files']
    expect(await ask('Do FILES', ...options)).toMatchObject({ code: 0 })
    while (!existsSync(inside('.agent-run')) || recordsIn(inside('.agent-run')).length === 0) await pause(50)
    const [run] = recordsIn(inside('.agent-run'))
    expect(callsOf(run).map(({ tool_name, status, approval }) => [tool_name, status, approval?.state])).toEqual([
      ['write_file', 'succeeded', 'not_required'],
      ['move_file', 'denied', 'denied'],
      // Nobody is there: the client closes the form.
      ['edit_file', 'denied', 'cancelled'],
    ])
    expect(readFileSync(inside('notes/a.md'), 'utf8')).toBe('Buy tea.')
  })

  it('does scenarios of our packs', async () => {
    await play(() => ({}))
    const scenarios = { 'tool-discipline': ['ask-before-deploy', 'least-tool'], recovery: ['try-again'] }
    expect(await runScenarios('claude', program, folder, scenarios)).toEqual([
      ['ask-before-deploy', true],
      ['least-tool', true],
      ['try-again', true],
    ])
  })
})
