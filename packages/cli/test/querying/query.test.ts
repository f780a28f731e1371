import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runParameters } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { filterOptions } from '../../src/commands/query-options.ts'
import { agentRun, folderWith, type Ran } from '../binary.ts'
import { smallRun } from '../records.ts'
import { bad, files } from './archive.ts'

const folder = folderWith(files)
const query = (...args: string[]): Promise<Ran> => agentRun(['query', ...args], { cwd: folder })

/** Ids that a question lists, in their order. */
const ids = async (...args: string[]): Promise<string[]> => {
  const { stdout, code } = await query(...args, '.')
  expect([0, 1]).toContain(code)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] as string)
}

describe("the operator's five questions", () => {
  it('which runs wrote files', async () => {
    const { stdout, code } = await query('--side-effect', 'write', '--format', 'pretty', '.')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^1 run that wrote files\n/)
    expect(stdout).toContain('write src/index.ts (2×), CHANGELOG.md')
    expect(stdout).toContain('1 further run executed commands, which can write files too: --side-effect exec')
  })

  it('which runs had calls denied, by whom', async () => {
    expect(await ids('--approval', 'denied')).toEqual(['run-8', 'run-1'])
    expect(await ids('--approval', 'denied:person')).toEqual(['run-1'])
    expect(await ids('--approval', 'denied:policy')).toEqual(['run-8'])
    const { stdout } = await query('--approval', 'denied', '--format', 'pretty', '.')
    expect(stdout).toContain('Bash "rm -rf dist" – denied by guard no-rm')
    expect(stdout).toContain('denied by Ada, 00:01:30, waited 30 s, "not today"')
  })

  it('which runs used an MCP server, which were only offered it', async () => {
    expect(await ids('--mcp-server', 'github')).toEqual(['run-8.1'])
    expect(await ids('--mcp-mounted', 'github')).toEqual(['run-8'])
    expect(await ids('--mcp-server', 'filesystem')).toEqual([])
  })

  it('every artifact of a turn, those of child runs that name none included', async () => {
    const { stdout, code } = await query('artifacts', '--turn', 't-8', '.', '--format', 'json')
    expect(code).toBe(0)
    const { artifacts } = JSON.parse(stdout) as { artifacts: { run_id: string; artifact: { name: string } }[] }
    expect(artifacts.map(({ run_id, artifact }) => `${run_id} ${artifact.name}`)).toEqual([
      'run-8.1 review.md',
      'run-8 dist/pkg.tgz',
    ])
    expect((await query('artifacts', '--turn-id', 't-8', '.')).stdout).toMatch(/^review\.md\t.*\ndist\/pkg\.tgz\t/)
    expect((await query('artifacts', '--turn', 't-7', '.')).code).toBe(1)
  })
})

describe('filters', () => {
  it('are those of core, by the same names and with the same values', () => {
    expect(filterOptions.map(([name, , values]) => [name, values])).toEqual(
      runParameters.map(({ name, values }) => [name, values]),
    )
  })

  it('must all hold, and list the newest first', async () => {
    expect(await ids()).toEqual(['run-8.1', 'run-8', 'run-7', 'run-1'])
    expect(await ids('--tag', 'review', '--tag', 'nightly')).toEqual(['run-8.1'])
    expect(await ids('--tag', 'review', '--tag', 'other')).toEqual([])
    expect(await ids('--agent', 'release-bot', '--status', 'completed')).toEqual(['run-7', 'run-1'])
    expect(await ids('--since', '2026-11-20', '--until', '2026-11-20T15:03:00+01:00')).toEqual(['run-8'])
    expect(await ids('--target', 'src/index.ts')).toEqual(['run-8'])
    expect(await ids('--parent', 'run-8')).toEqual(['run-8.1'])
    expect(await ids('--since', '1m')).toEqual([])
  })

  it('that cannot be meant are refused with the reason', async () => {
    for (const [args, message] of [
      [['--status', 'sucess'], /Allowed choices are pending/],
      [['--since', 'tuesday'], /--since: the value is no time/],
      [['--side-effect', 'Write!'], /--side-effect: the value is of no form/],
      [['--turn', 'a', '--turn-id', 'b'], /--turn-id is given twice/],
      [['--model', 'a', '--model', 'b'], /given once/],
      [['--status', 'failed', '--status', 'failed'], /given once/],
      [['--side-efect', 'write'], /did you mean --side-effect/i],
      [['artifacts', '--tag', 'x'], /artifacts has no option --tag/],
      [['artifacts', '--tagg', 'x'], /unknown option '--tagg'/],
      [['--tag', 'x', 'artifacts'], /artifacts has no option --tag/],
      [['--server', 'http://127.0.0.1:1', '--trust', 'x'], /--trust is for files/],
      [['--server', 'ftp://x'], /url is no address/],
    ] as const) {
      const inputs = args.includes('--server' as never) ? [] : ['.']
      const { code, stderr, stdout } = await query(...args, ...inputs)
      expect(stderr).toMatch(message)
      expect([code, stdout]).toEqual([2, ''])
    }
  })
})

describe('answers', () => {
  it('are what a server answers, as JSON and as lines of it', async () => {
    const { stdout } = await query('--side-effect', 'write', '.', '--format', 'json')
    const page = JSON.parse(stdout) as { runs: { id: string; effects: object }[]; also_executed: number }
    expect(page.also_executed).toBe(1)
    expect(page.runs).toHaveLength(1)
    expect(page.runs[0]).toMatchObject({ id: 'run-8', level: 'recorded', sealed: false, effects: { write: 3 } })
    const lines = (await query('.', '--format', 'ndjson')).stdout.trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['run-8.1', 'run-8', 'run-7', 'run-1'])
  })

  it('come in Markdown', async () => {
    const { stdout } = await query('--approval', 'denied:policy', '.', '--format', 'markdown')
    expect(stdout).toMatch(/^\*\*1 run that had calls denied by a policy\*\*\n\n- ✗ \*\*run-8\*\* failed/)
  })

  it('are cut at --limit, and say so', async () => {
    const { stdout, stderr } = await query('.', '--limit', '1')
    expect(stdout).toMatch(/^run-8\.1\t/)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('1 are listed, 3 more: --limit, --all')
  })

  it('list a record once that is there twice, and both of two that share an id', async () => {
    const cwd = folderWith({
      'a.json': bad,
      'b.jsonl': `${JSON.stringify(bad)}\n${JSON.stringify({ ...bad, outcome: 'partial' })}\n`,
    })
    const lines = (await agentRun(['query', '.'], { cwd })).stdout.trim().split('\n')
    expect(lines.map((line) => line.split('\t').slice(0, 3))).toEqual([
      ['run-8', 'failed', 'failed'],
      ['run-8', 'failed', 'partial'],
    ])
    expect((await agentRun(['query', '.', '--format', 'pretty'], { cwd })).stdout).toMatch(/^2 runs, newest first/)
  })

  it('end with 1 where nothing was found and with 2 where something could not be looked at', async () => {
    expect((await query('--tool', 'none', '.')).code).toBe(1)
    const broken = folderWith({ 'a.json': bad, 'b.json': { ...bad, status: 'sucess' }, 'c.jsonl': '{"id":' })
    const { code, stdout, stderr } = await agentRun(['query', '.'], { cwd: broken })
    expect(code).toBe(2)
    expect(stdout).toMatch(/^run-8\t/)
    expect(stderr).toContain('2 invalid records were left out')
    expect(await agentRun(['query', 'absent.json'], { cwd: broken })).toMatchObject({ code: 2, stdout: '' })
    expect((await agentRun(['query', '.'], { cwd: folderWith({ 'package.json': {} }) })).code).toBe(2)
  })

  it('look in .agent-run without being told, and nowhere else', async () => {
    const here = folderWith()
    expect(await agentRun(['query'], { cwd: here })).toMatchObject({ code: 2, stdout: '' })
    mkdirSync(join(here, '.agent-run'))
    writeFileSync(join(here, '.agent-run', 'x.json'), JSON.stringify(bad))
    expect((await agentRun(['query'], { cwd: here })).stdout).toMatch(/^run-8\t/)
  })
})

describe('the other lists', () => {
  it('a kind of effect that is nearly a registered one is remarked on', async () => {
    expect((await query('--side-effect', 'wriet', '.')).stderr).toContain('did you mean write?')
    expect((await query('--side-effect', 'acme:rollout', '.')).stderr).not.toContain('did you mean')
  })

  it('a time is asked for in the words of the help', async () => {
    const { stderr } = await query('--since', 'yesterday', '.')
    expect(stderr).toContain('expected 2026-11-20T14:00:00Z, a day (2026-11-20), or so long ago (30m, 24h, 7d, 2w)')
  })

  it('approvals: where each stands, who decided, how long it took', async () => {
    const { stdout } = await query('approvals', '--state', 'denied', '.', '--format', 'pretty')
    expect(stdout).toContain(
      [
        '1 approval that is denied',
        '',
        'denied  Bash',
        '  release-bot · asked 2025-01-01 00:01:00 UTC',
        '  denied by Ada (as recorded), 2025-01-01 00:01:30 UTC, after 30 s, "not today"',
        '  run run-1 · approval ap',
      ].join('\n'),
    )
    expect((await query('approvals', '--tool', 'Bash', '.')).stdout).toMatch(/^a1\tapproved\t.*\nap\tdenied\t/)
    expect((await query('approvals', '--state', 'requested', '.')).code).toBe(1)
  })

  it('mcp-servers: those that steps ran on', async () => {
    expect((await query('mcp-servers', '.')).stdout).toBe('github\trun-8.1\t2026-11-20T14:04:00.000000000Z\n')
  })

  it('leaderboard: what is unknown is not zero', async () => {
    const { stdout } = await query('leaderboard', '--by', 'model', '.', '--format', 'json')
    expect(JSON.parse(stdout)).toEqual({
      by: 'model',
      groups: [
        {
          benchmark_id: 'bench',
          group: 'claude-sonnet-4-5',
          runs: 1,
          passed: 1,
          mean_score: 80,
          cost_known: 0,
          duration_known: 0,
        },
      ],
    })
  })
})

describe('hostile records', () => {
  const evil = '\u001b[31m\u202e\u0007::error::\n\t|'
  const hostile = smallRun({
    id: evil,
    agent_id: `__proto__${evil}`,
    model: evil,
    tags: ['__proto__'],
    steps: [
      {
        id: 's1',
        type: 'tool_call',
        status: 'succeeded',
        started_at: null,
        ended_at: null,
        tool_name: evil,
        mcp_server: evil,
        side_effects: [{ kind: 'write', target_kind: 'file', target: evil.repeat(50) }],
      },
    ],
    artifacts: [{ id: 'x', name: evil }],
  })
  const cwd = folderWith({ 'x.json': hostile })

  it.each(['pretty', 'line', 'json', 'ndjson', 'markdown'])('never reach a terminal as %s', async (format) => {
    for (const args of [['--side-effect', 'write'], ['artifacts'], ['mcp-servers'], ['--mcp-server', evil]]) {
      const { stdout, code } = await agentRun(['query', ...args, '.', '--format', format], { cwd })
      expect(code).toBe(0)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout).not.toMatch(/[\u001b\u202e\u0007]/)
      expect(stdout).not.toMatch(/^::/m)
      if (format === 'line') expect(stdout.trim().split('\n')).toHaveLength(1)
    }
  })

  it('are found by names that programs stumble over', async () => {
    expect((await agentRun(['query', '--tag', '__proto__', '.'], { cwd })).code).toBe(0)
    expect((await agentRun(['query', '--tag', 'constructor', '.'], { cwd })).code).toBe(1)
  })
})
