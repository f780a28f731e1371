// What --output names is replaced as a whole or not at all.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agentRun, bin, folderWith } from './binary.ts'
import { smallRun } from './records.ts'
import { finishedRun, folderWithKey, seal } from './sealing/signed.ts'

describe('--output', () => {
  it('of a command that fails leaves the former file as it was, and nothing beside it', async () => {
    const cwd = await folderWithKey({ 'open.json': smallRun({ status: 'running' }), 'sealed.json': 'dear' })
    const before = readdirSync(cwd)
    const { code } = await agentRun(['seal', 'open.json', '--key', 'ci.key', '--output', 'sealed.json'], { cwd })
    expect(code).toBe(1)
    expect(readFileSync(join(cwd, 'sealed.json'), 'utf8')).toBe('dear')
    expect(readdirSync(cwd)).toEqual(before)
  })

  it('keeps the permissions of a file that it replaces, and follows a link to it', async () => {
    const cwd = folderWith({ 'run.json': finishedRun(), 'real.txt': 'before' })
    chmodSync(join(cwd, 'real.txt'), 0o640)
    symlinkSync('real.txt', join(cwd, 'link.txt'))
    expect((await agentRun(['show', 'run.json', '--output', 'link.txt'], { cwd })).code).toBe(0)
    expect(lstatSync(join(cwd, 'link.txt')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(cwd, 'real.txt'), 'utf8')).toContain('release-bot')
    expect(statSync(join(cwd, 'real.txt')).mode & 0o777).toBe(0o640)
  })

  it('can be a device', async () => {
    const cwd = folderWith({ 'run.json': finishedRun() })
    expect((await agentRun(['hash', 'run.json', '--output', '/dev/null'], { cwd })).code).toBe(0)
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    const full = await agentRun(['hash', 'run.json', '--output', '/dev/full'], { cwd })
    expect(full.code).toBe(2)
    expect(full.stderr).toContain('cannot write /dev/full: no space left')
  })

  it('leaves no draft when the program is interrupted', async () => {
    const cwd = folderWith({})
    const child = spawn(process.execPath, [bin, 'validate', '-', '--output', 'report.txt'], { cwd, env: {} })
    child.stdin.write(JSON.stringify(smallRun()))
    while (readdirSync(cwd).length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    child.kill('SIGINT')
    const [, signal] = (await once(child, 'close')) as [number | null, string]
    expect(signal).toBe('SIGINT')
    expect(readdirSync(cwd)).toEqual([])
  })

  it.each([
    ['prove', 'run.json', '--step', 's-1'],
    ['redact', 'run.json', '--all'],
    ['hash', 'run.json'],
    ['show', 'run.json'],
    ['attest', 'run.json', '--dsse'],
    ['convert', 'run.json', '--from', 'claude-code'],
    ['journal', 'fold', 'run.json'],
    ['journal', 'verify', 'run.json'],
  ])('of %s is never the file that is read', async (...args) => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    const sealed = await seal(cwd, 'run.json')
    const folder = folderWith({ 'run.json': sealed })
    const { code, stderr } = await agentRun([...args, '--output', './run.json'], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('./run.json is read by this command; give --output another file')
    expect(readFileSync(join(folder, 'run.json'), 'utf8')).toBe(sealed)
  })

  it('in a folder that takes no new files is written where it stands', () => {
    const cwd = folderWith({ 'run.json': finishedRun(), 'closed/out.txt': 'before' })
    chmodSync(join(cwd, 'closed'), 0o555)
    const args = [bin, 'hash', 'run.json', '--output', 'closed/out.txt']
    const { status } = spawnSync(process.execPath, args, { cwd, env: {} })
    chmodSync(join(cwd, 'closed'), 0o755)
    expect(status).toBe(0)
    expect(readFileSync(join(cwd, 'closed/out.txt'), 'utf8')).toContain('run_hash')
    expect(readdirSync(join(cwd, 'closed'))).toEqual(['out.txt'])
  })
})
