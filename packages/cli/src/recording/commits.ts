import type { Snapshot } from './file-changes.ts'
import type { Git } from './git.ts'

/** What became of the history of a work tree. */
export interface History {
  /** Commits that were made meanwhile, oldest first. */
  readonly made: readonly { readonly commit: string; readonly subject: string }[]
  /** Where the work tree stood and stands, in words; undefined if it did not move. */
  readonly moved: string | undefined
  /** Branch afterwards. */
  readonly branch: string | undefined
}

/** Most commits that are named. */
const most = 50

/** What happened to commit and branch between two looks. A commit that is older than the first was fetched or checked out. */
export function compareHistory(before: Snapshot, after: Snapshot, git: Git | undefined): History {
  const { commit: from, branch: fromBranch } = before.listing
  const { commit: to, branch } = after.listing
  if (git === undefined || after.by !== 'git' || (from === to && fromBranch === branch))
    return { made: [], moved: undefined, branch }
  const range = to === undefined ? [] : from === undefined ? [to] : [to, `^${from}`]
  const log =
    range.length === 0
      ? undefined
      : git.text(['log', '-z', '--format=%H %ct %s', `--max-count=${most}`, '--end-of-options', ...range, '--'])
  const made = (log ?? '').split('\0').flatMap((entry) => {
    const [, commit, seconds, subject] = /^(\S+) (\d+) (.*)$/s.exec(entry) ?? []
    const isNew = Number(seconds) * 1000 + 1000 > before.at
    return commit !== undefined && isNew ? [{ commit, subject: subject ?? '' }] : []
  })
  const name = (commit: string | undefined, on: string | undefined): string =>
    [on, commit?.slice(0, 12) ?? 'no commit'].filter(Boolean).join(' ')
  // That the branch has got longer, its new commits say themselves.
  if (made.length > 0 && fromBranch === branch) return { made: made.reverse(), moved: undefined, branch }
  return { made: made.reverse(), moved: `${name(from, fromBranch)} → ${name(to, branch)}`, branch }
}
