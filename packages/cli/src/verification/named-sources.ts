import { visibleName } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { expandArguments } from '../input/expand.ts'
import type { Source } from '../input/source.ts'

/** The one source that a name stands for. Throws `Failure` if it cannot be used. */
export const sourceOf = (name: string): Source => {
  const [source] = sourcesOf([name])
  if (source === undefined) throw new Failure(`${visibleName(name)} cannot be used`)
  return source
}

/** The sources that names stand for. Throws `Failure` for the first that cannot be used. */
export const sourcesOf = (names: readonly string[]): Source[] => {
  const { sources, unusable: broken } = expandArguments(names)
  const [first] = broken
  if (first) throw new Failure(`${visibleName(first.name)}: ${first.problem.message}`)
  return sources
}
