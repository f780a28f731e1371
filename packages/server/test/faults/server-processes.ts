// Server processes on one store, each on a port that it keeps, to be killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { steadyPort } from '../steady-port.ts'

const sweeper = fileURLToPath(new URL('../postgres/sweeper.mjs', import.meta.url))
const bin = fileURLToPath(new URL('../../bin/agent-run-server.mjs', import.meta.url))

/** Servers on one store. */
export interface Servers {
  readonly urls: readonly string[]
  /** SIGKILL, and gone. */
  kill(index: number): Promise<void>
  /** Again, on the port that it had. */
  start(index: number): Promise<void>
  /** Kills all. */
  end(): Promise<void>
}

/** Starts so many servers on a store. */
export const startServers = async (store: string, count: number): Promise<Servers> => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-faults-'))
  spawn(process.execPath, [sweeper, `${process.pid}`, folder], { detached: true, stdio: 'ignore' }).unref()
  const children: (ChildProcess | undefined)[] = []
  const urls: string[] = []
  let starts = 0

  const start = async (index: number): Promise<void> => {
    const ready = join(folder, `ready-${++starts}.json`)
    const port = urls[index] === undefined ? await steadyPort() : new URL(urls[index]).port
    const parameters = [
      'serve',
      '--port',
      port,
      '--store',
      store,
      '--ready-file',
      ready,
      '--log-level',
      'error',
      '--rate',
      '0',
    ]
    const child = spawn(process.execPath, [bin, ...parameters], { stdio: ['ignore', 'ignore', 'pipe'] })
    children[index] = child
    appendFileSync(join(folder, 'pids'), `${child.pid}\n`)
    let complaint = ''
    child.stderr.on('data', (text) => {
      complaint += text
    })
    while (!existsSync(ready)) {
      if (child.exitCode !== null) throw new Error(`a server did not start: ${complaint}`)
      await sleep(20)
    }
    urls[index] = (JSON.parse(readFileSync(ready, 'utf8')) as { readonly url: string }).url
  }
  const kill = async (index: number): Promise<void> => {
    const child = children[index]
    children[index] = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  const end = async (): Promise<void> => {
    await Promise.all(children.map((_, index) => kill(index)))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(Array.from({ length: count }, (_, index) => start(index)))
  } catch (error) {
    await end()
    throw error
  }
  return { urls, kill, start, end }
}
