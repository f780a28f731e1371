import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { agentRun, folderWith } from './binary.ts'
import { smallRun } from './records.ts'

describe('on GitHub Actions', () => {
  it('annotates and writes the job summary without being asked, and results stay clean', async () => {
    const folder = folderWith({ 'sub/bad.json': smallRun({ status: 'sucess' }), 'summary.md': 'before\n' })
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_WORKSPACE: folder }
    const { code, stdout, stderr } = await agentRun(['validate', 'bad.json'], { cwd: join(folder, 'sub'), env })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^bad\.json:7:13 {2}error {2}schema\.enum/)
    expect(stdout).toContain(' ›  7 │   "status": "sucess",\n')
    expect(stderr).toMatch(
      /^::error file=sub\/bad\.json,line=7,endLine=7,col=13,endColumn=21,title=schema\.enum AR-RUN-004::status: [^\n]*\n$/,
    )
    const summary = readFileSync(join(folder, 'summary.md'), 'utf8')
    expect(summary.startsWith('before\n**agent-run validate** – 1 file: 1 error\n\n| place | severity |')).toBe(true)
  })

  it('names files from the workspace, in annotations and in SARIF alike', async () => {
    const folder = realpathSync(folderWith({ 'repo/sub/a b.json': smallRun({ status: 'sucess' }), 'out.json': '' }))
    const root = join(folder, 'repo')
    const cwd = join(root, 'sub')
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: root }
    const args = ['validate', 'a b.json', '../../out.json', '--format', 'sarif', '-q']
    const { stdout, stderr } = await agentRun(args, { cwd, env })
    expect(stderr).toContain('::error file=sub/a b.json,line=7,')
    const [run] = JSON.parse(stdout).runs
    expect(run.originalUriBaseIds).toEqual({ SRCROOT: { uri: `${pathToFileURL(root).href}/` } })
    const artifacts = run.results.map(
      ({ locations }: { locations: { physicalLocation: { artifactLocation: object } }[] }) =>
        locations[0]?.physicalLocation.artifactLocation,
    )
    expect(artifacts).toEqual([
      { uri: 'sub/a%20b.json', uriBaseId: 'SRCROOT' },
      { uri: pathToFileURL(join(folder, 'out.json')).href },
    ])
  })

  it('annotates ten errors at most, and names all of them in the log', async () => {
    const input = `${JSON.stringify(smallRun({ status: 'sucess' }))}\n`.repeat(12)
    const { stdout, stderr } = await agentRun(['validate', '-', '--format', 'line'], {
      input,
      env: { GITHUB_ACTIONS: 'true' },
    })
    expect(stdout.trimEnd().split('\n')).toHaveLength(12)
    expect(stderr.split('\n').filter((row) => row.startsWith('::error '))).toHaveLength(10)
  })

  it('annotates once if annotations are the report', async () => {
    const folder = folderWith({ 'summary.md': '' })
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') }
    const input = JSON.stringify(smallRun({ status: 'sucess' }))
    const { stdout, stderr } = await agentRun(['validate', '-', '--format', 'github', '-q'], { input, env })
    expect(stdout.split('\n').filter((row) => row.startsWith('::error '))).toHaveLength(1)
    expect(stderr).toBe('')
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('| place | severity |')
  })

  it('says so if the summary cannot be written, and ends as it would have', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '/no/such/folder/summary.md' }
    const { code, stderr } = await agentRun(['validate', '-', '-q'], { input: JSON.stringify(smallRun()), env })
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'agent-run: the job summary was not written: no such file or directory\n',
    })
  })
})

describe('colours', () => {
  const input = JSON.stringify(smallRun({ status: 'sucess' }))
  const isColoured = async (args: string[], env: Record<string, string>): Promise<boolean> =>
    (await agentRun(['validate', '-', '-f', 'line', ...args], { input, env })).stdout.includes(
      '\u001b[31merror\u001b[39m',
    )

  it('follow --color, NO_COLOR and FORCE_COLOR, in this order', async () => {
    expect(await isColoured([], {})).toBe(false)
    expect(await isColoured([], { FORCE_COLOR: '1' })).toBe(true)
    expect(await isColoured([], { FORCE_COLOR: '0' })).toBe(false)
    expect(await isColoured([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false)
    expect(await isColoured([], { FORCE_COLOR: '1', NO_COLOR: '' })).toBe(true)
    expect(await isColoured(['--color'], { NO_COLOR: '1' })).toBe(true)
    expect(await isColoured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false)
  })
})
