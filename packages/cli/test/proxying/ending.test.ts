// Nothing that was said gets lost when one of the two sides closes.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { bin, folderWith } from '../binary.ts'
import { isRunning, until } from '../waiting.ts'
import { initialize, onlyRecord, startProxy } from './proxied.ts'

/** A server that answers calls of `late` after a while, of `last` with very much before it ends, of `flood` behind many messages. */
const server = `
  const send = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n')
  require('node:fs').writeFileSync('pid', String(process.pid))
  const text = (words) => ({ content: [{ type: 'text', text: words }] })
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line)
    if (method === 'tools/list') send(id, { tools: ['late', 'last', 'flood'].map((name) => ({ name, inputSchema: {} })) })
    else if (method !== 'tools/call') id !== undefined && send(id, {})
    else if (params.name === 'flood') {
      const line = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { data: 'x'.repeat(1000) } }) + '\\n'
      let left = 20000
      const more = () => {
        while (left-- > 0) if (!process.stdout.write(line)) return process.stdout.once('drain', more)
        send(id, text('done'))
      }
      more()
    } else if (params.name === 'late') setTimeout(() => send(id, text('at last')), 2500)
    else process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: text('x'.repeat(4e6)) }) + '\\n', () => process.exit(3))
  })`

const call = (name: string): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } })}\n`

const start = (cwd = folderWith({})): ChildProcessByStdio<Writable, Readable, Readable> =>
  spawn(process.execPath, [bin, 'mcp-proxy', '-q', '--', process.execPath, '-e', server], {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  })

describe('a session that ends', () => {
  it('because the client closes its side: what it asked for is still answered', async () => {
    const child = start()
    let got = ''
    child.stdout.on('data', (chunk: Buffer) => (got += chunk.toString()))
    // The proxy has not even read the list of tools when its input ends.
    child.stdin.end(call('late'))
    await once(child, 'close')
    expect(got).toContain('at last')
  })

  it('after more messages than a pipe holds, a thousand times over: nothing piles up', async () => {
    const child = start()
    let [size, said] = [0, '']
    child.stdout.on('data', (chunk: Buffer) => (size += chunk.length))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stdin.end(call('flood'))
    await once(child, 'close')
    expect(size).toBeGreaterThan(2e7)
    // Such as the warning of Node.js that listeners are added and never taken away.
    expect(said).toBe('')
  })

  it('because the server exits: a slow client still gets all of it', async () => {
    const cwd = folderWith({})
    const child = start(cwd)
    child.stdin.write(call('last'))
    await until(() => {
      const pid = existsSync(join(cwd, 'pid')) ? Number(readFileSync(join(cwd, 'pid'), 'utf8')) : 0
      return pid > 0 && !isRunning(pid)
    })
    let size = 0
    child.stdout.on('data', (chunk: Buffer) => (size += chunk.length))
    const [code] = (await once(child, 'close')) as [number]
    expect(size).toBeGreaterThan(4e6)
    expect(code).toBe(3)
  })

  it('by a signal, as some clients end their servers: nothing was cut off', async () => {
    const proxied = startProxy(folderWith({}), ['-q'])
    await initialize(proxied)
    await proxied.call('read_file')
    proxied.child.kill('SIGINT')
    expect(await once(proxied.child, 'close')).toEqual([130, null])
    expect(onlyRecord(proxied)).toMatchObject({ status: 'completed', steps: [{ status: 'succeeded' }] })
  })

  it('by a signal while a call is on its way: the run is cancelled', async () => {
    const proxied = startProxy(folderWith({}), ['-q'])
    await initialize(proxied)
    void proxied.call('wait')
    await until(() => proxied.received().includes('"wait"'))
    proxied.child.kill('SIGTERM')
    expect(await once(proxied.child, 'close')).toEqual([143, null])
    expect(onlyRecord(proxied)).toMatchObject({
      status: 'cancelled',
      error: 'the session was ended by SIGTERM',
      steps: [{ tool_name: 'wait' }],
    })
  })
})
