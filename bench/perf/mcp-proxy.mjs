// M1: what the recording proxy adds to a tool call: the same server behind it and beside it, calls in turns, the middle of
// each way compared within a round. With a policy, a key and the journal on disk, as one would run it.
import { strictEqual } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createKeyFile } from '../../packages/sdk/dist/keys/index.js'
import { random } from './corpus.mjs'
import { median, summarise } from './interleave.mjs'

const bar = 1
const CALLS = 40
const SLICES = 8

const launcher = fileURLToPath(new URL('../../packages/cli/bin/agent-run.mjs', import.meta.url))
const server = fileURLToPath(new URL('./mcp-echo-server.mjs', import.meta.url))

/** A client that sends one request at a time. */
const connect = async (args, cwd) => {
  const child = spawn(process.execPath, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let id = 0
  const request = async (method, params) => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params })}\n`)
    const answer = JSON.parse((await lines.next()).value)
    strictEqual(answer.id, id)
    return answer.result
  }
  const clientInfo = { name: 'bench', version: '1.0.0' }
  await request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo })
  child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
  await request('tools/list', {})
  return {
    /** Milliseconds of each of some calls. */
    async call() {
      const times = []
      for (let n = 0; n < CALLS; n++) {
        const start = performance.now()
        const { isError } = await request('tools/call', { name: 'read_note', arguments: { path: `notes/${id}.md` } })
        times.push(performance.now() - start)
        strictEqual(isError, undefined)
      }
      return times
    },
    async close() {
      child.stdin.end()
      await once(child, 'close')
    },
  }
}

const round = async (ways, next) => {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))
  for (let slice = 0; slice < SLICES; slice++) {
    const names = Object.keys(ways)
    if (next() < 0.5) names.reverse()
    for (const name of names) times[name].push(...(await ways[name].call()))
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
}

/** @returns the row of M1 */
export async function run({ rounds = 15, log = () => {} } = {}) {
  log('M1: a tool call through the recording MCP proxy')
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  try {
    const policy = { policy: 'bench', default: 'deny', rules: [{ id: 'look', tools: 'read_*', decision: 'allow' }] }
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy))
    await createKeyFile(join(folder, 'bench.key'), { format: 'pem' })
    const ours = ['mcp-proxy', '-q', '--policy', 'policy.json', '--key', 'bench.key', '--', process.execPath, server]
    const ways = { direct: await connect([server], folder), proxied: await connect([launcher, ...ours], folder) }
    const next = random(13)
    const times = []
    for (let n = 0; n < 2; n++) await round(ways, next) // warms up
    for (let n = 0; n < rounds; n++) times.push(await round(ways, next))
    for (const way of Object.values(ways)) await way.close()
    const records = join(folder, '.agent-run')
    const name = readdirSync(records).find((each) => each.endsWith('.json'))
    strictEqual(JSON.parse(readFileSync(join(records, name), 'utf8')).steps.length, (rounds + 2) * SLICES * CALLS)
    const { middle, spread } = summarise(times, ({ direct, proxied }) => proxied - direct)
    const direct = median(times.map((time) => time.direct))
    return [
      {
        id: 'M1',
        name: 'added to a call, p50',
        value: middle,
        unit: 'ms',
        spread,
        bar,
        peers: [{ name: 'direct', value: direct }],
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
