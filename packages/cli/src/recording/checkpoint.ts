import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Snapshot } from './file-changes.ts'
import type { Git } from './git.ts'

/** Most files and bytes that a checkpoint takes in besides the commit. */
const most = { files: 5000, bytes: 256 * 1024 * 1024 }

/**
 * The state of a work tree as a commit: that of HEAD if nothing differs from it, else a new one with everything that is
 * changed or untracked. It is made with an index of its own: work tree, index, references and hooks stay untouched. Nothing
 * refers to it, so git removes it some weeks later. Undefined where git fails, or where there is too much.
 */
export function takeCheckpoint(git: Git, { listing, states }: Snapshot, name: string): string | undefined {
  const { loose, commit } = listing
  if (!listing.isDirty) return commit
  const bytes = loose.reduce((sum, file) => sum + (states.get(file)?.size ?? 0), 0)
  if (listing.isCut || loose.length > most.files || bytes > most.bytes) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-'))
  try {
    const env = { ...person, GIT_INDEX_FILE: join(folder, 'index') }
    const steps = [
      git.run(['read-tree', commit ?? '--empty'], { env }),
      git.run(['update-index', '--add', '--remove', '-z', '--stdin'], { env, input: `${loose.join('\0')}\0` }),
    ]
    const tree = steps.includes(undefined) ? undefined : git.text(['write-tree'], { env })
    if (tree === undefined) return undefined
    return git.text(['commit-tree', ...(commit === undefined ? [] : ['-p', commit]), '-m', name, tree], { env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A commit needs somebody who made it; the user did not. */
const person: Readonly<Record<string, string>> = {
  GIT_AUTHOR_NAME: 'agent-run',
  GIT_AUTHOR_EMAIL: 'agent-run@localhost',
  GIT_COMMITTER_NAME: 'agent-run',
  GIT_COMMITTER_EMAIL: 'agent-run@localhost',
}
