import type { Tallies } from '../querying/tally.ts'
import { StaleIndex } from './failure.ts'
import type { RunIndex } from './run-index.ts'

/** So often a question is asked while files are written to. */
const TRIES = 3

/**
 * Brings an index up to date, then asks it; again if a file is written to in between. Throws `IndexFailure`, or
 * `StaleIndex` if there is no end to it.
 */
export async function askIndex<T>(index: RunIndex, question: (met: Tallies) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    const met = await index.refresh()
    try {
      return await question(met)
    } catch (error) {
      if (!(error instanceof StaleIndex) || tried === TRIES) throw error
    }
  }
}
