// A released schema or profile never changes, and a draft changes only on purpose.
import { changedProfiles, differences, lockedDigests, lockProblems, readLock } from '../releases.mjs'

/** Differences between the schemas and profiles and conformance/releases.lock.json. */
export const check = (root) => {
  const versions = readLock(root)
  const problems = lockProblems(versions)
  if (problems.length > 0) return problems
  const last = versions.at(-1)
  const frozen = changedProfiles(root, versions)
  if (frozen.length > 0) return [...frozen, 'Undo it; what was released stays as it is.']
  const changed = differences(last, lockedDigests(root, last.version))
  if (changed.length === 0) return []
  const advice =
    last.state === 'draft'
      ? 'If that is meant, record it with "npm run lock".'
      : `Undo it, or begin the next version with "npm run lock -- draft <version>".`
  return [...changed, advice]
}
