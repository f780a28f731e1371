// A real server in a process of its own, that can be killed and started again on the same store and port.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { startServer as startServerHere, type TestServer } from '../http/start-app.ts'
import { steadyPort } from '../steady-port.ts'

const bin = fileURLToPath(new URL('../../bin/agent-run-server.mjs', import.meta.url))
const cleaning: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean()
})

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-client-'))
  cleaning.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Something to be done after the test. */
export const afterTest = (clean: () => Promise<void> | void): void => void cleaning.push(clean)

/** A server that outlives its processes. */
export interface ServerProcess {
  /** The same after every start. */
  readonly url: string
  /** May do everything. */
  readonly key: string
  /** SIGKILL. */
  kill(): Promise<void>
  start(): Promise<void>
}

/** The same within this process, which costs less: it goes away and comes back, but does not die. */
export async function startHere(): Promise<ServerProcess> {
  const place = `sqlite:${join(temporaryFolder(), 'runs.db')}`
  const port = Number(await steadyPort())
  let server: TestServer | undefined
  const start = async (): Promise<TestServer> => {
    server = await startServerHere({ store: await openStore(place) })
    await server.app.listen({ host: '127.0.0.1', port })
    return server
  }
  const kill = async (): Promise<void> => {
    const running = server
    server = undefined
    running?.app.server.closeAllConnections()
    await running?.stop()
  }
  cleaning.push(kill)
  const key = await (await start()).key({ scopes: ['admin'] })
  return { url: `http://127.0.0.1:${port}`, key, kill, start: async () => void (await start()) }
}

/** Starts a server with an empty store, SQLite unless another one is named. */
export async function startServer(store?: string, ...options: string[]): Promise<ServerProcess> {
  const folder = temporaryFolder()
  const place = store ?? `sqlite:${join(folder, 'runs.db')}`
  let child: ChildProcess | undefined
  let starts = 0
  const kill = async (): Promise<void> => {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'close')
  }
  const port = await steadyPort()
  const start = async (): Promise<{ url: string; key?: string }> => {
    const ready = join(folder, `ready-${++starts}.json`)
    const args = ['serve', '--port', port, '--store', place, '--ready-file', ready, '--log-level', 'error', ...options]
    const started = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    child = started
    let complaint = ''
    started.stderr.on('data', (chunk) => {
      complaint += chunk
    })
    while (!existsSync(ready)) {
      if (started.exitCode !== null) throw new Error(`the server did not start: ${complaint}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return JSON.parse(readFileSync(ready, 'utf8'))
  }
  cleaning.push(kill)
  const { url, key } = await start()
  if (key === undefined) throw new Error('the server made no key; expected an empty store')
  return { url, key, kill, start: async () => void (await start()) }
}
