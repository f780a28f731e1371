import type { Checkpoint } from '@agent-run/types'
import type { Context } from './context.ts'
import { keepPatch, updateRun } from './update-run.ts'

/** The checkpoints of a run. A journal can only give the list anew, so a long one is not written for every checkpoint. */
export interface Checkpoints {
  add(checkpoint: Checkpoint): void
  /** Writes what is not in the journal yet. */
  write(): void
}

/** Up to so many, every checkpoint is in the journal at once. */
const few = 64

/**
 * Keeps what a run's checkpoints cost proportional to their number: beyond the first few the list is written when it has
 * grown by an eighth, and at the end of the run. A crash may lose that eighth, the record has them all.
 */
export function createCheckpoints(context: Context): Checkpoints {
  const { clock, state } = context
  let waiting: Checkpoint[] = []
  const write = (): void => {
    if (waiting.length === 0) return
    const checkpoints = [...(state.run.checkpoints ?? []), ...waiting]
    waiting = []
    updateRun(context, { checkpoints })
  }
  return {
    add(checkpoint) {
      // One that is not right must not cost those that wait with it.
      const given = context.cleaner.value({ at: clock.time(), ...checkpoint }) as Checkpoint
      const [kept] = keepPatch(context, { checkpoints: [given] }).checkpoints ?? []
      if (kept === undefined) return
      waiting.push(kept)
      const written = state.run.checkpoints?.length ?? 0
      if (written < few || waiting.length * 8 >= written) write()
    },
    write,
  }
}
