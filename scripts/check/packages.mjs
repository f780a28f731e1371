// What every package.json and every published package has to say about itself.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packages, publicPackages } from '../packages.mjs'

const FLOOR = '>=20.19'

/** Differences between the packages and what they promise; needs a build, since exports point into dist. */
export const check = (root) => {
  const problems = []
  const rootManifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const all = packages(root)

  for (const { name, manifest } of [{ name: 'the root', manifest: rootManifest }, ...all]) {
    if (manifest.engines?.node !== FLOOR) problems.push(`${name}: engines.node must be "${FLOOR}"`)
    if (manifest.type !== 'module') problems.push(`${name}: type must be "module"`)
  }

  const versions = new Set(publicPackages(root).map(({ manifest }) => manifest.version))
  if (versions.size > 1)
    problems.push(`packages are released together, but their versions are ${[...versions].join(', ')}`)

  for (const { name, folder, manifest } of publicPackages(root)) {
    const want = (ok, message) => ok || problems.push(`${name}: ${message}`)
    want(manifest.license === 'MIT', 'license must be "MIT"')
    want(manifest.description?.length > 0, 'description is missing')
    want(
      Array.isArray(manifest.files) && manifest.files.some((each) => each.startsWith('dist')),
      'files must name what is published of dist',
    )
    want(
      manifest.publishConfig?.access === 'public' && manifest.publishConfig.provenance === true,
      'publishConfig must ask for public access and for provenance',
    )
    if (manifest.bin === undefined) want(manifest.sideEffects === false, 'sideEffects must be false')
    for (const text of ['LICENSE', 'README.md']) want(existsSync(join(root, folder, text)), `${text} is missing`)
    want(sameText(join(root, 'LICENSE'), join(root, folder, 'LICENSE')), "LICENSE differs from the repository's")
    for (const [dependency, range] of Object.entries(manifest.dependencies ?? {})) {
      const workspace = all.find((other) => other.name === dependency)
      if (workspace)
        want(
          range === workspace.manifest.version,
          `${dependency} must be ${workspace.manifest.version}, the version here`,
        )
    }
    for (const target of targets([manifest.exports, manifest.imports, manifest.bin])) {
      if (!target.includes('*')) want(existsSync(join(root, folder, target)), `${target} does not exist after a build`)
    }
  }
  return problems
}

/** Every path in the conditions of exports, imports and bin. */
const targets = (value) => {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(targets) : []
}

const sameText = (one, other) => existsSync(other) && readFileSync(one, 'utf8') === readFileSync(other, 'utf8')
