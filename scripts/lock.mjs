// Keeps conformance/releases.lock.json.
//   npm run lock                     records the schemas as they are now in the current draft
//   npm run lock -- draft 1.1        begins the next version
//   npm run lock -- release          declares the draft released: from now on its files cannot change
import { fileURLToPath, pathToFileURL } from 'node:url'
import { differences, isNewer, lockProblems, readLock, schemaDigests, writeLock } from './releases.mjs'

/**
 * Does what the words say.
 * @returns {string} what was done
 * @throws {Error} when it may not be done
 */
export const lock = (root, [verb = 'record', version] = []) => {
  const versions = readLock(root)
  const [problem] = lockProblems(versions)
  if (problem) throw new Error(problem)
  const last = versions.at(-1)
  const files = schemaDigests(root)

  if (verb === 'draft') {
    if (last.state === 'draft') throw new Error(`${last.version} is still a draft`)
    if (!/^\d+\.\d+$/.test(version ?? '') || !isNewer(version, last.version)) {
      throw new Error(`name a version after ${last.version}, such as 1.1`)
    }
    writeLock(root, [...versions, { version, state: 'draft', files }])
    return `${version} begun as a draft`
  }

  if (last.state === 'released')
    throw new Error(`${last.version} is released; begin the next version with "draft <version>"`)
  if (verb === 'record') {
    const changed = differences(last, files)
    writeLock(root, [...versions.slice(0, -1), { ...last, files }])
    return changed.length === 0 ? `nothing to record, draft ${last.version} is as it was` : changed.join('\n')
  }
  if (verb === 'release') {
    const changed = differences(last, files)
    if (changed.length > 0) throw new Error(`${changed.join('\n')}\nRecord that first.`)
    writeLock(root, [...versions.slice(0, -1), { ...last, state: 'released' }])
    return `${last.version} is released`
  }
  throw new Error(`"${verb}" is not known; use nothing, "draft <version>" or "release"`)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(lock(fileURLToPath(new URL('../', import.meta.url)), process.argv.slice(2)))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
