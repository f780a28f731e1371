// The packages as a registry would get them.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { publicPackages } from '../packages.mjs'

/**
 * Packs every public package into a folder; needs a build.
 * @returns {{name: string, manifest: Record<string, any>, tarball: string, files: string[]}[]}
 */
export const packAll = (root, folder) =>
  publicPackages(root).map(({ name, folder: source, manifest }) => {
    const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: join(root, source),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const answer = JSON.parse(output)
    // npm 12 answers with an object by name, older ones with a list.
    const [packed] = Array.isArray(answer) ? answer : Object.values(answer)
    return {
      name,
      manifest,
      tarball: join(folder, packed.filename),
      files: packed.files.map(({ path }) => path).sort(),
    }
  })

/** Path of the list of files that a package is meant to hold. */
export const goldenFile = (root, name) =>
  join(root, 'scripts/test/golden', `${name.replace('@', '').replace('/', '-')}.txt`)

/**
 * What can be imported from a package: its exports, patterns filled in from the files it holds.
 * @returns {string[]} specifiers, such as `@agent-run/core/validate`
 */
export const importable = ({ name, manifest, files }) =>
  Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
    if (!subpath.includes('*')) return [join(name, subpath)]
    const [before, after] = (typeof target === 'string' ? target : target.default).slice(2).split('*')
    return (
      files
        .filter((path) => path.startsWith(before) && path.endsWith(after))
        // The star stands for something.
        .filter((path) => path.length > before.length + after.length)
        .map((path) => join(name, subpath.replace('*', path.slice(before.length, path.length - after.length))))
    )
  })
