import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { AgentRunError } from '@agent-run/core'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { readProxies, readRate } from '../../src/config/values.ts'
import { openStore } from '../../src/store/open-store.ts'
import { callProgram } from '../program.ts'
import { makeRun } from '../store/suite/runs.ts'
import { startServer } from './start-app.ts'

const bin = fileURLToPath(new URL('../../bin/agent-run-server.mjs', import.meta.url))
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'agent-run-command-line-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { PATH } = process.env

/** Runs a line of a shell in which `$S` is the program. */
const shell = async (line: string): Promise<{ stdout: string; stderr: string }> =>
  run('bash', ['-c', line], {
    cwd: folder,
    env: { PATH, HOME: folder, S: `${process.execPath} ${bin}` },
  })

/** Once all that it wrote has been read. */
const exitOf = async (child: ChildProcess): Promise<unknown> => (await once(child, 'close'))[0]

describe('an ordinary mistake is one line that says what to mend, and exit code 2', () => {
  test.each<[readonly string[], RegExp]>([
    [['--port', '0', '--store', 'sqlite:/proc/x.db'], /: \/proc\S*: no such file or directory \(ENOENT\)/],
    [['--port', '0', '--store', `sqlite:${folder}/a-file/x.db`], /: \S*a-file\S*: .* \((ENOTDIR|EEXIST)\)/],
    [['import', 'nofile', '--store', `sqlite:${folder}/unused.db`], /: nofile: no such file or directory \(ENOENT\)/],
    [['import', '.', '--store', `sqlite:${folder}/used.db`], /illegal operation on a directory \(EISDIR\)/],
    [['foo'], /: unknown command foo \(/],
    [['migrat', '--port', '0'], /: unknown command migrat; did you mean migrate\?/],
    [['serve', 'foo'], /: serve takes options only, and no foo/],
    [['--rate', '600'], /REQUESTS\/SECONDS, for example 600\/60/],
    [['--trust-proxy', 'true'], /addresses of proxies, for example loopback or 10\.0\.0\.0\/8/],
    [['--trust-proxy', 'foo'], /addresses of proxies/],
  ])('%j', async (args, said) => {
    writeFileSync(join(folder, 'a-file'), '')
    const { code, stderr } = await callProgram(args)
    expect([code, stderr.split('\n')]).toEqual([2, [expect.stringMatching(said), '']])
    expect(stderr).toMatch(/^agent-run-server: (?!this should not)/)
    expect(existsSync(join(folder, 'unused.db'))).toBe(false)
  })
})

describe('whoever reads no further', () => {
  test('ends help and an export quietly', async () => {
    const store = await openStore(`sqlite:${join(folder, 'long.db')}`)
    for (let n = 0; n < 60; n++) await store.insertRuns('a', [makeRun(`r${n}`, { content: 'x'.repeat(10_000) })])
    await store.close()
    const help = await shell('for n in 1 2 3; do $S --help | head -1; done')
    expect([help.stdout.split('\n').length, help.stderr]).toEqual([4, ''])
    const first = await shell('set -o pipefail; $S export --store sqlite:long.db | head -1; echo $?')
    expect([first.stdout.split('\n')[1], first.stderr.replace(/.*lines written.*\n?/g, '')]).toEqual(['2', ''])
  })

  test('does not end a server', async () => {
    const ready = join(folder, 'ready.json')
    const child = spawn(
      process.execPath,
      [bin, '--port', '0', '--store', 'sqlite::memory:', '--screen', '--ready-file', ready],
      {
        cwd: folder,
        env: { PATH, HOME: folder },
      },
    )
    child.stdout.destroy()
    const ended = exitOf(child)
    // The screen is written right after the file.
    while (!existsSync(ready) && child.exitCode === null) await sleep(20)
    const { url } = JSON.parse(readFileSync(ready, 'utf8'))
    for (let n = 0; n < 5; n++) expect((await fetch(`${url}/healthz`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

describe('a first start without a terminal', () => {
  test('warns that there is no key, and how one is made; not again once there is one', async () => {
    const start = async (): Promise<string> => {
      const child = spawn(process.execPath, [bin, '--port', '0', '--store', 'sqlite:keyless.db'], {
        cwd: folder,
        env: { PATH, HOME: folder },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const ended = exitOf(child)
      let text = ''
      child.stderr.on('data', (chunk) => (text += chunk))
      while (!text.includes('listening')) await sleep(20)
      child.kill('SIGTERM')
      await ended
      return text
    }
    const warned = (await start()).split('\n').find((line) => line.includes('no key exists')) ?? '{}'
    expect(JSON.parse(warned)).toMatchObject({ level: 40 })
    expect(JSON.parse(warned).msg).toMatch(/agent-run-server keys create --store \S*keyless\.db makes one$/)
    await callProgram(['keys', 'create', '--store', `sqlite:${join(folder, 'keyless.db')}`])
    expect(await start()).not.toContain('no key exists')
  })
})

describe('what settings mean', () => {
  test('a rate is so many requests in so many seconds; 0 is none', async () => {
    expect(readRate('600/60')).toEqual({ requests: 600, seconds: 60 })
    for (const text of ['600', '600/0', '0/60', '-1/2', '']) expect(() => readRate(text)).toThrow('REQUESTS/SECONDS')
    const ask = async (rate: string): Promise<number[]> => {
      const server = await startServer({ rate: readRate(rate) })
      const headers = { 'x-api-key': await server.key() }
      const statuses = []
      for (let n = 0; n < 3; n++) statuses.push((await server.app.inject({ url: '/api/v1/runs', headers })).statusCode)
      await server.stop()
      return statuses
    }
    expect(await ask('2/60')).toEqual([200, 200, 429])
    expect(await ask('0')).toEqual([200, 200, 200])
  })

  test('proxies are addresses, networks or their names', () => {
    for (const text of ['loopback', '10.0.0.0/8', '192.0.2.7,::1', 'fd00::/8', 'uniquelocal, linklocal'])
      expect(readProxies(text)).toBe(text.replaceAll(' ', ''))
    for (const text of ['true', '', '10.0.0.0/33', '10.0.0/8', 'loopback,', '::/129', '1.2.3.4/8/9'])
      expect(() => readProxies(text)).toThrow('addresses of proxies')
  })
})

test('the log says why the server is not ready', async () => {
  const lines: string[] = []
  const inner = await openStore('sqlite::memory:')
  const probe = async (): Promise<void> => {
    throw new AgentRunError('store.full', 'no space', Object.assign(new Error('planted'), { code: 'ENOSPC' }))
  }
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  const server = await startServer({ store: { ...inner, probe }, log })
  expect((await server.app.inject('/readyz')).statusCode).toBe(503)
  await server.stop()
  const failed = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 40)
  expect(failed).toMatchObject([{ code: 'server.not_ready', fault: { code: 'store.full', cause: { code: 'ENOSPC' } } }])
  expect(lines.join('')).not.toMatch(/undefined|planted/)
})
