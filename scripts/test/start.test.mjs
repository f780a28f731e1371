import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { recordSession } from '../record-session/index.mjs'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = join(root, 'packages/cli/bin/agent-run.mjs')
const agentRun = (...args) => spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: 'utf8' })

it('converts, validates, shows, seals, verifies, sends and queries the shipped session, and ends with 0', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/start.mjs'], { cwd: root, encoding: 'utf8' })
  expect(stderr).not.toContain('at file:')
  expect(status).toBe(0)
  const commands = stdout.split('\n').filter((line) => line.startsWith('$ npx agent-run '))
  expect(commands.map((line) => line.split(' ')[3])).toEqual([
    'convert',
    'validate',
    'show',
    'keygen',
    'seal',
    'verify',
    'query',
    'query',
    'query',
  ])
  expect(stdout).toContain('5 of 5 records stored; each was acknowledged by its digest')
  const answers = stdout.slice(stdout.indexOf('records stored'))
  for (const found of [
    '3 runs that wrote files',
    'src/section.js',
    'Bash "npm publish" – denied by a person',
    'sha256:',
  ])
    expect(answers).toContain(found)
  for (const name of ['src/parse.js', 'CHANGELOG.md', 'rm -rf tmp', 'npm publish', 'npm test', 'me@example.org'])
    expect(stdout).toContain(name)
})

it('says of a new recording that tokens are unknown, which calls were denied and what was written', async () => {
  const folder = temporaryFolder()
  const session = await recordSession(folder)
  const { status, stdout } = agentRun('convert', '--from', 'claude-code', join(folder, `${session}.jsonl`))
  expect(status).toBe(0)
  const runs = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const turns = runs.filter(({ parent_run_id }) => parent_run_id === undefined)
  const steps = runs.flatMap((run) => run.steps)

  expect(turns.length).toBe(4)
  expect(runs.length).toBe(5)
  expect(new Set(runs.map(({ session_id }) => session_id))).toEqual(new Set([session]))
  for (const { cost } of runs) expect([cost.input_tokens, cost.output_tokens]).toEqual([null, null])
  const denied = steps.filter(({ status }) => status === 'denied').map(({ tool_name }) => tool_name)
  expect(denied).toEqual(['Bash', 'Bash'])
  const written = new Set(runs.flatMap(({ artifacts = [] }) => artifacts.map(({ name }) => name)))
  expect([...written]).toEqual(expect.arrayContaining(['src/parse.js', 'src/value.js', 'CHANGELOG.md']))
  const again = spawnSync(process.execPath, [bin, 'validate', '-'], { cwd: root, encoding: 'utf8', input: stdout })
  expect(again.status, again.stdout).toBe(0)
})

/** Runs `npm start -- --serve` until it has shown its first screen, does something, and stops it. */
const whileServing = async (options, work) => {
  const store = `sqlite:${join(temporaryFolder(), 'runs.db')}`
  const child = spawn(process.execPath, ['scripts/start.mjs', '--serve', '--port', '0', '--store', store, ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    screen += text
  })
  try {
    while (!screen.includes('Ctrl-C') && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20))
    await work(screen)
  } finally {
    child.kill('SIGTERM')
  }
  return ended
}

it('serves until it is stopped, and shows its key once', async () => {
  const [code] = await whileServing([], async (screen) => {
    const [, url] = /agent-run server on (http:\S+)/.exec(screen)
    const [, key] = /key +(ark_\S+)/.exec(screen)
    expect((await fetch(`${url}/api/v1/runs`, { headers: { 'X-API-Key': key } })).status).toBe(200)
  })
  expect(code).toBe(0)
})

it.skipIf(!tool('curl'))('shows three curl lines that work as printed', async () => {
  await whileServing([], async (screen) => {
    const lines = screen.split('\n').filter((line) => line.trim().startsWith('curl '))
    const answers = lines.map((line) => {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      return JSON.parse(stdout)
    })
    const [receipt, { runs }, record] = answers
    expect(lines.length).toBe(3)
    expect(receipt).toMatchObject({ id: 'hello-1', etag: expect.stringMatching(/^sha256:/) })
    expect(runs.map(({ id }) => id)).toEqual(['hello-1'])
    expect(record.steps[0].side_effects[0].target).toBe('hello.txt')
  })
})
