import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { dataFolder } from '../../src/data/index.ts'
import { emitterChecks } from '../../src/emitter/checks.ts'
import { caseOf } from '../../src/emitter/run-emitter.ts'
import { loadScenarios } from '../../src/emitter/scenario.ts'
import { mutants } from './mutants/index.ts'
import { type Corpus, judgeCorpus, type MatrixRow, playMutant, recordCorpus } from './mutants/matrix.ts'

/** The reference signs each record; it has no batches. */
const NEVER = 'emitter/signature.batch'

const cases: readonly string[] = [
  ...emitterChecks.map(({ code }) => `emitter/${code}`),
  ...loadScenarios().flatMap((scenario) => scenario.expect.map((expected) => caseOf(scenario, expected).id)),
]

let corpus: Corpus
let rows: readonly MatrixRow[]

beforeAll(async () => {
  corpus = await recordCorpus()
  rows = mutants.map((mutant) => ({
    mutant: mutant.name,
    fault: mutant.fault,
    killed_by: playMutant(mutant, corpus),
  }))
})

describe('mutant runtimes', () => {
  it('are no worse than the reference where nothing is broken', () => {
    const outcomes = judgeCorpus(corpus, 'accountable')
    const bad = outcomes.filter(({ status }) => status !== 'pass')
    expect(bad).toEqual([expect.objectContaining({ id: NEVER, status: 'not_applicable' })])
    expect(outcomes.map(({ id }) => id).toSorted()).toEqual([...cases].toSorted())
  })

  it('are found, each of them, and by every case at least once', () => {
    expect(rows.filter(({ killed_by }) => killed_by.length === 0)).toEqual([])
    const finders = new Set(rows.flatMap(({ killed_by }) => killed_by))
    expect(cases.filter((id) => !finders.has(id))).toEqual([])
    expect([...finders].filter((id) => !cases.includes(id))).toEqual([])
  })

  it('are found by exactly the cases of the matrix (vitest run THIS -u writes it)', async () => {
    const text = `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`
    await expect(text).toMatchFileSnapshot(join(dataFolder(), 'emitter-mutants.json'))
  })
})
