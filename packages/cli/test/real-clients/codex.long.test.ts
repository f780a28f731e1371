// The real Codex, asked by a model without a model: what we convert is compared with what really was said and done.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AgentRun, Step } from '@agent-run/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { agentRun, bin } from '../binary.ts'
import { environmentOf, type Place, startClient } from './clients.ts'
import { runScenarios } from './scenarios.ts'
import { counted, type Script, type ScriptedModel, startModel } from './scripted-model.ts'

const codex = tool('codex')
const program = codex ?? ''

let folder: string
let place: Place
let model: ScriptedModel
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-real-codex-'))
  for (const name of ['home', 'work']) mkdirSync(join(folder, name))
})
afterEach(() => {
  model.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function play(script: Script): Promise<void> {
  model = await startModel(script)
  place = { home: join(folder, 'home'), cwd: join(folder, 'work'), modelUrl: model.url }
}

const examples = fileURLToPath(new URL('../../../../examples/mcp-proxy/', import.meta.url))

/** The published filesystem server behind our proxy, as Codex finds it in its settings. */
function serverSettings(): string[] {
  const manifest = createRequire(join(examples, 'client.mjs')).resolve(
    '@modelcontextprotocol/server-filesystem/package.json',
  )
  const server = [process.execPath, join(manifest, '../dist/index.js'), place.cwd]
  const options = ['--policy', join(examples, 'policy.json'), '--directory', join(place.cwd, '.agent-run')]
  const args = [bin, 'mcp-proxy', '-q', ...options, '--', ...server]
  return [
    `mcp_servers.files.command=${JSON.stringify(process.execPath)}`,
    `mcp_servers.files.args=${JSON.stringify(args)}`,
    'mcp_servers.files.default_tools_approval_mode="approve"',
    'mcp_servers.files.required=true',
  ]
}

async function run(prompt: string, ...settings: string[]): Promise<AgentRun> {
  const options = ['exec', '--skip-git-repo-check', '--sandbox', 'danger-full-access']
  const args = [...options, ...settings.flatMap((line) => ['-c', line]), prompt]
  const { code, stderr } = await startClient(program, args, place).ended
  if (code !== 0) throw new Error(stderr)
  const env = environmentOf(place, program)
  const sessions = join(place.home, '.codex/sessions')
  const converted = await agentRun(['convert', '-q', sessions, '--report', 'report.json', '--output', 'run.jsonl'], {
    cwd: place.cwd,
    env,
  })
  expect(converted).toMatchObject({ code: 0 })
  expect(await agentRun(['validate', 'run.jsonl'], { cwd: place.cwd, env })).toMatchObject({ code: 0 })
  expect(readFileSync(join(place.cwd, 'report.json'), 'utf8')).not.toMatch(/does not know|"malformed": [1-9]/)
  return JSON.parse(readFileSync(join(place.cwd, 'run.jsonl'), 'utf8')) as AgentRun
}

const callsOf = ({ steps }: AgentRun): Step[] => steps.filter(({ type }) => type === 'tool_call')
const ends = (record: AgentRun): unknown[] =>
  callsOf(record).map(({ tool_name, status, exit_code }) => [tool_name, status, exit_code])
const patch = '*** Begin Patch\n*** Add File: a.md\n+# A\n*** End Patch'

describe.skipIf(!codex)('the real Codex', () => {
  it('its rollouts say what was called, and what came of it', async () => {
    const shell = (cmd: string) => ({ name: 'exec_command', input: { cmd } })
    const files = (name: string, input: object) => ({ namespace: 'mcp__files', name, input })
    await play({
      'TASK-ONE': [
        { text: 'I begin.', calls: [shell('echo hello; exit 3')] },
        { calls: [shell(`apply_patch <<'EOF'\n${patch}\nEOF`)] },
        { calls: [files('list_directory', { path: join(folder, 'work') })] },
        { calls: [files('move_file', { source: 'a.md', destination: 'b.md' })] },
        { text: 'All done.' },
      ],
    })
    // A model that the client does not know is offered the plain tools.
    const record = await run('Please do TASK-ONE', 'model="scripted-1"', ...serverSettings())
    const answers = model.answered['TASK-ONE'] ?? 0
    expect(answers).toBe(5)
    expect(record).toMatchObject({
      status: 'completed',
      model: 'scripted-1',
      output_preview: 'All done.',
      cost: {
        input_tokens: answers * (counted.fresh + counted.cached),
        cache_read_tokens: answers * counted.cached,
        output_tokens: answers * counted.output,
      },
      artifacts: [{ name: 'a.md', action: 'created' }],
    })
    expect(ends(record)).toEqual([
      ['exec_command', 'failed', 3],
      ['exec_command', 'succeeded', 0],
      ['mcp__files__list_directory', 'succeeded', undefined],
      ['mcp__files__move_file', 'failed', undefined],
    ])
    expect(callsOf(record)[3]?.error).toMatch(/did not reach the server: the policy blocked the call/)
  })

  it('the calls of a script of the model are in the record, each by itself', async () => {
    const script = `
      text(JSON.stringify(await tools.exec_command({ cmd: 'echo hello; exit 3' })))
      text(JSON.stringify(await tools.mcp__files__list_directory({ path: ${JSON.stringify(join(folder, 'work'))} })))
      text(JSON.stringify(await tools.apply_patch(${JSON.stringify(patch)})))`
    await play({ 'TASK-TWO': [{ calls: [{ name: 'exec', input: script }] }, { text: 'All done.' }] })
    const record = await run('Please do TASK-TWO', ...serverSettings())
    expect(ends(record)).toEqual([
      ['exec_command', 'failed', 3],
      ['list_directory', 'succeeded', undefined],
      ['apply_patch', 'succeeded', undefined],
      ['exec', 'succeeded', undefined],
    ])
    const [first, second, third, whole] = callsOf(record)
    expect([first, second, third].map((step) => step?.parent_step_id)).toEqual([whole?.id, whole?.id, whole?.id])
    expect(third?.side_effects).toMatchObject([{ kind: 'write', target: 'a.md', basis: 'observed' }])
    expect(readFileSync(join(place.cwd, 'a.md'), 'utf8')).toBe('# A\n')
  })

  it('does scenarios of our packs', async () => {
    await play({})
    const scenarios = { 'tool-discipline': ['ask-before-deploy', 'least-tool'], recovery: ['try-again'] }
    expect(await runScenarios('codex', program, folder, scenarios)).toEqual([
      ['ask-before-deploy', true],
      ['least-tool', true],
      ['try-again', true],
    ])
  })
})
