// conformance/releases.lock.json: which bytes a version of the schemas has. Shape:
//   { "versions": [{ "version": "1.0", "state": "draft" | "released", "files": { "<path>": "sha256:<hex>" } }] }
// The last entry describes the files as they are now; the ones before it are history and never change.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LOCK = 'conformance/releases.lock.json'

/** The entries of the lock, oldest first. */
export const readLock = (root) => JSON.parse(readFileSync(join(root, LOCK), 'utf8')).versions

/** Writes the lock. */
export const writeLock = (root, versions) =>
  writeFileSync(join(root, LOCK), `${JSON.stringify({ versions }, null, 2)}\n`)

/** Path → digest of the bytes of every schema, both editions. */
export const schemaDigests = (root) =>
  Object.fromEntries(
    ['schemas', 'schemas/2020-12'].flatMap((folder) =>
      readdirSync(join(root, folder))
        // The document of the HTTP protocol refers to schemas and is none; the protocol has a version of its own.
        .filter((name) => name.endsWith('.json') && name !== 'openapi.json')
        .sort()
        .map((name) => [`${folder}/${name}`, digest(readFileSync(join(root, folder, name)))]),
    ),
  )

/** How the schemas differ from an entry, one sentence a file. */
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
