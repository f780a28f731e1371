// D2: what a question costs in a store that is ten times as large: the newest 50 of an agent, a look-up by hash, and the
// operator's questions. With --full 200,000 runs beside 20,000, otherwise a tenth of both.
import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { matchesRun, sortInstant } from '@agent-run/core'
import { openStore } from '@agent-run/server'
import { random } from './corpus.mjs'
import { median, summarise } from './interleave.mjs'
import { createStoredRuns } from './stored-corpus.mjs'

const BAR = 1.5
const TENANT = 'bench'
const PAGE = 50
/** Queries of each question in a round. */
const ASKED = 15
const KEPT = 500

const SEVERAL = 'good runs of an agent with a tag'

const pick = (list, next) => list[Math.floor(next() * list.length)]
const fact = (kind, value) => ({ kind, value })
const factOf = ({ facts }, kind) => facts.find((each) => each.kind === kind)

/** Each makes the facts that are asked for, of some run that is there. */
const questions = {
  'newest 50 of an agent': (run) => [factOf(run, 'agent_id')],
  'by run_hash': (run) => [factOf(run, 'run_hash')],
  'which wrote files': () => [fact('side_effect', 'write')],
  'what was denied': () => [fact('approval', 'denied')],
  'which used an MCP server': (_, next) => [fact('mcp_server', `server-${Math.floor(next() * 12)}`)],
  'runs of a turn': (run) => [factOf(run, 'turn_id')],
  [SEVERAL]: (run) => [factOf(run, 'agent_id'), fact('outcome', 'success'), factOf(run, 'tag')],
}

/** A store with so many runs, and some of them to ask about. */
const fill = async (folder, count, log) => {
  const store = await openStore(`sqlite:${join(folder, `${count}.db`)}`)
  const makeRun = createStoredRuns(count, { stepsInBody: false })
  const kept = []
  const every = Math.max(1, Math.floor(count / KEPT))
  for (let from = 0; from < count; from += 500) {
    const runs = Array.from({ length: Math.min(500, count - from) }, makeRun)
    kept.push(...runs.filter((_, index) => (from + index) % every === 0))
    await store.insertRuns(TENANT, runs)
    if (from % 50_000 === 0 && from > 0) log(`questions: ${from} of ${count}`)
  }
  return { store, kept, count }
}

/** What is measured must be true first: the page of every question is that of a search through all runs. */
const checkAnswers = async ({ store, count }) => {
  const makeRun = createStoredRuns(count, { stepsInBody: false })
  const all = Array.from({ length: count }, makeRun)
  const at = (run) => sortInstant(run.summary.started_at)
  const newest = all
    .map((run, order) => ({ run, order }))
    .sort((a, b) => (at(a.run) === at(b.run) ? b.order - a.order : at(a.run) < at(b.run) ? 1 : -1))
  for (const ask of Object.values(questions)) {
    const facts = ask(all[count >> 1], random(3))
    const expected = newest.filter(({ run }) => matchesRun(run, { facts })).slice(0, PAGE)
    strictEqual(expected.length > 0, true)
    const { items } = await store.listRuns(TENANT, { facts }, { limit: PAGE })
    deepStrictEqual(
      items.map(({ id }) => id),
      expected.map(({ run }) => run.id),
    )
  }
}

/** Median milliseconds of a question. */
const timeOf = async ({ store, kept }, ask, next) => {
  const times = []
  for (let asked = 0; asked < ASKED; asked++) {
    const facts = ask(pick(kept, next), next)
    const start = performance.now()
    await store.listRuns(TENANT, { facts }, { limit: PAGE })
    times.push(performance.now() - start)
  }
  return median(times)
}

/** @returns rows for the table, see index.mjs */
export const run = async ({ rounds, full, log }) => {
  const [few, many] = full ? [20_000, 200_000] : [2_000, 20_000]
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  log(`questions: ${few} and ${many} runs, ${rounds} rounds${full ? '' : '; with --full ten times as many'}`)
  const small = await fill(folder, few, log)
  const large = await fill(folder, many, log)
  try {
    await checkAnswers(small)
    const next = random(17)
    const times = []
    for (let round = 0; round <= rounds; round++) {
      const time = {}
      for (const [name, ask] of Object.entries(questions)) {
        const order = next() < 0.5 ? ['small', 'large'] : ['large', 'small']
        time[name] = {}
        for (const which of order) time[name][which] = await timeOf(which === 'small' ? small : large, ask, next)
      }
      if (round > 0) times.push(time)
    }
    return Object.keys(questions).map((name) => {
      const { middle, spread } = summarise(times, (time) => time[name].large / time[name].small)
      const found = { id: 'D2', name: `${name}, ${many} : ${few} runs`, ratio: middle, spread }
      // Several facts at once are looked up one in the other: with few runs there is no page to fill, so no bar.
      return name === SEVERAL && !full ? found : { ...found, bar: BAR }
    })
  } finally {
    await small.store.close()
    await large.store.close()
    rmSync(folder, { recursive: true })
  }
}
