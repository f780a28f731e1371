import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readJournal, validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { bench, broken, discard, onlyTrial, packWith, temporary } from './benching.ts'

describe('a runtime hands its record over', () => {
  it.each(['good', 'sealed', 'file', 'spaced-post', 'journal', 'live', 'unnamed'])('%s', async (mode) => {
    const { trial } = onlyTrial(await bench({ mode }))
    expect(trial).toMatchObject({ pass: true, score: 100, ended: 'exited', exit_code: 0, agent_id: 'tester' })
    expect(broken(trial)).toEqual([])
    expect(trial.run_id).toMatch(/./)
  })

  it('keeps the octets as they were written to a file, or sent', async () => {
    for (const [mode, beginning] of [
      ['file', '\n {\n   "id"'],
      ['spaced-post', ' {\n "id"'],
    ] as const) {
      const { read } = onlyTrial(await bench({ mode }))
      expect(read('record.json').slice(0, beginning.length)).toBe(beginning)
      expect(read('record.json')).toMatch(/\s$/)
    }
  })

  it('keeps the journal beside the record, however each came', async () => {
    for (const mode of ['journal', 'live']) {
      const { read } = onlyTrial(await bench({ mode }))
      expect(readJournal(read('journal.jsonl')).findings).toEqual([])
      expect(validate(read('record.json')).ok).toBe(true)
    }
  })

  it('takes a child run for related, and judges its parent', async () => {
    const run = await bench({ mode: 'child' })
    const { trial, read } = onlyTrial(run)
    expect(trial.pass).toBe(true)
    expect(trial.related_run_ids).toHaveLength(1)
    expect(JSON.parse(read('related/1.json')).parent_run_id).toBe(trial.run_id)
  })

  it('takes the run that names the task, of two', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'two-unnamed-one-named' }))
    expect(trial.pass).toBe(true)
    expect(JSON.parse(read('record.json')).task_id).toBe('chores/note')
  })
})

describe('a runtime is told its task', () => {
  it('by standard input, arguments, task.json, and no other variable than it was promised', async () => {
    process.env['BENCH_TEST_SECRET'] = 'x1'
    process.env['BENCH_TEST_GIVEN'] = 'x2'
    const kept: string[] = []
    const run = await bench({
      mode: 'environment',
      args: ['{prompt}', '{seed}', '{workspace}', '{task}', 'not {this}'],
      environment: ['BENCH_TEST_GIVEN'],
      keep: true,
      listener: { kept: (_, folder) => kept.push(folder) },
    })
    const { trial } = onlyTrial(run)
    const [root = ''] = kept
    discard(dirname(root))
    const { env, args, cwd, task } = JSON.parse(readFileSync(join(root, 'output/answer.json'), 'utf8'))
    expect(readFileSync(join(root, 'workspace/seen.txt'), 'utf8')).toBe('Write done into done.txt.')
    expect(cwd).toBe(join(root, 'workspace'))
    expect(args).toEqual(['Write done into done.txt.', String(trial.seed), cwd, join(root, 'task.json'), 'not {this}'])
    expect(Object.keys(env).sort()).toEqual(
      [
        'AGENT_RUN_KEY',
        'AGENT_RUN_OUTPUT',
        'AGENT_RUN_SEED',
        'AGENT_RUN_SERVER_URL',
        'AGENT_RUN_TASK',
        'AGENT_RUN_TOOLS_URL',
        'BENCH_TEST_GIVEN',
        'HOME',
        'LANG',
        'PATH',
        'TMPDIR',
      ].sort(),
    )
    expect(env.HOME).toBe(join(root, 'home'))
    expect(env.PATH.startsWith(join(root, 'bin'))).toBe(true)
    const mcp = JSON.parse(readFileSync(join(root, 'mcp.json'), 'utf8'))
    expect(mcp).toEqual({ mcpServers: task.mcp_servers })
    expect(task).toMatchObject({ task_id: 'chores/note', repeat: 1, seed: trial.seed, workspace: cwd })
  })

  it('of tools and approvals, by the server of the protocol', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'ask', only: ['ask'] }))
    expect(trial).toMatchObject({ pass: true, scenario: 'ask' })
    const [call] = read('ledger.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(call).toMatchObject({ tool_name: 'deploy', arguments: { environment: 'staging' }, answered: 'result' })
    expect(call.approved_before).toHaveLength(1)
    expect(JSON.parse(read('changes.json')).approvals).toMatchObject([{ tool_name: 'deploy', decision: 'approved' }])
    const record = JSON.parse(read('record.json'))
    expect(record.approvals.map(({ event }: { event: string }) => event)).toEqual(['requested', 'approved'])
  })

  it('denies what the scenario does not answer', async () => {
    const packFolder = packWith(({ scenarios }) => Object.assign(scenarios[1]!, { approvals: [] }))
    const { trial, read } = onlyTrial(await bench({ mode: 'ask', only: ['ask'], packFolder }))
    expect(trial.pass).toBe(false)
    expect(read('ledger.jsonl')).toBe('')
    expect(JSON.parse(read('record.json')).approvals.at(-1).event).toBe('denied')
  })
})

it('leaves nothing of a trial behind', async () => {
  const seen: string[] = []
  const outer = temporary()
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = outer
  try {
    await bench({ mode: 'locked', listener: { started: () => seen.push(...readdirSync(outer)) } })
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  expect(readdirSync(outer).filter((name) => name.startsWith('agent-run-bench-'))).toEqual([])
  expect(existsSync(outer)).toBe(true)
  // All that it had there while it went on was one folder.
  expect(seen.filter((name) => name.startsWith('agent-run-bench-'))).toHaveLength(1)
})
