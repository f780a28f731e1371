import { fileURLToPath } from 'node:url'
import { loadProfile } from '../../../src/suite/index.ts'
import { harnessEnvironment, testVerifier, type VerifierResult } from '../../../src/verifier/index.ts'
import type { Mutant } from './mutant.ts'

/** A broken verifier and the cases that find it: a row of `conformance/verifier-mutants.json`. */
export interface MatrixRow {
  readonly mutant: string
  readonly fault: string
  readonly killed_by: readonly string[]
}

const preload = fileURLToPath(new URL('preload.mjs', import.meta.url))
const harness = fileURLToPath(new URL('../../../../../examples/verifier/node/harness.mjs', import.meta.url))
const profile = loadProfile('1.0')

/** Plays cases against a mutant, or against all of ours without a mutation where none is given. */
export const playMutant = async (
  { module, find, replace }: Pick<Mutant, 'module' | 'find' | 'replace'>,
  only: readonly string[] = [],
): Promise<VerifierResult> => {
  const result = await testVerifier({
    harness: {
      command: [process.execPath, '--import', preload, harness],
      environment: {
        ...harnessEnvironment(process.env, []),
        AGENT_RUN_MUTANT: JSON.stringify({ module, find, replace }),
      },
      startSeconds: 60,
      answerSeconds: 20,
    },
    seconds: 600,
    profile,
    level: 'accountable',
    only,
    seed: 'mutants',
    shellLine: 'harness',
  })
  // One that cannot be played at all would look like one that everything finds.
  if (result.name === null) throw new Error(`the mutant of ${module} does not start:\n${result.stderr}`)
  return result
}

/** Ids of the cases that fail on a mutant, sorted. */
export const killersOf = async (mutant: Mutant, only?: readonly string[]): Promise<readonly string[]> => {
  const { outcomes } = await playMutant(mutant, only)
  return outcomes
    .filter(({ status }) => status === 'fail')
    .map(({ id }) => id)
    .toSorted()
}

/** Does something for each item, a few at a time; results stand in the order of the items. */
export const inParallel = async <T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = []
  const waiting = [...items.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await act(next[1])
  }
  await Promise.all(Array.from({ length: 2 }, work))
  return results
}
