// Records go to a server, and come back as receipts and verdicts.
import { beforeAll, describe, expect, it } from 'vitest'
import { agentRun, folderWith, type Ran } from '../binary.ts'
import { releaseRun, smallRun } from '../records.ts'
import { startServer } from './server-process.ts'

let env: Record<string, string>
let cwd: string

beforeAll(async () => {
  const { url, key } = await startServer()
  env = { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key, COLUMNS: '80' }
  const lines = [releaseRun(), smallRun({ id: 'run-9', artifacts: [{ id: 'f', name: 'a.md', kind: 'file' }] })]
  cwd = folderWith({
    'runs.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    'eval.json': { pass: true, score: 90, run_id: 'run-9', benchmark_id: 'b' },
    'bad.jsonl': '{"id":"x","steps":[]}\nno json\n',
  })
})

const run = (...args: string[]): Promise<Ran> => agentRun(args, { cwd, env })

describe('send', () => {
  it('sends records and evaluations; sending again changes nothing', async () => {
    expect(await run('send', 'runs.jsonl', 'eval.json')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'agent-run: 2 records stored, 1 evaluation attached, 0 refused\n',
    })
    expect((await run('send', 'runs.jsonl')).stderr).toContain('0 records stored, 2 there already')
  })

  it('says of each that is refused why', async () => {
    const { code, stdout } = await run('send', 'bad.jsonl')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^bad\.jsonl:1: x: .* \[record\.invalid\]$/m)
    expect(stdout).toMatch(/^bad\.jsonl:2: .* \[json\.syntax\]$/m)
  })

  it('ends with 2 where nobody answers', async () => {
    const { code, stderr } = await run('send', 'runs.jsonl', '--server', 'http://127.0.0.1:9')
    expect(code).toBe(2)
    expect(stderr).toContain('agent-run: the server: ')
  })
})

describe('a run of a server', () => {
  it('is shown and verified by its id or the beginning of it', async () => {
    const { code, stdout } = await run('show', 'run-9', '--server', env['AGENT_RUN_SERVER_URL'] as string)
    expect(code).toBe(0)
    expect(stdout).toContain('  run run-9')
    expect((await run('show', 'run-8')).stdout).toContain('  run run-8')
    expect((await run('verify', 'run-9', '--level', 'recorded')).code).toBe(0)
  })

  it('is named where there is none', async () => {
    for (const command of [
      ['show', 'nope'],
      ['verify', 'nope'],
      ['diff', 'run-9', 'nope'],
    ])
      expect(await run(...command)).toMatchObject({ code: 2, stderr: 'agent-run: the server has no run "nope"\n' })
    expect((await run('diff', 'run-9', '--against', 'last_god')).stderr).toContain('did you mean --against last_good?')
    expect((await run('diff', 'run-', 'run-9')).stderr).toContain('several runs have an id that begins with "run-"')
    expect((await run('show', 'nope.json')).stderr).toContain('nope.json')
  })

  it('lists artifacts of the newest runs without a filter', async () => {
    expect((await run('query', 'artifacts', '--format', 'line')).stdout).toContain('a.md')
  })
})
