import { lstatSync } from 'node:fs'
import { type Budget, digestsOfBlobs, FileLooker, type FileState, type FileStates, lookAtFiles } from './file-states.ts'
import type { Git } from './git.ts'
import { type Listing, listByGit, listByScan, type Place } from './list-files.ts'

/** A file that is not what it was. */
export interface FileChange {
  /** Relative to the root, with forward slashes. */
  readonly name: string
  readonly action: 'created' | 'modified' | 'deleted'
  readonly before: FileState | undefined
  readonly after: FileState | undefined
}

/** The files of a folder at one moment, and how to compare them with later. */
export interface Snapshot {
  readonly by: 'git' | 'scan'
  readonly place: Place
  readonly listing: Listing
  readonly states: FileStates
  /** Whether there was more than is looked at, or read. */
  readonly isCut: boolean
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What the clock of a file system said at some moment; it may differ from ours. */
export interface FileClock {
  readonly device: bigint
  /** Milliseconds since 1970. */
  readonly at: number
}

/** When a file of ours was last written, by the clock of its file system; undefined where there is none. */
export function fileClockOf(path: string | undefined): FileClock | undefined {
  try {
    const stats = path === undefined ? undefined : lstatSync(path, { bigint: true })
    return stats && { device: stats.dev, at: Number(stats.ctimeMs) }
  } catch {
    return undefined
  }
}

/** What became of the files of a folder. */
export interface Changes {
  readonly files: readonly FileChange[]
  /** Commit and branch afterwards. */
  readonly now: Snapshot
  /** Whether more may have changed: there was more than is looked at. */
  readonly isCut: boolean
}

/** Looks at the files of a folder: those that git knows, else all of them. */
export function takeSnapshot(git: Git | undefined, place: Place): Snapshot {
  const at = Date.now()
  const budget: Budget = { left: place.maxBytes, isSpent: false }
  const byGit = git && listByGit(git, place)
  const listing = byGit ?? listByScan(place)
  const states = lookAtFiles(listing, place, budget)
  return {
    by: byGit ? 'git' : 'scan',
    place,
    listing,
    states,
    isCut: listing.isCut || listing.hasUnnamed || budget.isSpent,
    at,
  }
}

/**
 * Compares the files of a folder with what they were. What was only touched has not changed; a file of unknown content that was
 * written has.
 *
 * @param clock what the clock of a file system said between the two looks
 */
export function compareFiles(before: Snapshot, git: Git | undefined, clock: FileClock | undefined): Changes {
  const { place } = before
  const budget: Budget = { left: place.maxBytes, isSpent: false }
  const byGit = before.by === 'git' && git ? listByGit(git, place) : undefined
  const listing = byGit ?? listByScan(place)
  const looker = new FileLooker(place.root, budget)
  const names = new Set([...before.states.keys(), ...listing.loose, ...listing.committed.keys()])
  const touched: FileChange[] = []
  for (const name of [...names].sort()) {
    const known = before.states.get(name)
    const found = looker.look(name)
    if (known === undefined ? found === undefined || isOlder(found, before, clock) : known.mark === found?.mark)
      continue
    const after = found && looker.read(name, found)
    touched.push({
      name,
      action: known === undefined ? 'created' : after === undefined ? 'deleted' : 'modified',
      before: known,
      after,
    })
  }
  const files = withContentsOfGit(touched, before, git, budget).filter((change) => !isSame(change))
  const now: Snapshot = {
    by: byGit ? 'git' : 'scan',
    place,
    listing,
    states: new Map(
      listing.loose.flatMap((name): [string, FileState][] => {
        const state = looker.look(name)
        return state ? [[name, state]] : []
      }),
    ),
    isCut: listing.isCut || listing.hasUnnamed || budget.isSpent,
    at: Date.now(),
  }
  return { files, now, isCut: before.isCut || now.isCut }
}

/** Milliseconds that the clock of a file system of which nothing is known may be behind ours, its time zone included. */
const slack = 24 * 60 * 60 * 1000

/** Whether a file that was not looked at was there all the same: it was ignored then, or left out. In doubt it was not. */
const isOlder = (found: FileState, { at }: Snapshot, clock: FileClock | undefined): boolean =>
  found.changedAt < (clock?.device === found.device ? clock.at : at - slack)

const isSame = ({ before, after }: FileChange): boolean =>
  before?.digest !== undefined &&
  before.digest === after?.digest &&
  before.isLink === after.isLink &&
  before.isExecutable === after.isExecutable

/** What the content of committed files was, git knows. */
function withContentsOfGit(
  changes: readonly FileChange[],
  { listing }: Snapshot,
  git: Git | undefined,
  budget: Budget,
): FileChange[] {
  const blobOf = ({ name, before }: FileChange): string | undefined =>
    before === undefined || before.digest !== undefined ? undefined : listing.committed.get(name)
  const wanted = new Map<string, number>()
  for (const change of changes) {
    const blob = blobOf(change)
    if (blob !== undefined && change.before) wanted.set(blob, change.before.size)
  }
  const digests = git && wanted.size > 0 ? digestsOfBlobs(git, wanted, budget) : new Map<string, string>()
  return changes.map((change) => {
    const blob = blobOf(change)
    const digest = blob === undefined ? undefined : digests.get(blob)
    return digest === undefined || !change.before ? change : { ...change, before: { ...change.before, digest } }
  })
}
