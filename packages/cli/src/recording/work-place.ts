import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Checkpoint } from '@agent-run/types'
import { makeRecordFolder } from '../records/record-folder.ts'
import { takeCheckpoint } from './checkpoint.ts'
import { compareHistory, type History } from './commits.ts'
import { type Changes, compareFiles, type FileClock, type Snapshot, takeSnapshot } from './file-changes.ts'
import { type Git, openGit, repositoryName } from './git.ts'
import type { Place } from './list-files.ts'

/** What is looked at, and how far. */
export interface WorkPlaceOptions {
  /** Folder of journals and records: what happens there is not the command's doing. */
  readonly directory: string
  readonly maxFiles?: number
  readonly maxBytes: number
  /** Whether to make checkpoints. */
  readonly checkpoint: boolean
}

/** The folder that a command works in, before it does. */
export interface WorkPlace {
  readonly root: string
  readonly git: Git | undefined
  readonly before: Snapshot
  readonly repository: string | undefined
  readonly checkpoint: Checkpoint | undefined
}

/** What a command did to the folder that it worked in. */
export interface WorkDone {
  readonly changes: Changes
  readonly history: History
  readonly checkpoint: Checkpoint | undefined
}

/** Looks at the work tree that a folder is in, else at the folder itself. Throws what the file system throws where the folder has gone. */
export function enterWorkPlace(folder: string, options: WorkPlaceOptions): WorkPlace {
  const git = openGit(folder)
  const root = git?.root ?? realpathSync(folder)
  const { maxFiles, maxBytes } = options
  const place: Place = { root, without: ownFolders(options.directory), maxFiles, maxBytes }
  const before = takeSnapshot(git, place)
  const used = before.by === 'git' ? git : undefined
  const checkpoint = options.checkpoint ? checkpointOf(used, before, 'before') : undefined
  return { root, git: used, before, repository: git && repositoryName(git), checkpoint }
}

/**
 * Looks again, when the command has ended.
 *
 * @param clock what the clock of a file system said before the command was started
 */
export function leaveWorkPlace(
  work: WorkPlace,
  { checkpoint }: Pick<WorkPlaceOptions, 'checkpoint'>,
  clock: FileClock | undefined,
): WorkDone {
  const changes = compareFiles(work.before, work.git, clock)
  const history = compareHistory(work.before, changes.now, work.git)
  const isSame = changes.files.length === 0 && history.made.length === 0 && history.moved === undefined
  const after =
    checkpoint && !isSame && changes.now.by === 'git' ? checkpointOf(work.git, changes.now, 'after') : undefined
  return { changes, history, checkpoint: after }
}

/** How to get the files back that were there before; undefined where no checkpoint holds them. */
export const wayBack = ({ checkpoint }: WorkPlace): string | undefined =>
  checkpoint?.ref === undefined ? undefined : `git restore --source=${checkpoint.ref} --worktree -- :/`

const checkpointOf = (git: Git | undefined, snapshot: Snapshot, when: 'before' | 'after'): Checkpoint | undefined => {
  const ref = git && takeCheckpoint(git, snapshot, `agent-run: ${when} the run`)
  if (ref === undefined) return undefined
  const isOwn = ref !== snapshot.listing.commit
  return {
    when,
    kind: 'git_commit',
    ref,
    at: new Date(snapshot.at).toISOString(),
    ...(isOwn ? { metadata: { holds: ['tracked', 'untracked'], lacks: ['ignored', 'index'], referenced: false } } : {}),
  }
}

/** The folder of the records, as it is named and as it is reached. */
const ownFolders = (directory: string): string[] => {
  const path = resolve(directory)
  try {
    makeRecordFolder(path)
    return [path, realpathSync(path)]
  } catch {
    // The recorder will say what is wrong with it.
    return [path]
  }
}
