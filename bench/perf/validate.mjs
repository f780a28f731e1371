// V1: yes or no about a run that was just parsed, beside JSON.parse of the same text.
import { deepStrictEqual } from 'node:assert/strict'
import { isAgentRun } from '@agent-run/core/validate'
import { corpus, random } from './corpus.mjs'
import { interleave, summarise } from './interleave.mjs'
import { ajvCompiled, typeboxCompiled, zod } from './peers.mjs'

const BAR = 0.6

/** Documents of one size; a round has `slices` of every way, a slice takes all documents `repeat` times. */
const sizes = [
  { size: 'typical', documents: 20, repeat: 1, slices: 15 },
  { size: 'small', documents: 20, repeat: 8, slices: 15 },
  { size: 'large', documents: 3, repeat: 1, slices: 4 },
]

/** Runs with one thing wrong, each somewhere else. */
const broken = (run) => [
  ...Object.keys(run)
    .map((member) => ({ ...run, [member]: { nonsense: true } }))
    .filter((bad) => bad.cost !== undefined),
  ...['id', 'agent_id', 'status', 'started_at', 'steps', 'cost', 'provenance'].map((member) => ({
    ...run,
    [member]: undefined,
  })),
  { ...run, status: 'sucess' },
  { ...run, started_at: '2026-11-20' },
  { ...run, steps: run.steps.with(-1, { ...run.steps.at(-1), id: '' }) },
  { ...run, steps: run.steps.with(3, { ...run.steps[3], approval: { state: 'nope' } }) },
  { ...run, cost: { ...run.cost, by_model: [{ ...run.cost, input_tokens: -1 }] } },
]

/** All must say the same about right and wrong runs, or a time means nothing. */
const checkVerdicts = (validators, texts) => {
  for (const [name, isValid] of Object.entries(validators)) {
    for (const text of texts) deepStrictEqual([name, isValid(JSON.parse(text))], [name, true])
    for (const bad of broken(JSON.parse(texts[0]))) {
      const value = JSON.parse(JSON.stringify(bad))
      deepStrictEqual(
        [name, JSON.stringify(bad).slice(0, 500), isValid(value)],
        [name, JSON.stringify(bad).slice(0, 500), false],
      )
    }
  }
}

const timed = (work) => {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** @returns rows of V1; the bar is for the typical size, the other sizes are for information */
export async function run({ rounds = 15, log = () => {} } = {}) {
  const next = random(1)
  const validators = { 'agent-run': isAgentRun, ajv: ajvCompiled(), typebox: typeboxCompiled(), zod: zod() }
  return sizes.map(({ size, documents, repeat, slices }) => {
    log(`V1: ${size}`)
    const texts = Array.from({ length: documents }, (_, i) => JSON.stringify(corpus[size](i + 1)))
    checkVerdicts(validators, texts)
    const parse = () => texts.map((text) => JSON.parse(text))
    const ways = {
      parse: () =>
        timed(() => {
          for (let i = 0; i < repeat; i++) parse()
        }),
    }
    for (const [name, isValid] of Object.entries(validators)) {
      // Parsed anew for every slice: nobody validates a value that has been in the cache for minutes.
      ways[name] = () => {
        const values = Array.from({ length: repeat }, parse)
        return timed(() => {
          for (const list of values) for (const value of list) if (!isValid(value)) throw new Error(name)
        })
      }
    }
    const times = interleave(ways, { rounds: Math.max(rounds, 9), slices, next })
    const over = (name) => summarise(times, (t) => t[name] / t.parse)
    const { middle, spread } = over('agent-run')
    const peers = ['ajv', 'typebox', 'zod'].map((name) => ({ name, ratio: over(name).middle }))
    return {
      id: 'V1',
      name: `yes or no about a ${size} run, over JSON.parse`,
      ratio: middle,
      spread,
      peers,
      ...(size === 'typical' ? { bar: BAR } : {}),
    }
  })
}
