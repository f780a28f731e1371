import { visible } from '@agent-run/core/text'
import { Failure } from '../failure.ts'

/** Asks for the newest run, unless one has an id that begins like this. */
export const LATEST = 'latest'

/** Whether a run may be the one that `--run` asks for: its id is that, begins like that, or is not known. */
export const mayBeChosen = (id: string | undefined, wanted: string): boolean => id?.startsWith(wanted) === true

/**
 * The one run that `--run` means: that with exactly this id, else the only one whose id begins like this.
 * Throws `Failure` if there is none or more than one.
 */
export function chooseRun<T extends { readonly id: string | undefined }>(
  candidates: readonly T[],
  wanted: string,
  seen: number,
): T {
  const exact = candidates.filter(({ id }) => id === wanted)
  const [first, second] = exact.length > 0 ? exact : candidates
  if (first === undefined)
    throw new Failure(`no run has an id that begins with "${visible(wanted)}" (${seen} runs looked at)`)
  if (second !== undefined && exact.length === 0) {
    const names = candidates.slice(0, 5).map(({ id }) => visible(id ?? ''))
    throw new Failure(
      `${candidates.length} runs have an id that begins with "${visible(wanted)}": ${names.join(', ')}${candidates.length > 5 ? ', …' : ''}`,
    )
  }
  return first
}
