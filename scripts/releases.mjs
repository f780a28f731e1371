// conformance/releases.lock.json: which bytes the schemas and the profile of a version have. Shape:
//   { "versions": [{ "version": "1.0", "state": "draft" | "released", "files": { "<path>": "sha256:<hex>" } }] }
// The last entry describes the files as they are now; the ones before it are history and never change.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { profilePath } from './profiles.mjs'

const LOCK = 'conformance/releases.lock.json'

/** The entries of the lock, oldest first. */
export const readLock = (root) => JSON.parse(readFileSync(join(root, LOCK), 'utf8')).versions

/** Writes the lock. */
export const writeLock = (root, versions) =>
  writeFileSync(join(root, LOCK), `${JSON.stringify({ versions }, null, 2)}\n`)

/** Path → digest of the bytes of every schema, both editions, and of the profile of a version. */
export const lockedDigests = (root, version) =>
  Object.fromEntries(
    [...schemaFiles(root), ...profileFiles(root, version)].map((path) => [
      path,
      digest(readFileSync(join(root, path))),
    ]),
  )

const schemaFiles = (root) =>
  ['schemas', 'schemas/2020-12'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.json') && !hasOwnVersion(name))
      .sort()
      .map((name) => `${folder}/${name}`),
  )

/** The document of the HTTP protocol, and what packs and reports of benchmarks look like: not part of a record's version. */
const hasOwnVersion = (name) => name === 'openapi.json' || name.startsWith('bench-')

const profileFiles = (root, version) => [profilePath(version)].filter((path) => existsSync(join(root, path)))

/** Profiles of the versions before the last that are no longer what was released, one sentence each. */
export const changedProfiles = (root, versions) =>
  versions.slice(0, -1).flatMap(({ version, files }) => {
    const path = profilePath(version)
    const now = lockedProfile(root, version)
    return files[path] === now
      ? []
      : [`${path} ${now ? 'differs from' : 'is missing, it is in'} released version ${version}`]
  })

const lockedProfile = (root, version) => {
  const [path] = profileFiles(root, version)
  return path === undefined ? undefined : digest(readFileSync(join(root, path)))
}

/** How the files differ from an entry, one sentence a file. */
export const differences = ({ version, state, files }, now) => {
  const entry = state === 'released' ? `released version ${version}` : `what the lock has for draft ${version}`
  const known = new Set(Object.keys(files))
  return [
    ...Object.keys(files)
      .filter((path) => now[path] !== files[path])
      .map((path) => `${path} ${path in now ? 'differs from' : 'is missing, it is in'} ${entry}`),
    ...Object.keys(now)
      .filter((path) => !known.has(path))
      .map((path) => `${path} is not in ${entry}`),
  ]
}

/** Faults in the list itself. */
export const lockProblems = (versions) => {
  const problems = []
  if (versions.length === 0) problems.push(`${LOCK} has no version`)
  versions.forEach(({ version, state }, index) => {
    if (!/^\d+\.\d+$/.test(version)) problems.push(`${LOCK}: "${version}" is not a version such as 1.0`)
    if (state !== 'draft' && state !== 'released') problems.push(`${LOCK}: ${version} is neither draft nor released`)
    if (state === 'draft' && index < versions.length - 1) problems.push(`${LOCK}: only the last version may be a draft`)
    if (index > 0 && !isNewer(version, versions[index - 1].version))
      problems.push(`${LOCK}: ${version} is out of order`)
  })
  return problems
}

/** Whether one `major.minor` comes after another. */
export const isNewer = (one, other) => {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number))
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1])
}

const digest = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
