// L1: what recording a run live costs as it grows: 2,000 steps beside 500. Linear is 4; rewriting the document with
// every step, the obvious way, is quadratic.
import { strictEqual } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJournal } from '@agent-run/core'
import { createRecorder } from '../../packages/sdk/dist/index.js'
import { corpus, random } from './corpus.mjs'
import { median, summarise } from './interleave.mjs'

const bar = 5
const FEW = 500
const MANY = 2000

/** Steps as agents take them. */
const source = corpus.large(1).steps.filter(({ type }) => type === 'tool_call')
const stepAt = (n) => source[n % source.length]

/** Milliseconds that it takes to record so many tool calls, journal on disk included. */
const record = async (folder, count) => {
  const start = performance.now()
  const run = createRecorder({ agent_id: 'bench' }, { directory: folder })
  for (let n = 0; n < count; n++) {
    const { tool_name, input_preview, output_preview } = stepAt(n)
    await run.toolCall({ tool_name, arguments: { input_preview } }, () => output_preview)
  }
  await run.flush()
  const time = performance.now() - start
  run.abandon()
  strictEqual(readJournal(readFileSync(run.journalPath)).leaves.length, count)
  return time
}

/** The same by writing the whole document anew after every step. */
const rewrite = async (folder, count) => {
  const path = join(folder, 'document.json')
  const run = { id: 'bench', agent_id: 'bench', steps: [] }
  const start = performance.now()
  for (let n = 0; n < count; n++) {
    run.steps.push({ ...stepAt(n), id: `s-${n}` })
    writeFileSync(path, JSON.stringify(run))
  }
  const time = performance.now() - start
  strictEqual(JSON.parse(readFileSync(path, 'utf8')).steps.length, count)
  return time
}

/** Times of a way with few and many steps, in an order drawn anew each round. */
const measure = async (way, folder, rounds, next) => {
  const times = []
  await way(folder, FEW) // warms up
  for (let round = 0; round < rounds; round++) {
    const time = {}
    for (const count of next() < 0.5 ? [FEW, MANY] : [MANY, FEW]) time[count] = await way(folder, count)
    times.push(time)
  }
  return times
}

/** @returns the row of L1 */
export async function run({ rounds = 15, log = () => {} } = {}) {
  log('L1: appending steps')
  const next = random(12)
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  const growth = (time) => time[MANY] / time[FEW]
  try {
    const { middle, spread } = summarise(await measure(record, folder, Math.max(rounds, 9), next), growth)
    const peer = median((await measure(rewrite, folder, 3, next)).map(growth))
    return [
      {
        id: 'L1',
        name: 'recording 2,000 steps live, over 500',
        ratio: middle,
        spread,
        bar,
        peers: [{ name: 'rewriting the document', ratio: peer }],
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
