import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { agentRun, folderWith } from '../binary.ts'
import { finishedRun } from './signed.ts'

const me = ['keygen', '--identity', 'me@example.org']
const plain = [...me, '--no-passphrase']

describe('keygen', () => {
  it('writes a key that only its owner can read, and prints a trust file and nothing else', async () => {
    const cwd = folderWith()
    const { code, stdout, stderr } = await agentRun(plain, { cwd })
    expect(code).toBe(0)
    const trust = JSON.parse(stdout)
    const did = trust.keys[0].key
    expect(trust).toEqual({
      agent_run_trust: '1.0',
      keys: [{ key: did, identity: 'me@example.org', roles: ['recorder'] }],
    })
    expect(did).toMatch(/^did:key:z6Mk\w{44}$/)
    expect(statSync(join(cwd, 'agent-run.key')).mode & 0o777).toBe(0o600)
    const secret = readFileSync(join(cwd, 'agent-run.key'), 'utf8').split('\n')[1] as string
    expect(secret.length).toBeGreaterThan(40)
    expect(stdout + stderr).not.toContain(secret.slice(-40))
    expect(stderr).toContain(`${did}\nThe private key is in agent-run.key (mode 0600, not encrypted`)
  })

  it('never overwrites', async () => {
    const cwd = folderWith({ 'agent-run.key': 'something dear' })
    const { code, stdout, stderr } = await agentRun(plain, { cwd })
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: agent-run.key exists; a key file is never overwritten [key.exists]\n',
    })
    expect(readFileSync(join(cwd, 'agent-run.key'), 'utf8')).toBe('something dear')
  })

  it('wants to know whose key it is', async () => {
    const cwd = folderWith()
    const { code, stderr } = await agentRun(['keygen', '--no-passphrase'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain("required option '--identity <who>'")
    expect(existsSync(join(cwd, 'agent-run.key'))).toBe(false)
  })

  it('takes identity and roles for the trust file', async () => {
    const args = [
      'keygen',
      '--no-passphrase',
      '--identity',
      'alice@example.org',
      '--role',
      'approver',
      '--role',
      'evaluator',
    ]
    const { stdout } = await agentRun(args, { cwd: folderWith() })
    expect(JSON.parse(stdout).keys[0]).toMatchObject({
      identity: 'alice@example.org',
      roles: ['approver', 'evaluator'],
    })
    const { code, stderr } = await agentRun([...plain, '--role', 'king'], { cwd: folderWith() })
    expect(code).toBe(2)
    expect(stderr).toContain('Allowed choices are runtime, recorder, approver')
  })

  it('prints the trust file of a key that there is already', async () => {
    const cwd = folderWith()
    const made = await agentRun(plain, { cwd })
    const args = ['keygen', '--existing', 'agent-run.key', '--identity', 'me@example.org']
    expect(await agentRun(args, { cwd })).toEqual({ code: 0, stdout: made.stdout, stderr: '' })
    expect((await agentRun([...args, '--role', 'approver'], { cwd })).stdout).toContain('"approver"')
  })

  it('writes a JWK', async () => {
    const cwd = folderWith()
    const { stdout } = await agentRun([...plain, '--format', 'jwk', '--output', 'k.jwk'], { cwd })
    expect(JSON.parse(readFileSync(join(cwd, 'k.jwk'), 'utf8'))).toMatchObject({ kty: 'OKP', crv: 'Ed25519' })
    expect(stdout).not.toContain(JSON.parse(readFileSync(join(cwd, 'k.jwk'), 'utf8')).d)
  })
})

describe('a passphrase', () => {
  const files = (): string =>
    folderWith({ 'run.json': finishedRun(), word: 'a good one\n', other: 'another\n', none: '' })
  const seal = (cwd: string, ...more: string[]): ReturnType<typeof agentRun> =>
    agentRun(['seal', 'run.json', '--key', 'agent-run.key', ...more], { cwd })

  it('comes from a file', async () => {
    const cwd = files()
    expect((await agentRun([...me, '--passphrase-file', 'word'], { cwd })).stderr).toContain('mode 0600, encrypted')
    expect(readFileSync(join(cwd, 'agent-run.key'), 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect((await seal(cwd, '--passphrase-file', 'word')).code).toBe(0)
    const wrong = await seal(cwd, '--passphrase-file', 'other')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toMatch(/cannot be decrypted .*\[key\.passphrase_wrong\]\n$/)
    expect(wrong.stderr).not.toContain('another')
    expect((await seal(cwd)).stderr).toMatch(/expected a passphrase \[key\.passphrase_missing\]\n$/)
    expect((await seal(cwd, '--passphrase-file', 'none')).stderr).toContain('the passphrase file none is empty')
    expect((await seal(cwd, '--passphrase-file', 'gone')).stderr).toContain('gone cannot be read: no such file')
  })

  it('comes from the environment', async () => {
    const cwd = files()
    const env = { AGENT_RUN_PASSPHRASE: 'a good one' }
    await agentRun(me, { cwd, env })
    expect(readFileSync(join(cwd, 'agent-run.key'), 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect((await agentRun(['seal', 'run.json', '--key', 'agent-run.key'], { cwd, env })).code).toBe(0)
  })

  it('is asked for, and an empty one is none', async () => {
    const cwd = files()
    for (const env of [{}, { AGENT_RUN_PASSPHRASE: '' }]) {
      const { code, stdout, stderr } = await agentRun(me, { cwd, env })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(
        'no key was made: say --passphrase-file, set AGENT_RUN_PASSPHRASE, or say --no-passphrase',
      )
    }
    expect((await agentRun([...plain, '--passphrase-file', 'word'], { cwd })).stderr).toContain('exclude each other')
    expect(existsSync(join(cwd, 'agent-run.key'))).toBe(false)
  })

  it('does not go with a JWK', async () => {
    const cwd = files()
    const { code, stderr } = await agentRun([...me, '--format', 'jwk', '--passphrase-file', 'word'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('a JWK cannot be encrypted')
    expect(existsSync(join(cwd, 'agent-run.key'))).toBe(false)
  })
})

describe('a key file', () => {
  it.skipIf(!tool('posix')).each([0o644, 0o640, 0o620, 0o602])('with mode %o is refused', async (mode) => {
    const cwd = folderWith({ 'run.json': finishedRun() })
    await agentRun(plain, { cwd })
    chmodSync(join(cwd, 'agent-run.key'), mode)
    const { code, stdout, stderr } = await agentRun(['seal', 'run.json', '--key', 'agent-run.key'], { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`has mode 0${mode.toString(8)}, so others can read or change it; expected 0600`)
    expect(stderr).toContain('[key.permissions]')
  })

  it.each([
    ['of nobody', undefined, 'key.unreadable'],
    ['that is none', 'hello', 'key.invalid'],
    [
      'with a public key only',
      '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
      'key.invalid',
    ],
  ])('%s is refused', async (_what, content, code) => {
    const cwd = folderWith({ 'run.json': finishedRun() })
    if (content !== undefined) writeFileSync(join(cwd, 'k'), content, { mode: 0o600 })
    const { code: exit, stderr } = await agentRun(['seal', 'run.json', '--key', 'k'], { cwd })
    expect(exit).toBe(2)
    expect(stderr).toContain(`[${code}]`)
    expect(stderr).not.toContain('hello')
  })
})
