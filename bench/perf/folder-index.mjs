// Q1: an operator's question over 10,000 runs in a folder: reading the files, the first time with an index, and after it.
import { strictEqual } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeRun, random } from './corpus.mjs'
import { interleave, median, summarise } from './interleave.mjs'

const BIN = fileURLToPath(new URL('../../packages/cli/bin/agent-run.mjs', import.meta.url))
const INDEX = '.agent-run-index'

/** Steps of a run: the small size of the corpus. */
const STEPS = 8

/** Later questions cost at most this part of reading all files. */
const BAR = 0.5

const questions = {
  'which wrote files': ['--side-effect', 'write'],
  'what was denied': ['--approval', 'denied'],
  'which used an MCP server': ['--mcp-server', 'server-3'],
  'artifacts of a turn': ['artifacts', '--turn', 'turn-8'],
}

const vary = (run, n, below) => ({
  ...run,
  started_at: new Date(Date.UTC(2026, 0, 1) + n * 20_000).toISOString(),
  ended_at: null,
  agent_id: `agent-${below(20)}`,
  turn_id: `turn-${below(1000)}`,
  artifacts: below(3) === 0 ? [{ id: 'a-1', name: 'report.md', kind: 'file', action: 'created' }] : undefined,
  steps: run.steps.map((step) => {
    if (step.type !== 'tool_call') return step
    if (below(40) === 0) return { ...step, status: 'denied', side_effects: undefined, approval: { state: 'denied' } }
    return below(8) === 0 ? { ...step, mcp_server: `server-${below(12)}` } : step
  }),
})

/** The same runs in one file each, and as lines of one. */
const fill = (folder, count) => {
  const next = random(7)
  const below = (n) => Math.floor(next() * n)
  mkdirSync(join(folder, 'files'))
  mkdirSync(join(folder, 'lines'))
  let lines = ''
  for (let n = 0; n < count; n++) {
    const run = vary(makeRun(n, STEPS), n, below)
    const line = JSON.stringify(run)
    writeFileSync(join(folder, 'files', `${run.id}.json`), line)
    lines += `${line}\n`
    if (n % 200 === 199 || n === count - 1) {
      appendFileSync(join(folder, 'lines', 'runs.jsonl'), lines)
      lines = ''
    }
  }
}

/** Milliseconds of the whole program, and what it said. */
const ask = (folder, args) => {
  const begin = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'query', ...args, folder, '--format', 'json'], {
    maxBuffer: 2 ** 28,
  })
  const time = performance.now() - begin
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return { time, text: stdout.toString() }
}

/** @returns rows for the table, see index.mjs */
export const run = async ({ rounds, full, log }) => {
  const count = full ? 10_000 : 2000
  log(`folder-index: ${count} runs, ${rounds} rounds${full ? '' : '; with --full 10,000'}`)
  const root = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  try {
    fill(root, count)
    const rows = []
    for (const layout of ['files', 'lines']) {
      const folder = join(root, layout)
      const args = questions['which wrote files']
      const firsts = Array.from({ length: 5 }, () => {
        rmSync(join(folder, INDEX), { recursive: true, force: true })
        return { read: ask(folder, [...args, '--no-index']).time, first: ask(folder, args).time }
      })
      // Files that were only just written are read once more.
      await new Promise((done) => setTimeout(done, 2500))
      for (const each of Object.values(questions)) {
        ask(folder, each)
        strictEqual(ask(folder, each).text, ask(folder, [...each, '--no-index']).text)
      }
      const name = layout === 'files' ? `${count} files` : `one file of ${count} lines`
      const built = summarise(firsts, ({ read, first }) => first / read)
      rows.push({ id: 'Q1', name: `${name}: the first question : reading`, ratio: built.middle, spread: built.spread })
      const ways = { reading: () => ask(folder, [...args, '--no-index']).time }
      for (const [question, each] of Object.entries(questions)) ways[question] = () => ask(folder, each).time
      const times = interleave(ways, { rounds, slices: 1, next: random(3) })
      for (const question of Object.keys(questions)) {
        const { middle, spread } = summarise(times, (time) => time[question] / time.reading)
        const p50 = median(times.map((time) => time[question]))
        rows.push({
          id: 'Q1',
          name: `${name}: ${question}, ${p50.toFixed(0)} ms : reading`,
          ratio: middle,
          spread,
          ...(full ? { bar: BAR } : {}),
        })
      }
    }
    return rows
  } finally {
    rmSync(root, { recursive: true })
  }
}
