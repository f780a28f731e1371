import { chmodSync, existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agentRun, folderWith } from '../binary.ts'
import { FakeClaudeCode } from './fake-claude-code.ts'

const mine = '{\n    "model": "opus",\n    "permissions": {"allow": ["Bash(ls)"]}\n}'
const newest = ['--claude-version', '2.1.250']

const at = (home: string, file = '.claude/settings.json'): string => join(home, file)
const hook = (home: string, ...args: string[]) =>
  agentRun(['hook', 'claude-code', ...args], { cwd: home, env: { HOME: home, PATH: '/usr/bin:/bin' } })
const events = (text: string): string[] => Object.keys(JSON.parse(text).hooks)

describe('install and uninstall', () => {
  it('add the hook, and take exactly that out again', async () => {
    const home = folderWith({ '.claude/settings.json': mine })
    chmodSync(at(home), 0o640)
    const { code, stdout, stderr } = await hook(home, 'install', '--yes', ...newest)
    expect(code).toBe(0)
    expect(stdout).toContain('+    "hooks": {')
    expect(stderr).toContain('hook installed for 12 events')
    const text = readFileSync(at(home), 'utf8')
    expect(JSON.parse(text)).toMatchObject(JSON.parse(mine))
    expect(events(text)).toContain('PermissionRequest')
    expect(text).toContain('--sees-requests')
    expect(statSync(at(home)).mode & 0o777).toBe(0o640)
    expect(await hook(home, 'install', '--yes', ...newest)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('nothing to do'),
    })
    expect(readFileSync(at(home), 'utf8')).toBe(text)
    expect((await hook(home, 'uninstall', '--yes')).stderr).toBe('hook taken out; the file is what it was before\n')
    expect(readFileSync(at(home), 'utf8')).toBe(mine)
    expect(await hook(home, 'uninstall', '--yes')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('nothing to do'),
    })
  })

  it('write only events that the version knows: an unknown one would cost all settings', async () => {
    const home = folderWith({ '.claude/settings.json': mine })
    await hook(home, 'install', '--yes', '--claude-version', '2.0.44 (Claude Code)')
    expect(events(readFileSync(at(home), 'utf8'))).toEqual([
      ...[
        'SessionStart',
        'UserPromptSubmit',
        'PreToolUse',
        'PostToolUse',
        'Notification',
        'SubagentStop',
        'Stop',
        'SessionEnd',
      ],
    ])
    const { stderr } = await hook(home, 'install', '--yes')
    expect(stderr).toContain('nothing to do')
    const program = folderWith({ 'bin/claude': '#!/bin/sh\necho "2.0.45 (Claude Code)"\n' })
    chmodSync(join(program, 'bin/claude'), 0o755)
    const env = { HOME: home, PATH: `${join(program, 'bin')}:/usr/bin:/bin` }
    await agentRun(['hook', 'claude-code', 'install', '--yes'], { cwd: home, env })
    expect(events(readFileSync(at(home), 'utf8'))).toContain('PermissionRequest')
    await hook(home, 'uninstall', '--yes')
    expect(readFileSync(at(home), 'utf8')).toBe(mine)
  })

  it('make a file where there is none, and remove it', async () => {
    const home = folderWith()
    await hook(home, 'install', '--yes', '--scope', 'local', ...newest)
    expect(events(readFileSync(at(home, '.claude/settings.local.json'), 'utf8'))).toContain('Stop')
    await hook(home, 'uninstall', '--yes', '--scope', 'local')
    expect(existsSync(at(home, '.claude/settings.local.json'))).toBe(false)
  })

  it('take out only their own where the file was changed since', async () => {
    const home = folderWith({ '.claude/settings.json': mine })
    await hook(home, 'install', '--yes', ...newest)
    const changed = { ...JSON.parse(readFileSync(at(home), 'utf8')), theme: 'dark' }
    changed.hooks.Stop.push({ hooks: [{ type: 'command', command: 'say done' }] })
    writeFileSync(at(home), JSON.stringify(changed, null, 2))
    expect((await hook(home, 'uninstall', '--yes')).stderr).toContain('was changed since')
    expect(JSON.parse(readFileSync(at(home), 'utf8'))).toEqual({
      ...JSON.parse(mine),
      hooks: { Stop: [{ hooks: [{ type: 'command', command: 'say done' }] }] },
      theme: 'dark',
    })
  })

  it('follow a link and leave it one', async () => {
    const home = folderWith({ 'dotfiles/claude.json': mine, '.claude/x': '' })
    symlinkSync(join(home, 'dotfiles/claude.json'), at(home))
    await hook(home, 'install', '--yes', ...newest)
    expect(lstatSync(at(home)).isSymbolicLink()).toBe(true)
    expect(events(readFileSync(join(home, 'dotfiles/claude.json'), 'utf8'))).toContain('Stop')
    await hook(home, 'uninstall', '--yes')
    expect(readFileSync(join(home, 'dotfiles/claude.json'), 'utf8')).toBe(mine)
  })

  it('write nothing in a dry run, and nothing without a yes', async () => {
    const home = folderWith({ '.claude/settings.json': mine })
    expect(await hook(home, 'install', '--dry-run', ...newest)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('+'),
    })
    expect(await hook(home, 'install', ...newest)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(readFileSync(at(home), 'utf8')).toBe(mine)
  })

  it.each([
    [
      'comments',
      '{\n  // mine\n  "model": "opus"\n}\n',
      /settings\.json:2:3: .*expected JSON without comments; it is left as it is/,
    ],
    ['a name twice', '{"hooks": {}, "hooks": {}}', /left as it is/],
    ['a list', '[]', /expected an object/],
    ['hooks that are a list', '{"hooks": []}', /expected "hooks" to be an object/],
    ['an event that is no list', '{"hooks": {"Stop\\u001b": {}}}', /"Stop\\u001b" is none/],
    ['a byte order mark', '\ufeff{}', /left as it is/],
  ])('refuse a file with %s', async (_, text, message) => {
    const home = folderWith({ '.claude/settings.json': text })
    const { code, stderr } = await hook(home, 'install', '--yes', ...newest)
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) })
    expect(readFileSync(at(home), 'utf8')).toBe(text)
  })

  it('leave a link that leads nowhere alone', async () => {
    const home = folderWith({ '.claude/other.json': '{}' })
    symlinkSync('../dot/settings.json', at(home))
    const { code, stderr } = await hook(home, 'install', '--yes', ...newest)
    expect([code, stderr]).toEqual([2, expect.stringContaining('a symbolic link to a file that is not there')])
    expect(lstatSync(at(home)).isSymbolicLink()).toBe(true)
  })

  it('work where nothing can be written down at home', async () => {
    const home = folderWith({ '.claude/settings.json': mine, '.agent-run': 'a file' })
    const { code, stderr } = await hook(home, 'install', '--yes', ...newest)
    expect([code, stderr]).toEqual([0, expect.stringContaining('cannot be written down')])
    expect((await hook(home, 'uninstall', '--yes')).code).toBe(0)
    expect(JSON.parse(readFileSync(at(home), 'utf8'))).toEqual(JSON.parse(mine))
  })
})

describe('what a silent hook could not use is said before it is installed', () => {
  it.each([
    ['a policy that is not there', ['--policy', 'none.json'], /the policy none\.json cannot be read: no such file/],
    ['a policy that is none', ['--policy', 'policy.json'], /no policy that can be used, so nothing was installed:\n/],
    ['a key that is not there', ['--key', 'none.key'], /none\.key cannot be opened: there is no such file \[key\.unr/],
    ['a key that is none', ['--key', 'bad.key'], /\[key\.invalid\]/],
  ])('%s', async (_, options, message) => {
    const home = folderWith({ '.claude/settings.json': mine, 'policy.json': '{"policy":"p"}', 'bad.key': 'hello' })
    chmodSync(at(home, 'bad.key'), 0o600)
    const { code, stderr } = await hook(home, 'install', '--yes', ...options, ...newest)
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) })
    expect(readFileSync(at(home), 'utf8')).toBe(mine)
  })

  it('an encrypted key needs its passphrase where nobody is asked', async () => {
    const home = folderWith({ '.claude/settings.json': mine, 'word.txt': 'correct horse\n' })
    const keygen = ['keygen', '--identity', 'ci@example.org', '--output', 'ci.key', '--passphrase-file', 'word.txt']
    expect((await agentRun(keygen, { cwd: home })).code).toBe(0)
    const alone = await hook(home, 'install', '--yes', '--key', 'ci.key', ...newest)
    expect([alone.code, alone.stderr]).toEqual([
      0,
      expect.stringContaining('the key is encrypted: give --passphrase-file'),
    ])
    const both = await hook(home, 'install', '--yes', '--key', 'ci.key', '--passphrase-file', 'word.txt', ...newest)
    expect([both.code, both.stderr]).toEqual([0, expect.not.stringContaining('encrypted')])
  })
})

it('the command that is written works from any folder, with any path', async () => {
  const home = folderWith({ "it's a folder/settings": '' })
  const directory = join(home, "it's a folder", 'records $HOME "x"')
  await hook(home, 'install', '--yes', '--directory', directory, ...newest)
  const { command } = JSON.parse(readFileSync(at(home), 'utf8')).hooks.Stop[0].hooks[0]
  const claude = new FakeClaudeCode(folderWith(), command)
  expect(await claude.hook('Notification', { message: 'hello' })).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(existsSync(join(directory, 'claude-code', `${claude.session}.hooks.jsonl`))).toBe(true)
  rmSync(directory, { recursive: true })
})

it('settings of a project name what lies in it by its variable', async () => {
  const home = folderWith({ '.claude/settings.json': '{}\n', 'policy.json': '{"policy":"p","default":"ask"}' })
  const { stderr } = await hook(
    home,
    'install',
    '--yes',
    '--scope',
    'project',
    '--policy',
    'policy.json',
    '--directory',
    'runs',
    ...newest,
  )
  const { command } = JSON.parse(readFileSync(at(home), 'utf8')).hooks.Stop[0].hooks[0]
  expect(command).toContain('--policy "$CLAUDE_PROJECT_DIR/policy.json"')
  expect(command).toContain('--directory "$CLAUDE_PROJECT_DIR/runs"')
  expect(stderr).toContain('names paths of this machine')
})
