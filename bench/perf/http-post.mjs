// H1: durable POST of small and typical records over 32 connections, beside one commit a request and no store at all.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeRun, random } from './corpus.mjs'
import { openConnections, request } from './http-load.mjs'
import { summarise } from './interleave.mjs'

const CONNECTIONS = 32
const server = fileURLToPath(new URL('http-server.mjs', import.meta.url))
const modes = ['grouped', 'single', 'storeless']

/** Steps that make about as many octets, requests of a slice, slices of a round, and the bars as times. */
const sizes = [
  { name: '4 KB', steps: 7, requests: 192, slices: 3, bars: { single: 1 / 3, storeless: 1 / 0.38 } },
  { name: '40 KB', steps: 60, requests: 64, slices: 3, bars: { single: 1 / 1.4, storeless: 1 / 0.38 } },
]

/** @returns rows of H1 */
export async function run({ rounds = 9, log = () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  const next = random(17)
  const servers = {}
  try {
    for (const mode of modes) servers[mode] = await start(folder, mode)
    const rows = []
    for (const size of sizes) {
      log(`H1: durable POST, ${size.name}`)
      const times = []
      for (let round = 0; round <= rounds; round++) {
        const time = await measure(servers, size, next)
        // The first round warms up.
        if (round > 0) times.push(time)
      }
      for (const [mode, bar] of Object.entries(size.bars)) {
        const { middle, spread } = summarise(times, (time) => time.grouped / time[mode])
        const beside = mode === 'single' ? 'one commit a request' : 'no store'
        const perSecond = summarise(times, (time) => (size.requests * size.slices) / (time.grouped / 1000)).middle
        rows.push({
          id: 'H1',
          name: `durable POST of ${size.name}, ${CONNECTIONS} connections, over ${beside}`,
          ratio: middle,
          spread,
          bar,
          peers: mode === 'single' ? [] : [{ name: 'requests/s', value: perSecond }],
        })
      }
    }
    return rows
  } finally {
    for (const { stop } of Object.values(servers)) stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of every mode in one round, in slices, in an order drawn anew for each. */
const measure = async (servers, { steps, requests, slices }, next) => {
  const time = Object.fromEntries(modes.map((mode) => [mode, 0]))
  for (let slice = 0; slice < slices; slice++) {
    const records = Array.from({ length: requests }, () => recordOf(steps, next))
    for (const mode of shuffled(next)) {
      const { key, connections } = servers[mode]
      time[mode] += await connections.send(records.map((record) => request(key, record)))
    }
  }
  return time
}

const templates = new Map()
let count = 0

/** A fresh record, the same octets for every mode. */
const recordOf = (steps, next) => {
  if (!templates.has(steps))
    templates.set(
      steps,
      Array.from({ length: 8 }, (_, seed) => makeRun(seed + 1, steps)),
    )
  const list = templates.get(steps)
  return JSON.stringify({ ...list[Math.floor(next() * list.length)], id: `bench-${++count}` })
}

const shuffled = (next) =>
  modes
    .map((mode) => ({ mode, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ mode }) => mode)

const start = async (folder, mode) => {
  const child = spawn(process.execPath, [server, folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const { port, key } = JSON.parse(line)
  const connections = await openConnections(port, CONNECTIONS)
  return {
    key,
    connections,
    stop() {
      connections.close()
      child.kill('SIGKILL')
    },
  }
}
