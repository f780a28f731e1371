import { type CaseOutcome, type Counts, countStatuses } from '../suite/index.ts'
import { openPlayer, type PlayerOptions, type ServerCase } from './player.ts'

export interface RunOptions extends PlayerOptions {
  readonly cases: readonly ServerCase[]
  readonly onOutcome?: (outcome: CaseOutcome) => void
}

export interface RunReport {
  readonly seed: string
  readonly capabilities: readonly string[]
  readonly outcomes: readonly CaseOutcome[]
  readonly counts: Counts
}

/**
 * Plays cases against a server, one after the other in their order, and says how each came out.
 * @throws {TypeError} for a URL that is none
 */
export const runHttpCases = async ({ cases, onOutcome, ...options }: RunOptions): Promise<RunReport> => {
  const player = await openPlayer(options)
  const outcomes: CaseOutcome[] = []
  for (const each of cases) {
    const outcome = await player.play(each)
    outcomes.push(outcome)
    onOutcome?.(outcome)
  }
  return { seed: player.seed, capabilities: player.capabilities, outcomes, counts: countStatuses(outcomes) }
}
