import { fileURLToPath } from 'node:url'
import { judgeDeposits } from '../../../src/emitter/judging.ts'
import { scenarioTrust } from '../../../src/emitter/keys.ts'
import { type Performance, play } from '../../../src/emitter/play.ts'
import { scenarioOutcomes } from '../../../src/emitter/run-emitter.ts'
import { loadScenarios, type Scenario } from '../../../src/emitter/scenario.ts'
import { loadSchemas } from '../../../src/http/schemas.ts'
import { foldJournal } from '../../../src/record/index.ts'
import { type CaseOutcome, loadProfile } from '../../../src/suite/index.ts'
import type { Mutant } from './mutant.ts'

/** A broken runtime and the cases that find it. */
export interface MatrixRow {
  readonly mutant: string
  readonly fault: string
  readonly killed_by: readonly string[]
}

/** What the reference left in each scenario. */
export type Corpus = ReadonlyMap<string, Performance>

const runtime = fileURLToPath(new URL('../../../../../examples/emitter/node-runtime.mjs', import.meta.url))
const scenarios: readonly Scenario[] = loadScenarios()
const schemas = loadSchemas()
const none: ReadonlySet<string> = new Set()
const profile = loadProfile('1.0').roles.emitter
const trust = scenarioTrust(undefined)

/** Plays all scenarios with the reference, which sends whole records and leaves its journals. */
export const recordCorpus = async (): Promise<Corpus> => {
  const access = { host: '127.0.0.1', port: 0, seconds: 60, schemas, fold: foldJournal }
  const played: [string, Performance][] = []
  const waiting = [...scenarios]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      played.push([next.name, await play(next, { ...access, command: [process.execPath, runtime, '--whole'] })])
  }
  await Promise.all([work(), work()])
  return new Map(played)
}

/** How what was left in some scenarios comes out. */
export const judgeCorpus = (corpus: Corpus, level = 'recorded'): readonly CaseOutcome[] => {
  const options = { profile, trust, level, asked: none }
  const judged = judgeDeposits(
    [...corpus.values()].map(({ deposits }) => deposits),
    options,
  )
  const told = scenarios.flatMap((scenario) => {
    const played = corpus.get(scenario.name)
    return played === undefined ? [] : scenarioOutcomes(scenario, played, schemas, 0)
  })
  return [...judged.outcomes, ...told]
}

/** The cases that fail for a mutant. */
export const playMutant = ({ scenario, level, change }: Mutant, corpus: Corpus): readonly string[] => {
  const chosen = [...corpus].filter(([name]) => scenario === undefined || name === scenario)
  const changed = new Map(chosen.map(([name, played]) => [name, change(played)]))
  return judgeCorpus(changed, level)
    .filter(({ status }) => status === 'fail')
    .map(({ id }) => id)
    .toSorted()
}
