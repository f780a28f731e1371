import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { INNER_PREFIX, SESSION_PREFIX } from '../session/session.ts'
import { changesBetween, readTree, type TreeState } from '../tree-state.ts'
import type { LoadedPack } from '../trial.ts'
import type { TrialFolder } from './trial-folder.ts'

/** Places that a runtime has no business in, as they were before it was started. */
export interface Outside {
  /** What has changed there, as `place/path`; at most 50. */
  changes(): Promise<readonly string[]>
}

/** What else is watched. */
export interface OutsideOptions {
  readonly pack: LoadedPack
  /** All that has appeared or changed so far in the results folder and is not the bench's own. */
  readonly results: () => readonly string[]
  /** Home folder of the machine. */
  readonly home: string
  /** Also look for new names in the machine's temporary folder, where other programs write too. */
  readonly watchTemp: boolean
}

const MOST = 50
/** More than a pack may have, so that all of it is read, and nothing without end is. */
const ALL = { files: 100_000, bytes: 512 * 1024 * 1024, contents: true }
/** Milliseconds after which a name that other programs make for a moment is gone again. */
const MOMENT = 250

/**
 * Remembers what stands where a runtime has no business: beside its workspace, home, temporary and output folder, in the
 * pack, in the results, and which names there are in the home folder of the machine. What happens deeper in the
 * machine is not seen; a sandbox keeps it from happening.
 */
export const watchOutside = (folder: TrialFolder, { pack, results, home, watchTemp }: OutsideOptions): Outside => {
  const trial = trialState(folder)
  const packState = readTree(pack.folder, ALL)
  const places = [
    { name: '~', names: () => namesIn(home, SESSION_PREFIX) },
    // Where the folders of other trials are that go on at the same time.
    { name: 'session', names: () => namesIn(dirname(folder.outer), INNER_PREFIX) },
    ...(watchTemp ? [{ name: 'temp', names: () => namesIn(tmpdir(), SESSION_PREFIX) }] : []),
  ].map((place) => ({ ...place, before: place.names() }))
  // Of several trials that go on at a time, each is told.
  const known = results().length
  return {
    changes: async () => {
      const found = [
        ...changed('trial', trial, trialState(folder)),
        ...changed('pack', packState, readTree(pack.folder, ALL)),
        ...results()
          .slice(known)
          .map((path) => `results/${path}`),
      ]
      const suspects = places.map(({ before, names }) => different(before, names()))
      if (suspects.some(({ length }) => length > 0)) await wait(MOMENT)
      for (const [index, { name, before, names }] of places.entries()) {
        const still = new Set(different(before, names()))
        found.push(...(suspects[index] ?? []).filter((each) => still.has(each)).map((each) => `${name}/${each}`))
      }
      return found.slice(0, MOST)
    },
  }
}

/** What stands in the folder that was made for the trial, without what is the runtime's own. */
const trialState = ({ outer, root, workspace, home, temp, output }: TrialFolder): TreeState => {
  const own = [workspace, home, temp, output].map((path) => `${basename(root)}/${basename(path)}`)
  return readTree(outer, { ...ALL, skip: new Set(own) })
}

const changed = (place: string, before: TreeState, after: TreeState): readonly string[] =>
  changesBetween(before, after).map(({ path, change }) => `${place}/${path} ${change}`)

const different = (before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] => [
  ...[...after].filter((name) => !before.has(name)).map((name) => `${name} added`),
  ...[...before].filter((name) => !after.has(name)).map((name) => `${name} removed`),
]

/** @param own how names begin that are the bench's own */
const namesIn = (folder: string, own: string): ReadonlySet<string> => {
  try {
    return new Set(readdirSync(folder).filter((name) => !name.startsWith(own)))
  } catch {
    return new Set()
  }
}
