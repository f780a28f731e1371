// A released schema never changes, and a draft changes only on purpose.
import { differences, lockProblems, readLock, schemaDigests } from '../releases.mjs'

/** Differences between the schemas and the last entry of conformance/releases.lock.json. */
export const check = (root) => {
  const versions = readLock(root)
  const problems = lockProblems(versions)
  if (problems.length > 0) return problems
  const last = versions.at(-1)
  const changed = differences(last, schemaDigests(root))
  if (changed.length === 0) return []
  const advice =
    last.state === 'draft'
      ? 'If that is meant, record it with "npm run lock".'
      : `Undo it, or begin the next version with "npm run lock -- draft <version>".`
  return [...changed, advice]
}
