import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@agent-run/sdk'
import { expect } from 'vitest'
import { drawing } from '../seed.ts'
import { startServer, temporaryFolder } from './server-process.ts'

const agent = fileURLToPath(new URL('spooling-agent.mjs', import.meta.url))

/** What the processes of one outbox have said. */
interface Said {
  readonly kept: Map<string, string>
  readonly acknowledged: Set<string>
  readonly faults: string[]
}

/**
 * Lets processes put records into one outbox and send them, kills them and the server again and again, and looks at the end
 * whether every record that was kept is on the server, once.
 */
export async function killAndCount(rounds: number, seed: number): Promise<{ kept: number; acknowledged: number }> {
  const random = drawing(seed)
  const server = await startServer()
  const outbox = join(temporaryFolder(), 'outbox')
  const said: Said = { kept: new Map(), acknowledged: new Set(), faults: [] }
  const run = async (name: string, count: number, killAfter?: number): Promise<void> => {
    const child = spawn(process.execPath, [agent, outbox, server.url, server.key, name, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    child.stdout.on('data', (data) => {
      text += data
      if (killAfter !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfter)
    })
    await once(child, 'close')
    clearTimeout(timer)
    for (const [word, first = '', second = ''] of text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' '))) {
      if (word === 'kept') said.kept.set(first, second)
      if (word === 'acknowledged') said.acknowledged.add(first)
      if (word === 'fault') said.faults.push(first)
    }
  }
  for (let round = 0; round < rounds; round++) {
    const working = [0, 1].map((n) => run(`${round}-${n}`, 60, 100 + random() * 1900))
    if (random() < 0.5) {
      await new Promise((resolve) => setTimeout(resolve, random() * 1500))
      await server.kill()
      await Promise.all(working)
      await server.start()
    } else await Promise.all(working)
  }
  await run('last', 1)
  const context = `seed ${seed}`
  expect(said.faults, context).toEqual([])
  const client = createClient(server)
  const found: string[] = []
  for await (const { id } of client.listRuns()) found.push(id)
  expect(new Set(found).size, context).toBe(found.length)
  expect(
    [...said.kept.keys()].filter((id) => !found.includes(id)),
    context,
  ).toEqual([])
  for (const [id, digest] of said.kept) expect((await client.readRun(id)).etag, context).toBe(digest)
  const digests = new Set(said.kept.values())
  expect(
    [...said.acknowledged].filter((digest) => !digests.has(digest)),
    context,
  ).toEqual([])
  return { kept: said.kept.size, acknowledged: said.acknowledged.size }
}
