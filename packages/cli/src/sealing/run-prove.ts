import { proveStep } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { nearestName } from '../terminal/nearest.ts'
import { refuseToReplace } from '../terminal/output.ts'
import { orFailure } from './core-errors.ts'
import { oneRecord } from './values.ts'
import { writeValues } from './write-result.ts'

/** Options of `agent-run prove`, as the command line gives them. */
export interface ProveOptions {
  readonly step: string
  readonly output?: string
}

/** Writes a proof that a step belongs to a record. Returns the exit code. Throws `Failure`. */
export async function runProve(name: string, { step, output }: ProveOptions): Promise<number> {
  refuseToReplace(output, [name])
  const { run } = await oneRecord(name)
  const index = stepIndex(run, step)
  const proof = await orFailure(() => proveStep(run, index))
  await writeValues([proof], output === undefined ? {} : { output })
  return exit.clean
}

/** Place of the step with an id. Throws `Failure` if there is none. */
export function stepIndex({ steps }: AgentRun, id: string): number {
  const index = steps.findIndex((step) => step?.id === id)
  if (index !== -1) return index
  const near = nearestName(
    id,
    steps.flatMap((step) => (typeof step?.id === 'string' ? [step.id] : [])),
  )
  const hint = near === undefined ? '' : ` (did you mean ${visible(near)}?)`
  throw new Failure(`the record has no step ${visible(id)}${hint}`)
}
