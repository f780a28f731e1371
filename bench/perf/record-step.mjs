// L2: what recording a step costs beside the least that anybody could do to keep it: JSON.stringify and an append. The
// recorder hashes, chains, looks for secrets and checks what it writes, so there is no bar; microseconds a step are shown,
// and what a signer and the wrapper of a tool add.
import { strictEqual } from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner, generateSeed, readJournal } from '@agent-run/core'
import { createRecorder } from '../../packages/sdk/dist/index.js'
import { wrapTool } from '../../packages/sdk/dist/runtime/index.js'
import { corpus, random } from './corpus.mjs'
import { median, summarise } from './interleave.mjs'

const STEPS = 500

/** Steps as agents take them. */
const source = corpus.large(1).steps.filter(({ type }) => type === 'tool_call')
const stepAt = (n) => source[n % source.length]

/** Begins a run, lets `work` take the steps, and checks that they are all in the journal. */
const recorded = async (folder, options, work) => {
  const run = createRecorder({ agent_id: 'bench' }, { directory: folder, server: false, ...options })
  const start = performance.now()
  await work(run)
  await run.flush()
  const time = performance.now() - start
  run.abandon()
  strictEqual(readJournal(readFileSync(run.journalPath)).leaves.length, STEPS)
  return time
}

const call = async (run) => {
  for (let n = 0; n < STEPS; n++) {
    const { tool_name, input_preview, output_preview } = stepAt(n)
    await run.toolCall({ tool_name, arguments: { input_preview } }, () => output_preview)
  }
}

const callWrapped = async (run) => {
  for (let n = 0; n < STEPS; n++) {
    const { tool_name, input_preview, output_preview } = stepAt(n)
    await wrapTool(run, tool_name, async () => output_preview)({ input_preview })
  }
}

const append = async (folder) => {
  const path = join(folder, 'steps.jsonl')
  const file = openSync(path, 'w')
  const start = performance.now()
  for (let n = 0; n < STEPS; n++) {
    const { tool_name, input_preview, output_preview } = stepAt(n)
    const step = { id: `s-${n}`, type: 'tool_call', tool_name, started_at: new Date().toISOString() }
    writeSync(file, `${JSON.stringify({ ...step, input_preview, output_preview })}\n`)
  }
  const time = performance.now() - start
  closeSync(file)
  strictEqual(readFileSync(path, 'utf8').trimEnd().split('\n').length, STEPS)
  return time
}

/** @returns the rows of L2 */
export async function run({ rounds = 15, log = () => {} } = {}) {
  log('L2: recording a step')
  const next = random(13)
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  const signer = createSigner(generateSeed())
  const ways = {
    append: () => append(folder),
    recorder: () => recorded(folder, {}, call),
    signed: () => recorded(folder, { signer }, call),
    wrapped: () => recorded(folder, {}, callWrapped),
  }
  try {
    for (const way of Object.values(ways)) await way() // warms up
    const times = []
    for (let round = 0; round < Math.max(rounds, 9); round++) {
      const time = {}
      for (const [name, way] of Object.entries(ways).sort(() => next() - 0.5)) time[name] = await way()
      times.push(time)
    }
    const microseconds = (name) => (time) => (time[name] / STEPS) * 1000
    const bare = median(times.map(microseconds('append')))
    return [
      ['recording a step', 'recorder'],
      ['the same with a signer', 'signed'],
      ['the same through wrapTool', 'wrapped'],
    ].map(([name, way]) => {
      const { middle, spread } = summarise(times, microseconds(way))
      return {
        id: 'L2',
        name,
        value: middle,
        unit: 'µs',
        spread,
        peers: [{ name: 'stringify and append', value: bare }],
      }
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
