// D1: what durability costs in SQLite. One run, acknowledged when it is on the disk, beside the least that can be done:
// appending the same octets to a file and fdatasync. And a hundred runs at once beside one at a time.
import { strictEqual } from 'node:assert/strict'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@agent-run/server'
import { random } from './corpus.mjs'
import { summarise } from './interleave.mjs'
import { createStoredRuns } from './stored-corpus.mjs'

/** Single ≥ 0.6 × the rate of the raw file, and a batch ≥ 2 × the rate of single ones: as times. */
const SINGLE_BAR = 1 / 0.6
const BATCH_BAR = 1 / 2

const TENANT = 'bench'
const BATCH = 100
const ONE_BY_ONE = 40
const SLICES = 5
const ALREADY_THERE = 3_000

/** Each makes its runs, does its work once and returns the milliseconds that one run took. */
const waysOf = (store, file, makeRun) => {
  const timed = (count, work) => async () => {
    const runs = Array.from({ length: count }, makeRun)
    const start = performance.now()
    await work(runs)
    return (performance.now() - start) / count
  }
  return {
    raw: timed(ONE_BY_ONE, (runs) => {
      for (const { body } of runs) {
        writeSync(file, body)
        fdatasyncSync(file)
      }
    }),
    single: timed(ONE_BY_ONE, async (runs) => {
      for (const run of runs) await store.insertRuns(TENANT, [run])
    }),
    batch: timed(BATCH, (runs) => store.insertRuns(TENANT, runs)),
  }
}

/** What is measured must be true first: the octets come back, and the index finds them. */
const checkStore = async (store, makeRun) => {
  const runs = Array.from({ length: ALREADY_THERE }, makeRun)
  for (let from = 0; from < runs.length; from += 500) await store.insertRuns(TENANT, runs.slice(from, from + 500))
  for (const run of [runs[0], runs.at(-1)]) {
    const stored = await store.readRun(TENANT, run.id)
    strictEqual(Buffer.compare(stored.body, run.body), 0)
    const { items } = await store.listRuns(
      TENANT,
      { facts: [{ kind: 'session_id', value: run.summary.session_id }] },
      { limit: 2 },
    )
    strictEqual(items[0]?.id, run.id)
  }
  strictEqual(await store.countRuns(TENANT, { facts: [] }, 10_000), ALREADY_THERE)
}

/** @returns rows for the table, see index.mjs */
export const run = async ({ rounds, log }) => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  const store = await openStore(`sqlite:${join(folder, 'bench.db')}`)
  const file = openSync(join(folder, 'raw'), 'a')
  try {
    const makeRun = createStoredRuns(5)
    log(`insert: ${rounds} rounds of ${SLICES * ONE_BY_ONE} small runs, ${ALREADY_THERE} there before`)
    await checkStore(store, makeRun)
    const ways = waysOf(store, file, makeRun)
    const times = await takeTurns(ways, rounds, random(11))
    const single = summarise(times, (time) => time.single / time.raw)
    const batch = summarise(times, (time) => time.batch / time.single)
    const rawToSingle = summarise(times, (time) => time.raw / time.single)
    return [
      row('one durable run, index included : append + fdatasync of its octets', single, SINGLE_BAR),
      row(`${BATCH} runs at once : one by one`, batch, BATCH_BAR, [
        { name: 'append + fdatasync each', ratio: rawToSingle.middle },
      ]),
    ]
  } finally {
    closeSync(file)
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

const row = (name, { middle, spread }, bar, peers) => ({ id: 'D1', name, ratio: middle, bar, spread, peers })

/** All ways take turns in slices, in an order drawn anew each time, as in interleave.mjs; a first round warms up. */
const takeTurns = async (ways, rounds, next) => {
  const times = []
  for (let round = 0; round <= rounds; round++) {
    const time = Object.fromEntries(Object.keys(ways).map((name) => [name, 0]))
    for (let slice = 0; slice < SLICES; slice++) {
      const order = Object.keys(ways)
        .map((name) => ({ name, at: next() }))
        .sort((a, b) => a.at - b.at)
      for (const { name } of order) time[name] += await ways[name]()
    }
    if (round > 0) times.push(time)
  }
  return times
}
