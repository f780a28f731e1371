import { digest } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'

const spanId = /^(?!0{16})[0-9a-f]{16}$/
const traceId = /^(?!0{32})[0-9a-f]{32}$/

/** Ids of a trace: those that the record names, else such as follow from its own ids. */
export interface TraceIds {
  readonly trace: string
  readonly root: string
  of(step: Step): string
}

/** Chooses the ids of the trace of a record; no two spans have the same one. */
export function chooseIds({ id, links }: AgentRun): TraceIds {
  const taken = new Set<string>()
  const take = (named: string | undefined, seed: string): string => {
    let chosen = named !== undefined && spanId.test(named) && !taken.has(named) ? named : undefined
    for (let round = 0; chosen === undefined; round++) {
      const derived = derive(`${seed} ${round}`, 16)
      if (spanId.test(derived) && !taken.has(derived)) chosen = derived
    }
    taken.add(chosen)
    return chosen
  }
  const trace =
    links?.trace_id !== undefined && traceId.test(links.trace_id) ? links.trace_id : derive(`trace ${id}`, 32)
  const root = take(links?.span_id, `run ${id}`)
  return { trace, root, of: (step) => take(step.span_id, `step ${JSON.stringify([id, step.id])}`) }
}

const derive = (seed: string, digits: number): string => digest(seed).slice('sha256:'.length, 'sha256:'.length + digits)
