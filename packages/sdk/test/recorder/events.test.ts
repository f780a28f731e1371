import { readFileSync } from 'node:fs'
import { readJournal } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { CallRefused, createRecorder } from '../../src/index.ts'
import { nodeFileSystem } from '../../src/journal-file/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

it('records questions, compactions, errors, changes, a pause, and what others decided', async () => {
  const { options, faults } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a', tools: [{ name: 't' }] }, options)
  const answer = await run.step('input_request', { role: 'user', input: 'Which branch?' }, () => 'main')
  await run.step('compaction', { input: 'long', output: 'short' }, () => undefined)
  const error = new Error('no space')
  await expect(run.step('other', {}, () => Promise.reject(error))).rejects.toBe(error)
  run.note('config_change', { input: 'model: m → n' })
  run.note('error', { error: 'the runtime lost its connection', error_type: 'network', status: 'failed' })
  run.pause()
  run.resume()
  const decision = run.decision({ verdict: 'warn', boundary: 'model_output', decider: { kind: 'classifier' } })
  await run.toolCall({ tool_name: 't', permission: 'READ_ONLY', attempt: 1 }, (_, step) => {
    step.add({ exit_code: 0, state_version: 'v2' })
    step.effect({ kind: 'schedule', target_kind: 'calendar', target: 'tomorrow' })
  })
  run.artifact({ name: 'report', kind: 'report', content: { digest: `sha256:${'0'.repeat(64)}`, size: 9 } })
  const record = await run.end({
    outcome: 'partial',
    recovery: { rollback: { state: 'available', how: 'git revert' } },
  })
  expect(answer).toBe('main')
  expect(faults).toEqual([])
  expectSound(run, record)
  expect(record.steps.map(({ type, status }) => [type, status])).toEqual([
    ['input_request', 'succeeded'],
    ['compaction', 'succeeded'],
    ['other', 'failed'],
    ['config_change', 'succeeded'],
    ['error', 'failed'],
    ['tool_call', 'succeeded'],
  ])
  expect(record.steps[0]).toMatchObject({ input_preview: 'Which branch?', output_preview: 'main' })
  expect(record.steps[1]).toMatchObject({ output_preview: 'short' })
  expect(record.steps[5]).toMatchObject({
    exit_code: 0,
    state_version: 'v2',
    permission: 'READ_ONLY',
    side_effects: [{ kind: 'schedule', basis: 'observed', target: 'tomorrow' }],
  })
  expect(record.policy_decisions?.[0]?.id).toBe(decision)
  const types = readJournal(readFileSync(run.journalPath!)).lines.map(({ type }) => type)
  expect(types.slice(0, 2)).toEqual(['run.started', 'step.started'])
  expect(types.filter((type) => type.startsWith('run.'))).toEqual([
    ...['run.started', 'run.paused', 'run.resumed', 'run.updated', 'run.sealed'],
  ])
})

describe('side effects of a call', () => {
  const effects = async (tool: string, args: unknown, more: object = {}) => {
    const { options } = setUp({ cwd: '/repo' })
    const run = createRecorder({ agent_id: 'a' }, options)
    await run.toolCall({ tool_name: tool, arguments: args, ...more }, () => 1)
    const record = await run.end()
    expectSound(run, record)
    return record.steps[0]?.side_effects?.map(({ kind, target, basis }) => [kind, target, basis])
  }

  it('are concluded from tool and arguments', async () => {
    expect(await effects('Bash', { command: 'npm test > out.txt' })).toEqual([
      ['exec', 'npm test > out.txt', 'inferred'],
      ['write', 'out.txt', 'inferred'],
    ])
    expect(await effects('write_file', { path: 'src/a.ts' })).toEqual([['write', 'src/a.ts', 'inferred']])
    expect(await effects('fetch_page', { url: 'https://example.org/a' })).toEqual([
      ['network', 'https://example.org/a', 'inferred'],
    ])
    expect(await effects('create_issue', { title: 'x' }, { mcp_server: 'github' })).toMatchObject([
      ['write', 'github', 'inferred'],
    ])
  })

  it('are those that the caller declares', async () => {
    expect(await effects('Bash', { command: 'ls' }, { side_effects: [{ kind: 'none' }] })).toEqual([
      ['none', undefined, 'declared'],
    ])
  })

  it('are not recorded where nothing is known, since that is not none', async () => {
    expect(await effects('calculate', { a: 1 })).toBeUndefined()
  })
})

it('waits for the disk after every head, also without a key', async () => {
  let syncs = 0
  const files = { ...nodeFileSystem, syncLater: async () => void syncs++ }
  const { options } = setUp({ files, headEvery: 2 })
  const run = createRecorder({ agent_id: 'a' }, options)
  for (let n = 0; n < 4; n++) await run.toolCall({ tool_name: 't', arguments: { n } }, () => n)
  expect(syncs).toBe(2)
  expectSound(run, await run.end())
})

it('lets no guarded call through after the end, since it cannot be asked about', async () => {
  const { options } = setUp({ policy: () => ({ verdict: 'allow' }) })
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.end()
  await expect(run.toolCall({ tool_name: 't' }, () => 1)).rejects.toBeInstanceOf(CallRefused)
})
