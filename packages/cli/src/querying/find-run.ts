import { existsSync } from 'node:fs'
import { describeRun, type RunDescription } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { Failure } from '../failure.ts'
import { expandArguments } from '../input/expand.ts'
import { mayBeChosen } from '../receipt/choose-run.ts'
import { type ReadingOptions, type ReadRun, RunReader } from './read-runs.ts'

/** A run that was found in files. */
export interface FoundRun extends RunDescription {
  readonly run: AgentRun
}

/** A run with what filters know of it. */
export const describe = ({ run, level }: ReadRun): FoundRun => ({ run, ...describeRun(run, { level }) })

/** Whether a name means a file, not an id. */
export const isFile = (name: string): boolean => name === '-' || existsSync(name)

/** The one record of a file. Throws `Failure` if it holds another number of them. */
export async function runInFile(name: string, options: ReadingOptions): Promise<FoundRun> {
  const reader = new RunReader(expandArguments([name]), options)
  let found: FoundRun | undefined
  for await (const each of reader.runs()) {
    if (found)
      throw new Failure(`${visibleName(name)} holds several records: name one by its id, then the file to look in`)
    found = describe(each)
  }
  if (found === undefined) throw new Failure(reader.remarks()[0] ?? `${visibleName(name)}: there is no record here`)
  return found
}

/** Looks for runs by their ids, or by what only their ids begin with. */
export class IdSearch<T extends { readonly id: string }> {
  readonly #wanted: readonly string[]
  readonly #exact = new Map<string, T>()
  readonly #begun = new Map<string, T[]>()

  constructor(wanted: readonly string[]) {
    this.#wanted = wanted
  }

  /** Looks at one more run. */
  offer(found: T): void {
    const { id } = found
    for (const wanted of this.#wanted) {
      if (id === wanted) this.#exact.set(wanted, found)
      else if (mayBeChosen(id, wanted)) {
        const others = this.#begun.get(wanted) ?? []
        if (others.length < 2 && !others.some((other) => other.id === id)) others.push(found)
        this.#begun.set(wanted, others)
      }
    }
  }

  /** The run that is meant. Throws `Failure` if there is none, or more than one. */
  get(wanted: string): T {
    const [first, second] = this.#begun.get(wanted) ?? []
    const exact = this.#exact.get(wanted)
    if (exact) return exact
    if (first && second)
      throw new Failure(
        `several runs have an id that begins with "${visible(wanted)}": ${visible(first.id)}, ${visible(second.id)}, …`,
      )
    if (first) return first
    throw new Failure(`there is no file and no run "${visible(wanted)}"`)
  }
}
