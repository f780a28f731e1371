// Keeps conformance/releases.lock.json.
//   npm run lock                     brings the profile of the current draft up to date, and records it and the schemas
//   npm run lock -- draft 1.1        begins the next version, with the profile of the last
//   npm run lock -- release          declares the draft released: from now on its files cannot change
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { profileDrift, profilePath, profileText, readProfile, refreshProfile } from './profiles.mjs'
import { differences, isNewer, lockedDigests, lockProblems, readLock, writeLock } from './releases.mjs'
import { readRequirements } from './requirements.mjs'

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

  if (verb === 'draft') {
    if (last.state === 'draft') throw new Error(`${last.version} is still a draft`)
    if (!/^\d+\.\d+$/.test(version ?? '') || !isNewer(version, last.version)) {
      throw new Error(`name a version after ${last.version}, such as 1.1`)
    }
    beginProfile(root, last.version, version)
    writeLock(root, [...versions, { version, state: 'draft', files: lockedDigests(root, version) }])
    return `${version} begun as a draft`
  }

  if (last.state === 'released')
    throw new Error(`${last.version} is released; begin the next version with "draft <version>"`)
  if (verb === 'record') {
    const changes = refresh(root, last.version)
    const files = lockedDigests(root, last.version)
    const changed = [...changes, ...differences(last, files)]
    writeLock(root, [...versions.slice(0, -1), { ...last, files }])
    return changed.length === 0 ? `nothing to record, draft ${last.version} is as it was` : changed.join('\n')
  }
  if (verb === 'release') {
    const changed = [...drift(root, last.version), ...differences(last, lockedDigests(root, last.version))]
    if (changed.length > 0) throw new Error(`${changed.join('\n')}\nRecord that first.`)
    writeLock(root, [...versions.slice(0, -1), { ...last, state: 'released' }])
    return `${last.version} is released`
  }
  throw new Error(`"${verb}" is not known; use nothing, "draft <version>" or "release"`)
}

/** Brings the profile of a draft up to date; what changed in it. */
const refresh = (root, version) => {
  const profile = readProfile(root, version)
  if (profile === undefined) return []
  const refreshed = refreshProfile(profile, readRequirements(root).requirements)
  writeFileSync(join(root, profilePath(version)), profileText(refreshed.profile))
  return refreshed.changes
}

const drift = (root, version) => {
  const profile = readProfile(root, version)
  return profile === undefined ? [] : profileDrift(profile, readRequirements(root).requirements)
}

/** The profile of a new version begins as that of the last one. */
const beginProfile = (root, last, version) => {
  const profile = readProfile(root, last)
  if (profile !== undefined)
    writeFileSync(join(root, profilePath(version)), profileText({ ...profile, profile: version }))
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(lock(fileURLToPath(new URL('../', import.meta.url)), process.argv.slice(2)))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
