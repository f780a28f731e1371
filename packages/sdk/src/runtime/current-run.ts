import { AsyncLocalStorage } from 'node:async_hooks'
import type { Recorder } from '../recorder/index.ts'

/** The run that something belongs to: always the same recorder, or, found at every call, that of the call, e.g. `currentRun`. */
export type RunSource = Recorder | (() => Recorder | undefined)

const runs = new AsyncLocalStorage<Recorder>()

/** Does work that belongs to a run: within it, however asynchronous, `currentRun()` is this recorder. */
export function withRun<T>(run: Recorder, work: () => T): T {
  return runs.run(run, work)
}

/** The run that the caller works for; `undefined` outside of `withRun`. */
export function currentRun(): Recorder | undefined {
  return runs.getStore()
}

/** The recorder of a call that is made now; `undefined` if there is none, and nothing is recorded. */
export const runOf = (source: RunSource): Recorder | undefined => (typeof source === 'function' ? source() : source)
