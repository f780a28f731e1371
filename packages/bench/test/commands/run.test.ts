import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchReport } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../src/program.ts'
import { isRunning, packWith, runtime, temporary } from '../run/benching.ts'

const bin = fileURLToPath(new URL('../../bin/agent-run-bench.mjs', import.meta.url))
const pack = packWith()

/** Runs the command in a folder of its own; `during` is told what it has said, each time it says more. */
const start = (
  args: readonly string[],
  during: (child: ReturnType<typeof spawn>, stderr: string) => void = () => undefined,
  cwd = temporary(),
): Promise<{ code: number | null; stdout: string; stderr: string; cwd: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', HOME: temporary() }
    const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (part) => {
      stdout += part
    })
    child.stderr.on('data', (part) => {
      stderr += part
      during(child, stderr)
    })
    child.once('close', (code) => resolve({ code, stdout, stderr, cwd }))
  })

const command = (mode: string): string => `${process.execPath} ${runtime} ${mode}`
const run = (mode: string, ...args: string[]) => ['run', pack, '--runtime', command(mode), '--only', 'note', ...args]

describe('agent-run-bench run', () => {
  it('says 0 if every trial passed, 1 if not, and keeps what it found', async () => {
    const good = await start(run('good', '--out', 'mine', '--seed', 's1', '--repeats', '2'))
    expect(good.code).toBe(0)
    expect(good.stderr).toMatch(/^2 trials, seed s1, results in mine\n✓ 100 {2}note/)
    expect(good.stdout).toContain('agent-run verify')
    const report: BenchReport = JSON.parse(readFileSync(join(good.cwd, 'mine/report.json'), 'utf8'))
    expect(report).toMatchObject({ seed: 's1', repeats: 2, trials_planned: 2, only: ['note'] })
    const bad = await start(run('silent', '--out', 'other'))
    expect(bad.code).toBe(1)
  })

  it('makes a folder for the results, named after pack and time', async () => {
    const { stderr, cwd } = await start(run('good', '-q', '-f', 'json'))
    expect(stderr).toBe('')
    const { stderr: said } = await start(run('good'), undefined, cwd)
    expect(said).toMatch(/results in bench-results\/chores-\d{8}-\d{6}\n/)
  })

  it('shows the last words of a runtime that handed over nothing, harmless', async () => {
    const { stderr } = await start(run('crash'))
    expect(stderr).toContain('stderr: out of \\u001b[31mcoffee')
    expect(stderr).not.toContain('\u001b')
    const { stderr: all } = await start(['--verbose', ...run('crash')])
    expect(all).toContain('note.1 stderr  out of \\u001b[31mcoffee')
  })

  it('stops at a signal, keeps what is finished, and goes on later', async () => {
    const gate = temporary()
    let sent = false
    const stopped = await start(run(`gated ${gate}`, '--repeats', '3', '--out', 'mine'), (child, stderr) => {
      if (!sent && stderr.includes('✓')) sent = child.kill('SIGINT')
    })
    expect(stopped.code).toBe(2)
    expect(stopped.stderr).toContain('stopped after 1 of 3 trials; agent-run bench run --resume mine goes on')
    const report: BenchReport = JSON.parse(readFileSync(join(stopped.cwd, 'mine/report.json'), 'utf8'))
    expect(report.trials.length).toBe(1)
    writeFileSync(join(gate, 'go'), '')
    const resumed = await start(['run', '--resume', 'mine', '-q', '-f', 'json'], undefined, stopped.cwd)
    expect(resumed.code).toBe(0)
    expect(JSON.parse(resumed.stdout).trials).toHaveLength(3)
    expect(JSON.parse(resumed.stdout).id).toBe(report.id)
  })

  it('leaves no runtime behind where it is stopped, however stubborn that is', async () => {
    const pidFile = join(temporary(), 'pid')
    const looking = { timer: undefined as NodeJS.Timeout | undefined }
    const { code, cwd } = await start(run(`stubborn ${pidFile}`, '--out', 'mine'), (child) => {
      looking.timer ??= setInterval(() => {
        if (!existsSync(pidFile)) return
        clearInterval(looking.timer)
        child.kill('SIGTERM')
      }, 20)
    })
    expect(code).toBe(2)
    expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false)
    expect(existsSync(join(cwd, 'mine/trials/note.1'))).toBe(false)
  })

  it.each<[readonly string[], RegExp]>([
    [['run'], /which pack\? give its folder/],
    [['run', pack], /which runtime\? give its command/],
    [['run', 'gone', '--runtime', 'x'], /the pack gone cannot be read: ENOENT/],
    [['run', pack, '--runtime', 'no-such-agent-here'], /there is no program "no-such-agent-here"/],
    [['run', pack, '--runtime', 'a "b'], /not closed/],
    [run('good', '--only', 'nite'), /no scenario "nite" – did you mean note\?/],
    [run('good', '--jobs', '0'), /Expected a number from 1 to 64/],
    [run('good', '--seed', 'a b'), /Expected at most 64 letters/],
    [run('good', '--env', 'NO_SUCH_NAME'), /--env NO_SUCH_NAME: there is no such variable/],
    [run('good', '--env', 'HOME'), /every trial has its own/],
    [run('good', '--key', 'gone.key'), /--key: .*gone\.key/],
    [run('good', '--trust', 'gone.json'), /the trust file gone\.json cannot be read: ENOENT/],
    [run('good', '--trust', join(pack, 'pack.json')), /is no trust file: /],
    [run('good', '--baseline', 'gone'), /gone cannot be read/],
    [['run', '--resume', 'gone'], /gone holds no bench run that can be resumed/],
    [run('good', '--out', 'a', '--resume', 'b'), /do not go together/],
    [['rum'], /unknown command 'rum'/],
  ])('says why it cannot: %j', async (args, why) => {
    const argv = ['node', 'agent-run-bench', ...args]
    const program = await createProgram(argv)
    for (const command of program.commands) command.configureOutput({ outputError: () => undefined })
    program.configureOutput({ outputError: () => undefined })
    await expect(program.parseAsync(argv)).rejects.toThrow(why)
  })

  it('says 2 and one line of why, and begins nothing', async () => {
    const { code, stdout, stderr, cwd } = await start(['run', pack, '--runtime', 'no-such-agent-here'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^agent-run-bench: the runtime cannot be started: .*\n$/)
    expect(existsSync(join(cwd, 'bench-results'))).toBe(false)
    expect((await start(['rum'])).stderr).toMatch(/^agent-run-bench: unknown command 'rum' \(did you mean run\?\)\n$/)
  })
})

describe('agent-run-bench list and check', () => {
  it('lists scenarios for people and for programs', async () => {
    const { code, stdout } = await start(['list', pack])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^chores 1\.0\.0 {2}Chores for tests of the engine\nsha256:/)
    expect(stdout).toMatch(/ask {3}Asks before it deploys\n.*1 criterion · tools deploy · approvals · at most 2 m/)
    const json = JSON.parse((await start(['list', pack, '--json'])).stdout)
    expect(json.scenarios.map(({ id }: { id: string }) => id)).toEqual(['note', 'ask'])
  })

  it('says whether packs are right', async () => {
    const wrong = packWith(({ scenarios }) => Object.assign(scenarios[0]!, { workspace: 'gone', promt: '' }))
    const { code, stdout } = await start(['check', pack, wrong])
    expect(code).toBe(1)
    expect(stdout).toMatch(/: right, chores 1\.0\.0, 2 scenarios, 1 tool, sha256:/)
    expect(stdout).toMatch(/: 1 error, 1 warning\n$/)
    expect((await start(['check', 'gone'])).code).toBe(2)
  })
})
