import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { recordSession } from '../record-session/index.mjs'
import { temporaryFolder } from './temporary-folder.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = join(root, 'packages/cli/bin/agent-run.mjs')
const agentRun = (...args) => spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: 'utf8' })

it('converts, validates, shows, seals and verifies the shipped session, and ends with 0', () => {
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
  ])
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
