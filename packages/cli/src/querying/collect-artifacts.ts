import { artifactsOf } from '@agent-run/core'
import type { AgentRun, ArtifactEntry } from '@agent-run/types'
import type { Found, ListQuery } from './archive.ts'
import { Newest } from './newest.ts'
import { type ReadRun, startOf } from './read-runs.ts'

/**
 * The artifacts asked for over many runs, those of the newest run first. A child run that names no turn belongs to the turn
 * of the run that started it, wherever that stands: what such runs made waits until all runs are known.
 */
export async function collectArtifacts(
  runs: AsyncIterable<ReadRun>,
  { parameters, limit }: ListQuery,
): Promise<Found<ArtifactEntry>> {
  const wanted = new Map(parameters)
  const [turnId, runId, digest] = [wanted.get('turn_id'), wanted.get('run_id'), wanted.get('digest')]
  const found = new Newest<ArtifactEntry>(limit)
  const family = new Family()
  const waiting: {
    readonly time: string | undefined
    readonly runId: string
    readonly entries: readonly ArtifactEntry[]
  }[] = []
  for await (const { run } of runs) {
    const time = startOf(run)
    family.add(relationsOf(run))
    if (runId !== undefined && run.id !== runId) continue
    const query = digest === undefined ? {} : { digest }
    const entries = artifactsOf(run, turnId === undefined ? query : { ...query, turnId })
    for (const entry of entries) found.add(time, JSON.stringify(entry), entry)
    if (turnId === undefined || !isTurnless(run)) continue
    const own = artifactsOf(run, query)
    if (own.length > 0) waiting.push({ time, runId: run.id, entries: own })
  }
  for (const { time, runId: id, entries } of waiting)
    if (family.turnOf(id) === turnId) for (const entry of entries) found.add(time, JSON.stringify(entry), entry)
  return { items: found.items(), more: found.more }
}

/** Whether a run names no turn, nor does a step of it: its artifacts may belong to the turn of an ancestor. */
export const isTurnless = ({ turn_id, steps }: AgentRun): boolean =>
  turn_id === undefined && steps.every((step) => step.turn_id === undefined)

/** What decides to which turn a run belongs. */
export interface Relations {
  readonly id: string
  readonly turn: string | undefined
  readonly parent: string | undefined
}

/** The turn and the parent of a run, as it names them. */
export const relationsOf = ({ id, turn_id, parent_run_id, provenance }: AgentRun): Relations => ({
  id,
  turn: turn_id,
  parent: parent_run_id ?? provenance.parents?.[0]?.run_id,
})

/** Turns of runs, and the parents of those that name none. */
export class Family {
  readonly #turns = new Map<string, string>()
  readonly #parents = new Map<string, string>()

  add({ id, turn, parent }: Relations): void {
    if (turn !== undefined) this.#turns.set(id, turn)
    else if (parent !== undefined) this.#parents.set(id, parent)
  }

  /** The turn of a run, its own or that of its nearest ancestor that names one. */
  turnOf(id: string): string | undefined {
    const seen = new Set<string>()
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = this.#parents.get(at)) {
      const turn = this.#turns.get(at)
      if (turn !== undefined) return turn
      seen.add(at)
    }
    return undefined
  }
}
