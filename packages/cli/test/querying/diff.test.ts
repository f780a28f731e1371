import { describe, expect, it } from 'vitest'
import { agentRun, folderWith, type Ran } from '../binary.ts'
import { smallRun } from '../records.ts'
import { files, good } from './archive.ts'

const folder = folderWith(files)
const diff = (...args: string[]): Promise<Ran> => agentRun(['diff', ...args], { cwd: folder })

describe('agent-run diff', () => {
  it('compares a run with the last good one, and says which that is and why', async () => {
    const { stdout, code, stderr } = await diff('run-8.json', '--against', 'last_good', '.', '--format', 'pretty')
    expect([code, stderr]).toEqual([1, ''])
    const places = [
      'before  ✓ completed  run-7 (last good: same task)',
      'after   ✗ failed  run-8',
      'Configuration',
      '~ model  claude-opus-4-1 → claude-sonnet-4-5',
      '~ policy repo-write  version 3 → version 4',
      'What came of it',
      '~ status  completed → failed',
      'What it took',
      'What changed outside',
      '+ write src/index.ts',
      'They part',
      'Steps  ',
      'Not listed',
    ].map((line) => stdout.indexOf(line))
    expect(places).not.toContain(-1)
    expect(stdout.split('\n').length).toBeLessThanOrEqual(64)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('takes files, ids and beginnings of ids', async () => {
    const byFiles = await diff('run-7.json', 'run-8.json', '--format', 'json')
    expect(JSON.parse(byFiles.stdout)).toMatchObject({
      run_id: 'run-8',
      against: 'run-7',
      same: false,
      alignment: 'exact',
    })
    expect((await diff('run-7', 'run-8', '.', '--format', 'json')).stdout).toBe(byFiles.stdout)
    expect((await diff('run-8', '--against', 'run-7', '.', '--format', 'json')).stdout).toBe(byFiles.stdout)
    expect((await diff('run-7', 'run-8.json', '.', '--format', 'json')).stdout).toBe(byFiles.stdout)
  })

  it('ends with 0 for the same, 1 for a difference, 2 where nothing can be compared', async () => {
    expect(await diff('run-8.json', 'run-8.json', '--format', 'pretty')).toMatchObject({ code: 0 })
    expect((await diff('run-8.json', 'run-8.json', '--format', 'pretty')).stdout).toContain('✓ no difference')
    expect((await diff('run-7.json', 'run-8.json')).code).toBe(1)
    for (const [args, message] of [
      [['run-8.json'], /name the other run, or --against last_good/],
      [['run-8.json', 'run-9', '.'], /there is no file and no run "run-9"/],
      [['run-8', 'run', '.'], /several runs have an id that begins with "run"/],
      [['older/some.jsonl', 'run-8.json'], /holds several records/],
      [['run-7.json', 'run-8.json', '.'], /expected nothing more to look in/],
      [['run-8', '--against', 'last_good', '-'], /can be read once/],
      [['run-7.json', 'run-8.json', '--server', 'http://127.0.0.1:1'], /nothing to ask a server/],
      [['run-7', 'run-8', '.', '--server', 'http://127.0.0.1:1'], /expected one of them/],
      [['package.json', 'run-8.json'], /there is no record here/],
    ] as const) {
      const { code, stderr } = await diff(...args)
      expect(stderr).toMatch(message)
      expect(code).toBe(2)
    }
  })

  it('says that no last good run is known', async () => {
    const { stdout, code } = await diff('run-7', '--against', 'last_good', '.', '--format', 'pretty')
    expect(code).toBe(2)
    expect(stdout).toContain('No last good run is known')
    const json = await diff('run-7', '--against', 'last_good', '.', '--format', 'json')
    expect(JSON.parse(json.stdout)).toMatchObject({ run_id: 'run-7', against: null })
  })

  it('looks for the last good run in standard input, too', async () => {
    const { stdout, code } = await agentRun(['diff', 'run-8.json', '--against', 'last_good', '-', '--format', 'json'], {
      cwd: folder,
      input: JSON.stringify(good),
    })
    expect([code, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ against: 'run-7', criterion: 'task' })])
  })

  it('is offered by the receipt of a run that went wrong, where the last good one is shown as well', async () => {
    const { stdout } = await agentRun(['show', 'run-7.json', 'run-8.json'], { cwd: folder, env: { COLUMNS: '160' } })
    expect(stdout).toMatch(
      /last good run run-7 \(same task\): \d+ differences → agent-run diff run-8 --against last_good …/,
    )
    expect(stdout.match(/last good run/g)).toHaveLength(1)
    expect((await agentRun(['show', 'run-8.json'], { cwd: folder })).stdout).not.toContain('last good run')
  })

  it('gives lines for programs, one a difference', async () => {
    const lines = (await diff('run-7.json', 'run-8.json')).stdout.trim().split('\n')
    expect(lines[0]).toBe('configuration\t~\tmodel\t–\tclaude-opus-4-1\tclaude-sonnet-4-5')
    expect(new Set(lines.map((line) => line.split('\t')[0]))).toEqual(
      new Set(['configuration', 'step', 'result', 'effect', 'cost']),
    )
  })

  it('comes in Markdown', async () => {
    const { stdout } = await diff('run-7.json', 'run-8.json', '--format', 'markdown')
    expect(stdout).toMatch(/^- \*\*before\*\* ✓ completed {2}run-7/)
    expect(stdout).toContain('**Configuration**\n\n- `~` model')
  })

  it('shows nothing that a terminal would obey', async () => {
    const evil = '\u001b[31m\u202e::error::'
    const cwd = folderWith({
      'a.json': smallRun({ model: evil, policies: [{ id: `__proto__${evil}` }], error: evil }),
      'b.json': smallRun({
        id: evil,
        steps: [
          { id: evil, type: 'tool_call', started_at: null, tool_name: `${evil}\n::error::`, input_preview: evil },
        ],
      }),
    })
    for (const format of ['pretty', 'line', 'json', 'markdown']) {
      const { stdout, code } = await agentRun(['diff', 'a.json', 'b.json', '--format', format], { cwd })
      expect(code).toBe(1)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout).not.toMatch(/[\u001b\u202e]/)
      expect(stdout).not.toMatch(/^\s*::/m)
    }
  })

  it('refuses to replace what it reads', async () => {
    const { code, stderr } = await diff('run-7.json', 'run-8.json', '--output', 'run-8.json')
    expect([code, stderr]).toEqual([2, expect.stringContaining('give --output another file')])
  })
})
