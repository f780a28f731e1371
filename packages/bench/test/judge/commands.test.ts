import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/judge/index.ts'
import { isRunning } from '../run/benching.ts'
import { judged, makePlace, makeTrial, options, outcomeOf, type TrialParts, write } from './trial.ts'

const node = (script: string): string[] => ['node', '-e', script]
const exists = (path: string): string[] =>
  node(`process.exit(require('node:fs').existsSync(${JSON.stringify(path)}) ? 0 : 1)`)

describe('command', () => {
  it.each([
    [{ command: node('') }, true, 'node -e  ended with exit code 0'],
    [
      { command: node('process.exit(3)') },
      false,
      'node -e process.exit(3) ended with exit code 3; expected exit code 0',
    ],
    [{ command: node('process.exit(3)'), exit_code: 3 }, true, 'node -e process.exit(3) ended with exit code 3'],
    [{ command: ['no-such-program'] }, false, 'no-such-program could not be started (ENOENT); expected exit code 0'],
    [
      { command: node('process.kill(process.pid, "SIGTERM")') },
      false,
      'node -e process.kill(process.pid, "SIGTERM") was ended by SIGTERM; expected exit code 0',
    ],
  ])('%j', async (criterion, pass, label) => {
    expect(await outcomeOf({ kind: 'command', ...criterion })).toMatchObject({ pass, label })
  })

  it('ends one that takes too long', async () => {
    expect(
      await outcomeOf({ kind: 'command', command: node('setInterval(() => {}, 1000)'), timeout_ms: 300 }),
    ).toMatchObject({ pass: false, metadata: { error_type: 'timeout' } })
  })

  it('ends all that it started', async () => {
    // It is ended by what it prints: then, and only then, what it started is there.
    const pidFile = join(makePlace(), 'pid')
    const child = "require('node:child_process').spawn('sleep', ['100000'], { detached: true, stdio: 'ignore' })"
    const command = node(
      `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(${child}.pid)); for (;;) require('node:fs').writeSync(1, 'x'.repeat(65536))`,
    )
    expect(await outcomeOf({ kind: 'command', command })).toMatchObject({ pass: false })
    expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false)
  })

  it('ends one that prints without end', async () => {
    const command = node('for (;;) require("node:fs").writeSync(1, "x".repeat(65536))')
    expect((await outcomeOf({ kind: 'command', command, timeout_ms: 600_000 })).label).toMatch(
      /printed, wrote or started too much/,
    )
  })

  it('ends one that writes or starts without end', async () => {
    const limits = { ...makeTrial().limits, workspace_bytes: 1e6, processes: 10 }
    const writes = node('setInterval(() => require("node:fs").appendFileSync("flood", "x".repeat(65536)), 5)')
    const starts = node(
      'for (let n = 0; n < 20; n++) require("node:child_process").spawn("sleep", ["60"], { detached: true }); setInterval(() => {}, 1000)',
    )
    for (const command of [writes, starts])
      expect(
        await outcomeOf({ kind: 'command', command, timeout_ms: 600_000 }, { evidence: { limits } }),
      ).toMatchObject({ pass: false, metadata: { error_type: 'budget_exceeded' } })
  })

  it('copies no workspace that is larger than it may be, whatever is in it', async () => {
    const disturb: TrialParts['disturb'] = ({ workspace }) => {
      write(workspace, { endless: '' })
      truncateSync(join(workspace, 'endless'), 2 ** 42)
    }
    expect(await outcomeOf({ kind: 'command', command: node('') }, { disturb })).toMatchObject({
      pass: false,
      label: 'the workspace could not be prepared for node -e  (EFBIG)',
    })
  })

  it('sees nothing of what a recorder keeps in the workspace', async () => {
    const files = { '.agent-run/helps.js': '', 'src/.agent-run/other.js': '' }
    expect(await outcomeOf({ kind: 'command', command: exists('.agent-run/helps.js') }, { files })).toMatchObject({
      pass: false,
    })
    expect(await outcomeOf({ kind: 'command', command: exists('src/.agent-run/other.js') }, { files })).toMatchObject({
      pass: true,
    })
  })

  it('is not met by a program that ends well before it has said so', async () => {
    const command = node("require('./code.js'); console.log('all of it held')")
    const asked = { kind: 'command' as const, command, contains: ['all of it held'] }
    expect(await outcomeOf(asked, { files: { 'code.js': '' } })).toMatchObject({ pass: true })
    expect(await outcomeOf(asked, { files: { 'code.js': 'process.exit(0)' } })).toMatchObject({
      pass: false,
      label: expect.stringMatching(/^what node -e .* printed lacks "all of it held"$/),
    })
  })

  it('hands the end of what was printed to people, and puts none of it into the eval', async () => {
    const say = node('console.log("x".repeat(100_000) + "the last words"); console.error("and why"); process.exit(1)')
    const { printed, ...rest } = await judged({ criteria: [{ name: 'tests pass', kind: 'command', command: say }] })
    const text = new TextDecoder().decode(printed)
    expect(text.startsWith('# tests pass\nxxx')).toBe(true)
    expect(text.endsWith('the last words\nand why\n\n')).toBe(true)
    expect(text.length).toBeLessThan(70_000)
    expect(JSON.stringify(rest.eval)).not.toContain('xxx')
    expect(await judged({ criteria: [{ name: 'quiet', kind: 'command', command: node('') }] })).not.toHaveProperty(
      'printed',
    )
  })

  it('is stopped together with the bench', async () => {
    const trial = makeTrial({
      criteria: [{ name: 'rule', kind: 'command', command: node('setInterval(() => {}, 1000)') }],
    })
    const { criteria } = await judge(trial, { ...options, stopped: AbortSignal.abort() })
    expect(criteria[0]?.label).toMatch(/was stopped together with the bench$/)
  })

  it('gets the environment that it is given, and a home of its own', async () => {
    process.env.BENCH_TEST_SECRET = 'token'
    const names = 'Object.keys(process.env).filter((name) => !/^(PATH|HOME|TMPDIR|__CF|SystemRoot)/.test(name)).length'
    expect((await outcomeOf({ kind: 'command', command: node(`process.exit(${names})`) })).pass).toBe(true)
    const home = `process.exit(process.env.HOME === ${JSON.stringify(process.env.HOME)} || require('node:fs').readdirSync(process.env.HOME).length)`
    expect((await outcomeOf({ kind: 'command', command: node(home) })).pass).toBe(true)
    delete process.env.BENCH_TEST_SECRET
  })

  it('works in a copy: the evidence stays as it was, and nothing is left behind', async () => {
    const command = node('require("node:fs").writeFileSync("a.js", "gone")')
    const trial = makeTrial({
      fixture: { 'a.js': 'as it was' },
      criteria: [{ name: 'rule', kind: 'command', command }],
    })
    expect((await judge(trial, options)).criteria[0]?.pass).toBe(true)
    expect(readFileSync(join(trial.workspace, 'a.js'), 'utf8')).toBe('as it was')
    expect(existsSync(join(trial.scratch, 'command-'))).toBe(false)
  })
})

describe('an agent that edits the tests', () => {
  const test = 'process.exit(require("../a.js") === 42 ? 0 : 1)'
  const fixture = { 'a.js': 'module.exports = 41', 'test/a.js': test, 'test/b.js': 'process.exit(0)' }
  const criterion = { kind: 'command', command: ['node', 'test/a.js'], restore: ['test/**'] } as const
  const cheat = { 'test/a.js': 'process.exit(0)' }

  it('is found out, since the tests are put back', async () => {
    expect((await outcomeOf({ kind: 'command', command: criterion.command }, { fixture, files: cheat })).pass).toBe(
      true,
    )
    expect((await outcomeOf(criterion, { fixture, files: cheat })).pass).toBe(false)
    expect((await outcomeOf(criterion, { fixture, files: { ...cheat, 'a.js': 'module.exports = 42' } })).pass).toBe(
      true,
    )
  })

  it('is found out if it removes them, or puts something else in their place', async () => {
    const removed: TrialParts['disturb'] = ({ workspace }) => rmSync(join(workspace, 'test'), { recursive: true })
    expect((await outcomeOf(criterion, { fixture, disturb: removed })).label).toMatch(/exit code 1;/)
    const linked: TrialParts['disturb'] = ({ workspace }) => {
      rmSync(join(workspace, 'test'), { recursive: true })
      write(workspace, { 'fake/a.js': 'process.exit(0)' })
      symlinkSync('fake', join(workspace, 'test'))
    }
    expect((await outcomeOf(criterion, { fixture, disturb: linked })).label).toMatch(/exit code 1;/)
    const folder: TrialParts['disturb'] = ({ workspace }) => {
      rmSync(join(workspace, 'test/a.js'))
      mkdirSync(join(workspace, 'test/a.js'))
      write(workspace, { 'test/a.js/index.js': 'process.exit(0)' })
    }
    expect((await outcomeOf(criterion, { fixture, disturb: folder })).label).toMatch(/exit code 1;/)
  })

  it('finds what it added to them gone', async () => {
    const files = { 'test/setup.js': '' }
    expect((await outcomeOf({ ...criterion, command: exists('test/setup.js') }, { fixture, files })).pass).toBe(false)
    expect((await outcomeOf({ kind: 'command', command: exists('test/setup.js') }, { fixture, files })).pass).toBe(true)
  })
})

describe('links in a workspace', () => {
  const secret = (): string => {
    const place = makePlace()
    write(place, { 'secret.txt': 'token' })
    return place
  }

  it('lead nowhere out of the copy', async () => {
    const place = secret()
    const disturb: TrialParts['disturb'] = ({ workspace }) => {
      symlinkSync(join(place, 'secret.txt'), join(workspace, 'file'))
      symlinkSync(place, join(workspace, 'folder'))
      symlinkSync('.', join(workspace, 'here'))
      symlinkSync('here/../../..', join(workspace, 'up'))
      symlinkSync('no-such', join(workspace, 'broken'))
      symlinkSync('circle', join(workspace, 'circle'))
    }
    const left = `process.exit(require('node:fs').readdirSync('.').length)`
    expect((await outcomeOf({ kind: 'command', command: node(left) }, { disturb })).pass).toBe(true)
  })

  it('are kept where they stay inside', async () => {
    const disturb: TrialParts['disturb'] = ({ workspace }) => symlinkSync('a.txt', join(workspace, 'b.txt'))
    const files = { 'a.txt': 'here' }
    const read = `process.exit(require('node:fs').readFileSync('b.txt', 'utf8') === 'here' ? 0 : 1)`
    expect((await outcomeOf({ kind: 'command', command: node(read) }, { files, disturb })).pass).toBe(true)
  })

  it('are not written through when files are put back', async () => {
    const place = secret()
    const fixture = { 'test/secret.txt': 'fixture', 'other.txt': 'fixture' }
    const disturb: TrialParts['disturb'] = ({ workspace }) => {
      rmSync(join(workspace, 'test'), { recursive: true })
      symlinkSync(place, join(workspace, 'test'))
      rmSync(join(workspace, 'other.txt'))
      symlinkSync(join(place, 'secret.txt'), join(workspace, 'other.txt'))
    }
    const command = exists('test/secret.txt')
    expect((await outcomeOf({ kind: 'command', command, restore: ['**'] }, { fixture, disturb })).pass).toBe(true)
    expect(readFileSync(join(place, 'secret.txt'), 'utf8')).toBe('token')
  })
})
