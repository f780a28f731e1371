import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { callProgram } from '../program.ts'
import { quickStart } from './start-app.ts'

const bin = fileURLToPath(new URL('../../bin/agent-run-server.mjs', import.meta.url))
const run = promisify(execFile)
let folder: string
let count = 0
const children: ChildProcess[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-serve-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** However long it takes; the test has its own end. */
const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(20)
}

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const { PATH } = process.env
  return { PATH, HOME: folder, ...more }
}

interface Running {
  readonly child: ChildProcess
  readonly url: string
  readonly port: number
  readonly key: string
  readonly output: () => string
  readonly errors: () => string
  readonly exit: Promise<number | null>
}

const start = async (options: readonly string[] = [], env: Record<string, string> = {}): Promise<Running> => {
  const ready = join(folder, `ready-${++count}.json`)
  const child = spawn(process.execPath, [bin, '--port', '0', '--ready-file', ready, ...options], {
    cwd: folder,
    env: environment(env),
  })
  children.push(child)
  const texts = { output: '', errors: '' }
  child.stdout?.on('data', (chunk) => (texts.output += chunk))
  child.stderr?.on('data', (chunk) => (texts.errors += chunk))
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  await until(() => existsSync(ready) || child.exitCode !== null)
  if (child.exitCode !== null) throw new Error(texts.errors)
  const { url, port, key } = JSON.parse(readFileSync(ready, 'utf8'))
  return { child, url, port, key, output: () => texts.output, errors: () => texts.errors, exit }
}

const command = async (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return {
      code: 0,
      ...(await run(process.execPath, [bin, ...args], { cwd: folder, env: environment() })),
    }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}

/** A folder for PATH in which `npx agent-run-server` and `agent-run-server` are this program. */
const fakePrograms = (): string => {
  const programs = mkdtempSync(join(folder, 'bin-'))
  const program = `exec "${process.execPath}" "${bin}" "$@"\n`
  writeFileSync(join(programs, 'agent-run-server'), `#!/bin/sh\n${program}`, { mode: 0o755 })
  writeFileSync(join(programs, 'npx'), `#!/bin/sh\nshift\n${program}`, { mode: 0o755 })
  return programs
}

const post = (url: string, key: string, body: object): Promise<Response> =>
  fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('agent-run-server', () => {
  test('the first screen has a key and three curl lines that work as printed', async () => {
    const { output, url, key, child, exit } = await start(['--screen', '--store', 'sqlite:screen.db'])
    await until(() => output().includes('Ctrl-C'))
    expect(output()).toContain(url)
    expect(output()).toContain(`  key    ${key}\n`)
    const lines = output()
      .split('\n')
      .filter((line) => line.startsWith('  curl '))
    expect(lines).toHaveLength(3)
    const hasCurl = await run('curl', ['--version']).then(
      () => true,
      () => false,
    )
    if (hasCurl) {
      const answers = []
      for (const line of lines) answers.push(JSON.parse((await run('sh', ['-c', line])).stdout))
      expect(answers[0]).toMatchObject({ id: 'hello-1' })
      expect(answers[0].findings ?? []).toEqual([])
      expect(answers[1]).toMatchObject({ runs: [{ id: 'hello-1', effects: { write: 1 } }] })
      expect(answers[2]).toMatchObject({ id: 'hello-1', agent_id: 'me' })
    }
    child.kill('SIGINT')
    expect(await exit).toBe(0)

    // The key is shown once; afterwards the lines say where one comes from.
    const again = await start(['--screen', '--store', 'sqlite:screen.db'])
    await until(() => again.output().includes('Ctrl-C'))
    expect(again.key).toBeUndefined()
    expect(again.output()).not.toContain(key)
    expect(again.output()).toContain('"X-API-Key: $AGENT_RUN_KEY"')
    // The printed line, in a folder of its own as a shell would run it; npx stands for one that finds this program.
    const printed = again
      .output()
      .split('\n')
      .find((text) => text.includes('AGENT_RUN_KEY=$('))
      ?.trim() as string
    expect(printed).toMatch(/^AGENT_RUN_KEY=\$\((npx )?agent-run-server keys create --store sqlite:\/.*screen\.db\)$/)
    const line = again
      .output()
      .split('\n')
      .filter((text) => text.startsWith('  curl '))[2] as string
    if (hasCurl) {
      const elsewhere = mkdtempSync(join(folder, 'elsewhere '))
      const path = `${fakePrograms()}:${process.env['PATH']}`
      const { stdout } = await run('sh', ['-c', `${printed}\n${line}`], {
        cwd: elsewhere,
        env: environment({ PATH: path }),
      })
      expect(readdirSync(elsewhere)).toEqual([])
      expect(JSON.parse(stdout)).toMatchObject({ id: 'hello-1' })
    }
  })

  test('without a terminal: JSON lines on standard error, nothing on standard output, no key anywhere', async () => {
    const { url, port, key, output, errors, child, exit } = await start()
    expect((await post(url, key, quickStart('logged-id'))).status).toBe(201)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    expect(output()).toBe('')
    const lines = errors()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ msg }) => msg)).toEqual(['listening', 'answered', 'stopping', 'stopped'])
    expect(lines[0]).toMatchObject({ url, port, store: 'sqlite' })
    expect(errors()).not.toMatch(/ark_\w{8}_/)
    expect(errors()).not.toContain('logged-id')
  })

  test('options come from the environment too, and are read strictly', async () => {
    const { url, key } = await start(['--rate', '0'], {
      AGENT_RUN_SERVER_MAX_BODY: '2KiB',
      AGENT_RUN_SERVER_STORE: 'sqlite::memory:',
      AGENT_RUN_SERVER_LOG_LEVEL: 'silent',
    })
    expect(await (await fetch(`${url}/.well-known/agent-run`)).json()).toMatchObject({
      limits: { body_octets: 2048, line_octets: 2048 },
    })
    expect((await fetch(`${url}/api/v1/runs`, { headers: { 'x-api-key': key } })).status).toBe(200)
    for (const [args, said] of [
      [['--port', '70000'], /whole number from 0 to 65535/],
      [['--max-body', '10 parsecs'], /a size from/],
      [['--rate', 'often'], /REQUESTS\/SECONDS/],
      [['--store', 'mysql://x'], /sqlite:PATH/],
      [['--store', 'mysql://u:planted@h/x'], /^(?!.*planted)/],
      [['--unknown'], /unknown option/],
      [['serve', 'extra'], /serve takes options only/],
      [['--log-level', 'loud'], /Allowed choices/],
      [['--trust', 'nowhere.json'], /cannot be read: ENOENT/],
      [['--key', 'nowhere.key'], /cannot be opened/],
    ] as const) {
      const { code, stderr } = await callProgram(args)
      expect([args, code]).toEqual([args, 2])
      expect(stderr).toMatch(said)
      expect(stderr).toMatch(/^agent-run-server: .*\n/)
    }
  })

  test('a host that others can reach has to be said on the command line', async () => {
    const asked = run(process.execPath, [bin, '--port', '0'], {
      cwd: folder,
      env: environment({ AGENT_RUN_SERVER_HOST: '0.0.0.0' }),
    })
    await expect(asked).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('--host') })
    const { url } = await start(['--host', '0.0.0.0', '--store', 'sqlite::memory:'])
    expect((await fetch(`${url.replace('0.0.0.0', '127.0.0.1')}/healthz`)).status).toBe(200)
  })

  test('a port that is taken', async () => {
    const { port } = await start(['--store', 'sqlite::memory:'])
    const { code, stderr } = await command('--port', String(port), '--store', 'sqlite::memory:')
    expect([code, stderr]).toEqual([2, expect.stringMatching(/EADDRINUSE; something else listens there/)])
  })
})

/** Begins to send a run, and goes on when the server has said that it has begun to read. */
const begin = async (port: number, key: string, length: number): Promise<{ socket: Socket; received: string[] }> => {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  const received: string[] = []
  socket.on('data', (chunk) => received.push(String(chunk)))
  socket.write(
    `POST /api/v1/runs HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  await until(() => received.join('').includes('100 Continue\r\n\r\n'))
  return { socket, received }
}

describe('a graceful stop', () => {
  test('what is in flight is finished and stored, streams end, nothing new is accepted', async () => {
    const store = 'sqlite:stop.db'
    const { child, url, port, key, exit } = await start(['--store', store])
    const stream = await fetch(`${url}/api/v1/runs/stream`, {
      headers: { 'x-api-key': key, accept: 'text/event-stream' },
    })
    const ended = stream.text()
    const body = JSON.stringify(quickStart('in-flight'))
    const { socket, received } = await begin(port, key, body.length)
    socket.write(body.slice(0, 20))
    child.kill('SIGTERM')
    await ended
    await until(() =>
      fetch(`${url}/healthz`).then(
        () => false,
        () => true,
      ),
    )
    socket.write(body.slice(20))
    await once(socket, 'close')
    expect(received.join('')).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 [\s\S]*connection: close/i)
    expect(await exit).toBe(0)
    const again = await start(['--store', store])
    expect((await fetch(`${again.url}/api/v1/runs/in-flight`, { headers: { 'x-api-key': key } })).status).toBe(200)
  })

  test('a request that never ends is cut off in time; a second signal ends at once', async () => {
    const hang = async ({ port, key }: Running) => (await begin(port, key, 99)).socket.write('{')
    const patient = await start(['--store', 'sqlite::memory:', '--stop-timeout', '1'])
    await hang(patient)
    patient.child.kill('SIGTERM')
    expect(await patient.exit).toBe(0)

    const hasty = await start(['--store', 'sqlite::memory:'])
    await hang(hasty)
    hasty.child.kill('SIGTERM')
    await until(() => hasty.errors().includes('stopping'))
    hasty.child.kill('SIGTERM')
    expect(await hasty.exit).toBe(1)
  })
})

describe('agent-run-server keys', () => {
  let store: readonly string[]
  beforeAll(() => {
    store = ['--store', `sqlite:${join(folder, 'keys.db')}`]
  })

  test('create, list, use, revoke', async () => {
    const made = await command(
      'keys',
      'create',
      '--tenant',
      'team-a',
      '--name',
      'ci \u001b[31m',
      '--scopes',
      'runs:write',
      '--expires',
      '90d',
      ...store,
    )
    expect(made.stdout).toMatch(/^ark_\w{8}_\w{43}\n$/)
    expect(made.stderr).toContain('tenant team-a, runs:write, expires ')
    const key = made.stdout.trim()
    const { url } = await start(store)
    expect((await post(url, key, quickStart())).status).toBe(201)
    const list = await callProgram(['keys', 'list', ...store])
    expect(list.stdout).toContain(`${key.slice(0, 12)}  team-a  runs:write  expires `)
    expect(list.stdout).not.toContain('\u001b')
    expect(list.stdout).not.toContain(key)
    expect(JSON.parse((await callProgram(['keys', 'list', '--json', '--tenant', 'team-b', ...store])).stdout)).toEqual(
      [],
    )
    const revoked = await callProgram(['keys', 'revoke', key, ...store])
    expect(revoked.stdout).toMatch(/^ark_\w{8} of team-a was revoked /)
    await until(async () => (await post(url, key, quickStart())).status === 401)
  })

  test('create for programs', async () => {
    const { key, ...rest } = JSON.parse((await callProgram(['keys', 'create', '--json', ...store])).stdout)
    expect(key).toMatch(/^ark_/)
    expect(rest).toEqual({
      prefix: key.slice(0, 12),
      tenant: 'default',
      name: '',
      scopes: ['runs:write', 'runs:read'],
      created_at: expect.any(String),
    })
  })

  test('what is wrong is said', async () => {
    for (const [args, said] of [
      [['revoke', 'ark_00000000'], /there is no key/],
      [['create', '--scopes', 'everything'], /Expected some of runs:write/],
      [['create', '--tenant', 'Team A'], /Expected 1 to 64/],
      [['create', '--expires', 'soon'], /a span such as 90d/],
      [['create', '--expires', '2020-01-01T00:00:00Z'], /a time to come/],
    ] as const) {
      const { code, stderr } = await callProgram(['keys', ...args, '--store', 'sqlite::memory:'])
      expect([code, stderr]).toEqual([2, expect.stringMatching(said)])
    }
  })

  test('a server with a trust file and a key says which', async () => {
    const { createKeyFile } = await import('@agent-run/sdk/keys')
    const keyFile = join(folder, 'server.key')
    const { did } = await createKeyFile(keyFile, { passphrase: 'open sesame' })
    writeFileSync(
      join(folder, 'trust.json'),
      JSON.stringify({ agent_run_trust: '1.0', keys: [{ key: did, identity: 'server', roles: ['server'] }] }),
    )
    const { url } = await start(['--key', keyFile, '--trust', 'trust.json', '--store', 'sqlite::memory:'], {
      AGENT_RUN_PASSPHRASE: 'open sesame',
    })
    expect(await (await fetch(`${url}/.well-known/agent-run`)).json()).toMatchObject({ server_key: did })
  })
})
