import { type Fact, factValue, type RunFilter, sortInstant } from '@agent-run/core'
import { parameterProblem } from '../app/problem.ts'
import type { Store } from '../store/store.ts'

/** Runs that are looked through, one after the other. */
export interface RunSource {
  /** The run after a position, with the position after it; undefined at the end. */
  next(position: string): Promise<{ readonly id: string; readonly position: string } | undefined>
}

/** These runs. */
export const fixedRuns = (ids: readonly string[]): RunSource => ({
  async next(position) {
    const index = position === '' ? 0 : Number(position)
    const id = ids[index]
    return id === undefined ? undefined : { id, position: String(index + 1) }
  },
})

/** The runs with a fact, newest first. */
export const runsWith = (store: Store, tenant: string, fact: Pick<Fact, 'kind' | 'value'>): RunSource => ({
  async next(position) {
    if (position === END) return undefined
    const page = { limit: 1, ...(position === '' ? {} : { after: position }) }
    const { items, next } = await store.listRuns(tenant, { facts: [fact] }, page)
    return items[0] && { id: items[0].id, position: next ?? END }
  },
})

const END = '.'
/** Most runs of one turn. */
const MOST_OF_TURN = 1000

/**
 * The runs of a turn and the child runs that name no turn themselves, newest first: a turn has few.
 * @throws Problem 400 query.invalid_value for a turn of more than a thousand runs
 */
export const runsOfTurn = async (store: Store, tenant: string, turnId: string): Promise<TurnRuns> => {
  const found = new Map<string, { readonly at: string; readonly isNamed: boolean }>()
  const visit = async (filter: RunFilter, isNamed: boolean): Promise<string[]> => {
    const added: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await store.listRuns(tenant, filter, { limit: 200, ...(after === undefined ? {} : { after }) })
      for (const { id, turn_id, started_at, received_at } of page.items)
        if (!found.has(id) && (isNamed || turn_id === undefined)) {
          found.set(id, { at: started_at ?? received_at ?? '', isNamed })
          added.push(id)
        }
      if (found.size > MOST_OF_TURN)
        throw parameterProblem(400, 'query.invalid_value', 'turn_id', `expected a turn of at most ${MOST_OF_TURN} runs`)
      after = page.next
      if (after === undefined) return added
    }
  }
  let parents = await visit({ facts: [{ kind: 'turn_id', value: factValue(turnId) }] }, true)
  while (parents.length > 0) {
    const children: string[] = []
    for (const parent of parents)
      children.push(...(await visit({ facts: [{ kind: 'parent_run_id', value: factValue(parent) }] }, false)))
    parents = children
  }
  const ids = [...found].sort(([, a], [, b]) => order(instantOf(b.at), instantOf(a.at))).map(([id]) => id)
  return { ids, isNamed: (id) => found.get(id)?.isNamed === true }
}

/** The runs of a turn. */
export interface TurnRuns {
  readonly ids: readonly string[]
  /** Whether a run names the turn, itself or in a step. */
  isNamed(id: string): boolean
}

const instantOf = (time: string): string => (time === '' ? '' : sortInstant(time))
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
