import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataDigest } from '../src/data/index.ts'
import { loadProfile, profileVersions } from '../src/suite/index.ts'
import { bin, callConformance, conformance, emptyFolder } from './command.ts'

it('prints its version', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(await conformance(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

it('says with what it tests', async () => {
  const { code, stdout } = await conformance(['about', '--json'])
  const { suite, profiles, sentences } = JSON.parse(stdout)
  expect([code, suite.data, profiles]).toEqual([0, dataDigest(), profileVersions()])
  for (const role of ['server', 'emitter', 'verifier'] as const) {
    const { tested, all } = sentences[role]
    expect(tested).toBe(Object.keys(loadProfile('1.0').roles[role].requirements).length)
    expect(all).toBeGreaterThanOrEqual(tested)
  }
  expect((await callConformance(['about'])).stdout).toContain(`data      ${dataDigest()}\n`)
})

it('teaches with --help, for every role', async () => {
  const top = (await conformance(['--help'])).stdout
  for (const role of ['server', 'emitter', 'verifier']) {
    expect(top).toContain(`$ agent-run-conformance ${role}`)
    const { code, stdout, stderr } = await callConformance([role, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`$ agent-run-conformance ${role}`)
    expect(stdout).toContain('Exit code')
    for (const option of ['--profile', '--level', '--only', '--seed', '--baseline', '--junit', '--html'])
      expect(stdout).toContain(option)
  }
})

describe('a mistake in the command line is one line, and ends with 2', () => {
  it.each([
    [['sever'], /unknown command 'sever' \(did you mean server\?\)/],
    [['server', '--utl', 'x'], /unknown option '--utl' \(did you mean --url\?\)/],
    [['server'], /no server is named; give --url/],
    [['server', '--url', 'localhost:3000'], /"localhost:3000" is no address of a server/],
    [['server', '--url', 'http://me:secret@localhost'], /a user or password in the address/],
    [['server', '--url', 'http://localhost?x=1'], /neither \? nor #/],
    [['server', '--url', 'http://localhost', '--profile', '9.9'], /there is no profile "9\.9"; there is 1\.0/],
    [
      ['server', '--url', 'http://localhost', '--level', 'fulll'],
      /"fulll" is no level of a server; there are core, full/,
    ],
    [['server', '--url', 'http://localhost', '--only', 'AR-HTTP-999'], /--only AR-HTTP-999: there is no such case/],
    [['server', '--url', 'http://localhost', '--seed', 'a b'], /option '--seed <word>' argument 'a b' is invalid/],
    [['server', '--url', 'http://localhost', '--timeout', 'soon'], /Expected a number of seconds/],
    [
      ['server', '--url', 'http://localhost', '--baseline', 'nowhere.txt'],
      /baseline nowhere\.txt cannot be used: ENOENT/,
    ],
    [['server', '--url', 'http://localhost', '--html', 'no/such/folder'], /no\/such\/folder cannot be written: ENOENT/],
    [['emitter', 'x', '--level', 'gold'], /"gold" is no level of an emitter; there are /],
    [['server', '--url', 'http://localhost', '--html', ''], /--html needs the name of a file/],
    [['server', '--url', 'http://localhost', '--report', '-'], /--report -: reports are written to files; --format/],
    [['server', '--url', 'http://localhost', '--html', '.'], /--html: \. is a directory/],
    [
      ['server', '--url', 'http://localhost', '--html', 'x', '--junit', './x'],
      /--html and --junit name the same file|--junit and --html/,
    ],
    [
      ['server', '--url', 'http://localhost', '--key', 'a', '--other-key', 'a'],
      /the roles main and other have the same key/,
    ],
    [['server', '--url', 'http://localhost', '--key', 'a\nb'], /the key of the role main is none/],
    [['server', '--url', 'http://localhost', '--key', 'a', '--key', 'b'], /It can be given once/],
    [['server', '--url', '\u001b[31mred'], /"\\u\{1b\}\[31mred" is no address/],
  ] as [string[], RegExp][])('%j', async (args, message) => {
    const { code, stdout, stderr } = await callConformance(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^agent-run-conformance: [^\n]*\n$/)
    expect(stderr).not.toMatch(/secret/)
  })

  it('also where a report would be written over what is read, under whatever name', async () => {
    const cwd = emptyFolder()
    const content = '{"main": "a"}'
    const at = (name: string): string => join(cwd, name)
    for (const name of ['keys', 'known', 'runs.json']) writeFileSync(join(cwd, name), content)
    for (const name of ['keys', 'known', 'runs.json']) symlinkSync(name, join(cwd, `link-${name}`))
    linkSync(join(cwd, 'runs.json'), join(cwd, 'twin'))
    mkdirSync(join(cwd, 'folder'))
    symlinkSync('../folder', join(cwd, 'folder', 'itself'))
    const refused = async (args: readonly string[], message: RegExp): Promise<void> => {
      const { code, stderr } = await callConformance(args)
      expect(stderr).toMatch(message)
      expect(code).toBe(2)
    }
    const isRead = (option: string): RegExp => new RegExp(`${option}: \\S+ is a file that is read; name another`)
    const server = ['server', '--url', 'http://localhost']
    await refused([...server, '--keys', at('keys'), '--report', at('link-keys')], isRead('--report'))
    await refused(
      [...server, '--baseline', at('known'), '--html', at('link-known')],
      /--baseline and --html name the same file/,
    )
    await refused([...server, '--html', at('folder/x'), '--junit', at('folder/itself/x')], /name the same file/)
    await refused(['emitter', at('runs.json'), '--record', at('link-runs.json')], isRead('--record'))
    await refused(['emitter', at('runs.json'), '--badge', at('twin')], isRead('--badge'))
    await refused(['emitter', cwd, '--report', at('runs.json')], isRead('--report'))
    await refused(['emitter', '--watch', cwd, '--for', '1', '--report', at('runs.json')], isRead('--report'))
    for (const name of ['keys', 'known', 'runs.json']) expect(readFileSync(join(cwd, name), 'utf8')).toBe(content)
  })

  it('also where it is in the file of keys, which is not quoted', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'keys'), '{"main": "secret", ')
    writeFileSync(join(folder, 'roles'), '{"mian": "secret"}')
    const url = ['server', '--url', 'http://localhost']
    const broken = await conformance([...url, '--keys', 'keys'], { cwd: folder })
    expect(broken).toEqual({ code: 2, stdout: '', stderr: 'agent-run-conformance: --keys keys: this is no JSON\n' })
    const unknown = await conformance([...url, '--keys', 'roles'], { cwd: folder })
    expect(unknown.stderr).toMatch(/"mian" is no role; there are main, reader/)
  })
})

it('leaves no report behind where it cannot test', async () => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'report.json'), 'the former one')
  const { code } = await conformance(['server', '--url', 'http://127.0.0.1:1', '--report', 'report.json'], {
    cwd: folder,
  })
  expect(code).toBe(2)
  expect(readdirSync(folder)).toEqual(['report.json'])
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('the former one')
})

it('ends quietly when its reader goes away', async () => {
  const child = spawn(process.execPath, [bin, 'server', '--list'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (text) => {
    stderr += text
  })
  child.stdout.destroy()
  const [code] = await once(child, 'close')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

it('says how to build where nothing is built', () => {
  const folder = emptyFolder()
  mkdirSync(join(folder, 'bin'))
  cpSync(bin, join(folder, 'bin/agent-run-conformance.mjs'))
  expect(existsSync(join(folder, 'dist'))).toBe(false)
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin/agent-run-conformance.mjs')], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'agent-run-conformance: not built yet; in the repository run: npm run build\n',
  })
})
