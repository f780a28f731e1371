import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reopenRecorder } from '@agent-run/sdk'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { agentRun, bin, folderWith } from '../binary.ts'
import { folderWithKey } from '../sealing/signed.ts'
import { isRunning, until } from '../waiting.ts'
import { newest, outOfTime, record, repositoryWith } from './recorded.ts'

const journal = (cwd: string): string =>
  join(cwd, '.agent-run', readdirSync(join(cwd, '.agent-run')).find((name) => name.endsWith('.journal')) as string)

describe('what the command does and prints', () => {
  it('is what it would be without us', async () => {
    const cwd = folderWith()
    const input = Buffer.from([0, 1, 0xff, 10, 0x1b])
    const { code, stdout, stderr } = await record(cwd, 'cat; echo problem >&2; exit 7', ['-q'], { input })
    expect({ code, stdout, stderr }).toEqual({ code: 7, stdout: input.toString(), stderr: 'problem\n' })
  })

  it('is said in a few words at the end', async () => {
    const cwd = folderWith()
    const { stdout, stderr } = await record(cwd, 'echo out; echo x > new.txt')
    expect(stdout).toBe('out\n')
    expect(stderr).toMatch(
      /^agent-run: sh -c 'echo out; echo x > new.txt' exited 0 after \d[\d.]* m?s; 1 file created\nagent-run: agent-run show \.agent-run\/[0-9a-f-]+\.json {3}not sealed \(--key seals it\)\n$/,
    )
    const { stdout: receipt } = await agentRun(['show', 'latest'], { cwd })
    expect(receipt).toMatch(/– not sealed\s+– not signed/)
  })

  it.skipIf(!tool('git'))('says that going back leaves what was created', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    expect((await record(cwd, 'echo b > a.txt')).stderr).toMatch(/to go back: git restore \S+ --worktree -- :\/\n$/)
    const { stderr } = await record(cwd, 'echo c > a.txt; echo n > new.txt')
    expect(stderr).toMatch(/ -- :\/ {3}\(what it created stays\)\n$/)
  })

  it.skipIf(!tool('python3'))('happens on the terminal, if there is one', () => {
    const cwd = folderWith()
    const script = `import os, pty, sys
status = pty.spawn(sys.argv[1:])
sys.exit(os.waitstatus_to_exitcode(status))`
    const args = [
      process.execPath,
      bin,
      'record',
      '-q',
      '--',
      'sh',
      '-c',
      'test -t 0 && test -t 1 && test -t 2 && stty size && exit 5',
    ]
    const { stdout, status } = spawnSync('python3', ['-c', script, ...args], { cwd, encoding: 'utf8', input: '' })
    expect({ stdout, status }).toMatchObject({ stdout: expect.stringMatching(/^\d+ \d+\r?\n/), status: 5 })
    expect(newest(cwd).step.exit_code).toBe(5)
  })
})

describe('how it ends', () => {
  it('with an exit code', async () => {
    const { code, run, step } = await record(folderWith(), 'exit 3')
    expect(code).toBe(3)
    expect(step).toMatchObject({
      type: 'tool_call',
      tool_name: 'exec',
      status: 'failed',
      exit_code: 3,
      error_type: 'tool_failed',
    })
    expect(run).toMatchObject({
      agent_id: 'sh',
      runtime: 'agent-run record',
      status: 'failed',
      error_type: 'tool_failed',
    })
    expect((await record(folderWith(), 'true')).run).toMatchObject({ status: 'completed' })
  })

  it.each([
    ['there is none', 'no-such-command-here', 127, 'not_found', 'no-such-command-here: command not found'],
    ['it cannot be executed', './data.txt', 126, 'permission_denied', './data.txt: cannot be executed (EACCES)'],
  ])('before it begins: %s', async (_, program, code, error_type, message) => {
    const cwd = folderWith({ 'data.txt': 'x' })
    const ran = await agentRun(['record', '--', program], { cwd })
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code, stderr: expect.stringContaining(message) })
    expect(newest(cwd)).toMatchObject({ run: { status: 'failed', error_type }, step: { exit_code: code, error_type } })
  })

  it('by a signal of its own', async () => {
    const { code, step } = await record(folderWith(), 'kill -9 $$')
    expect(code).toBe(137)
    expect(step).toMatchObject({ status: 'failed', error: 'ended by SIGKILL' })
  })

  it('by a signal that was sent to us, of which we die as well', async () => {
    const cwd = folderWith()
    const child = spawn(process.execPath, [bin, 'record', '--', 'sh', '-c', 'echo ready; exec sleep 60'], {
      cwd,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
    expect(newest(cwd)).toMatchObject({
      run: { status: 'cancelled' },
      step: { status: 'cancelled', error: 'stopped by SIGTERM' },
    })
  })

  it('in its own way, if it has one for a signal', async () => {
    const cwd = folderWith()
    const script = 'trap "echo cleaned; exit 4" TERM; echo ready; while :; do sleep 0.05; done'
    const child = spawn(process.execPath, [bin, 'record', '--', 'sh', '-c', script], {
      cwd,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const out: string[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()))
    await until(() => out.join('').includes('ready'))
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([4, null])
    expect(out.join('')).toBe('ready\ncleaned\n')
    expect(newest(cwd).step).toMatchObject({ status: 'failed', exit_code: 4 })
  })

  const counting = `import os, signal, time
seen = []
signal.signal(signal.SIGINT, lambda *_: seen.append(1))
with open('pid.tmp', 'w') as file: file.write(str(os.getppid()))
os.rename('pid.tmp', 'pid')
while not seen: time.sleep(0.05)
time.sleep(0.5)
print(len(seen), file=open('count', 'w'))`
  const terminal = `import os, pty, signal, sys, time
child, fd = pty.fork()
if child == 0: os.execvp(sys.argv[2], sys.argv[2:])
while not os.path.exists('pid'): time.sleep(0.05)
if sys.argv[1] == 'key': os.write(fd, b'\\x03')
else: os.kill(int(open('pid').read()), signal.SIGINT)
try:
  while os.read(fd, 1024): pass
except OSError: pass`
  const run = [process.execPath, bin, 'record', '-q', '--', 'python3', 'count.py']
  it.skipIf(!tool('python3')).each([
    ['was sent to us in the background of a terminal', ['kill', 'sh', '-c', 'set -m; "$@" & wait', 'sh', ...run]],
    ['comes from the terminal itself', ['key', ...run]],
  ])('with one interrupt, not two and not none, where it %s', (_, args) => {
    const cwd = folderWith({ 'count.py': counting, 'terminal.py': terminal })
    spawnSync('python3', ['terminal.py', ...args], { cwd, timeout: 110_000 })
    expect(readFileSync(join(cwd, 'count'), 'utf8')).toBe('1\n')
  })

  it('when the time is up, with all that it started', async () => {
    const cwd = folderWith()
    const { code, run, step, pid } = await outOfTime(cwd, 'sleep 61 & echo $! > pid; sleep 62')
    expect(code).toBe(124)
    expect(run).toMatchObject({ status: 'timeout', error_type: 'timeout' })
    expect(step.status).toBe('timeout')
    await until(() => !isRunning(pid))
  })
})

describe('what is recorded', () => {
  it('holds no secret of arguments and environment', async () => {
    const cwd = folderWith()
    const token = 'ghp_0123456789abcdefghij0123456789abcdef'
    const env = { MY_PASSWORD: 'correct-horse', DATABASE_URL: 'postgres://ada:pw12345@db/x', LANG: 'C', CI: 'true' }
    const { run } = await record(
      cwd,
      `: --token=${token} PASSWORD=hunter2hunter2; echo ${token} > out.txt`,
      ['--output-preview'],
      { env },
    )
    const environment = run.metadata?.environment as { values: object; names: string[] }
    expect(environment.values).toEqual({ CI: 'true', LANG: 'C' })
    expect(environment.names).toEqual(expect.arrayContaining(['DATABASE_URL', 'MY_PASSWORD', 'PATH']))
    const folder = join(cwd, '.agent-run')
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/ghp_|hunter2|correct-horse|pw12345/)
  })

  it('is sealed with a key', async () => {
    const cwd = await folderWithKey()
    const { run, stderr } = await record(cwd, 'echo x > out.txt', [
      '--key',
      'ci.key',
      '--agent',
      'release-bot',
      '--tag',
      'a',
      '--tag',
      'b',
    ])
    expect(run).toMatchObject({ agent_id: 'release-bot', tags: ['a', 'b'] })
    expect(stderr).toContain('   sealed\n')
    const path = join('.agent-run', `${run.id}.json`)
    const { code, stdout } = await agentRun(['verify', path, '--trust', 'trust.json', '--journal', journal(cwd)], {
      cwd,
    })
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('sealed by ci@example.org, completeness sealed'),
    })
  })

  it('shows the end of the output, if that is asked for', async () => {
    const { step, stdout } = await record(folderWith(), 'seq 1 2000; echo last >&2', ['--output-preview'])
    expect(stdout.split('\n')).toHaveLength(2001)
    expect(step.output_preview).toMatch(/^…\n\d+\n[\s\S]*1999\n2000\n/)
    expect(step.output_preview?.length).toBeLessThanOrEqual(2000)
    expect((await record(folderWith(), 'echo unseen')).step.output_preview).toBeUndefined()
  })

  it('says which run it is a part of', async () => {
    const cwd = folderWith()
    await record(cwd, `'${process.execPath}' '${bin}' record --directory inner -q -- true`)
    const [inner] = readdirSync(join(cwd, 'inner')).filter((name) => name.endsWith('.json'))
    const child = JSON.parse(readFileSync(join(cwd, 'inner', inner as string), 'utf8'))
    expect(child.parent_run_id).toBe(newest(cwd).run.id)
  })

  it('is in the journal if we are killed', async () => {
    const cwd = await folderWithKey()
    const child = spawn(
      process.execPath,
      [bin, 'record', '--key', 'ci.key', '--', 'sh', '-c', 'echo $$; exec sleep 60'],
      { cwd, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    const [pid] = (await once(child.stdout, 'data')) as [Buffer]
    child.kill('SIGKILL')
    await once(child, 'exit')
    process.kill(Number(pid.toString()), 'SIGKILL')
    const { recorder, interrupted } = reopenRecorder(journal(cwd))
    const run = await recorder.end({ status: 'interrupted' })
    expect(interrupted).toHaveLength(1)
    expect(run).toMatchObject({ status: 'interrupted', steps: [{ status: 'interrupted', tool_name: 'exec' }] })
  })

  it('waits in the outbox for a server that does not answer', async () => {
    const cwd = folderWith()
    const { code, stderr } = await record(cwd, 'exit 3', ['--server', 'http://127.0.0.1:9'])
    expect(code).toBe(3)
    expect(existsSync(join(cwd, '.agent-run', 'outbox'))).toBe(true)
    expect(stderr).toContain('not all could be recorded')
  })

  it('is nothing where the record cannot be written, and the command runs all the same', async () => {
    const cwd = folderWith({ '.agent-run': 'a file' })
    const { code, stdout, stderr } = await agentRun(['record', '--', 'sh', '-c', 'echo ran; exit 3'], { cwd })
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'ran\n' })
    expect(stderr).toContain('the record could not be written')
  })

  it.skipIf(!tool('linux'))('waits for no file system that makes no folders', async () => {
    const args = ['record', '--directory', '/proc/agent-run-nope/runs', '--', 'sh', '-c', 'echo ran; exit 3']
    const { code, stdout, stderr } = await agentRun(args, { cwd: folderWith() })
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'ran\n' })
    expect(stderr).toContain('its folder /proc/agent-run-nope/runs cannot be made (ENOENT)')
  })
})

describe('mistakes', () => {
  it.each([
    ['no command', [], 'which command?'],
    ['no dashes', ['ls', '-l'], "unknown option '-l'"],
    ['a word before the dashes', ['ls', '--', 'x'], 'which command?'],
    ['a time that is none', ['--timeout', 'soon', '--', 'true'], 'Expected a length of time'],
    ['a key that is not there', ['--key', 'none.key', '--', 'touch', 'ran'], 'none.key'],
  ])('%s: nothing is run', async (_, args, message) => {
    const cwd = folderWith()
    const { code, stdout, stderr } = await agentRun(['record', ...args], { cwd })
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(message) })
    expect(readdirSync(cwd)).toEqual([])
  })
})
