import { createHash } from 'node:crypto'
import { nearest } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import type { BenchPack, BenchScenario } from '@agent-run/types'
import { Failure } from '../failure.ts'

/** A trial that is to be made. */
export interface PlannedTrial {
  /** `<scenario>.<repeat>`: the name of its folder in the results. */
  readonly name: string
  readonly scenario: BenchScenario
  /** From 1. */
  readonly repeat: number
  /** 0 to 2³¹−1. */
  readonly seed: number
}

/** The scenarios that are named, in the order of the pack; all without a name. @throws Failure for a name that is none */
export const chooseScenarios = (pack: BenchPack, only: readonly string[]): readonly BenchScenario[] => {
  const ids = pack.scenarios.map(({ id }) => id)
  for (const name of only) {
    if (ids.includes(name)) continue
    const meant = nearest(name, ids)
    const hint = meant === undefined ? `; there are ${ids.join(', ')}` : ` – did you mean ${meant}?`
    throw new Failure(`the pack has no scenario "${visible(name)}"${hint}`)
  }
  return pack.scenarios.filter(({ id }) => only.length === 0 || only.includes(id))
}

/**
 * All trials in the order in which they are made: one round after the other, the scenarios of a round in an order that
 * rests on the seed, so that what one leaves behind in the world does not always meet the same next one.
 */
export const planTrials = (
  pack: BenchPack,
  { only, repeats, seed }: { readonly only: readonly string[]; readonly repeats: number; readonly seed: string },
): readonly PlannedTrial[] => {
  const scenarios = chooseScenarios(pack, only)
  return Array.from({ length: repeats }, (_, index) => index + 1).flatMap((repeat) =>
    scenarios
      .map((scenario) => ({
        name: `${scenario.id}.${repeat}`,
        scenario,
        repeat,
        seed: seedOf(seed, pack.id, scenario.id, repeat),
        rank: hex(`order\n${seed}\n${pack.id}/${scenario.id}\n${repeat}`),
      }))
      .sort((one, other) => (one.rank < other.rank ? -1 : 1))
      .map(({ rank: _, ...trial }) => trial),
  )
}

/** The first 31 bits of the SHA-256 of seed, pack, scenario and repeat. */
const seedOf = (seed: string, pack: string, scenario: string, repeat: number): number =>
  Number.parseInt(hex(`seed\n${seed}\n${pack}/${scenario}\n${repeat}`).slice(0, 8), 16) >>> 1

const hex = (text: string): string => createHash('sha256').update(text).digest('hex')
