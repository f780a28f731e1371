// Writes into every published manifest which repository it comes from: npm accepts a statement of provenance only if the two
// agree. Where the project lives is known when it is released, not here.
//   node scripts/release/set-repository.mjs https://host/owner/name
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { publicPackages } from '../packages.mjs'

/**
 * Sets `repository` in the manifests of the npm packages, of the crate and of the Python package.
 * @param {string} root folder of the checkout
 * @param {string} address of the repository, https
 * @returns {string[]} paths of what was written
 * @throws {Error} for another kind of address
 */
export const setRepository = (root, address) => {
  if (!/^https:\/\/[\w.-]+(\/[\w.-]+){2,}$/.test(address ?? '')) {
    throw new Error(`"${address}" is no address such as https://host/owner/name`)
  }
  const written = publicPackages(root).map(({ folder, manifest }) => {
    const path = `${folder}/package.json`
    const repository = { type: 'git', url: `git+${address}.git`, directory: folder }
    writeFileSync(join(root, path), `${JSON.stringify({ ...manifest, repository }, null, 2)}\n`)
    return path
  })
  replaceLine(
    join(root, 'crates/agent-run-types/Cargo.toml'),
    /^license = .*$/m,
    (line) => `${line}\nrepository = "${address}"`,
  )
  replaceLine(
    join(root, 'python/pyproject.toml'),
    /^(?=\[tool\.|\[build-system\]|\[dependency-groups\])/m,
    () => `[project.urls]\nRepository = "${address}"\n\n`,
  )
  return [...written, 'crates/agent-run-types/Cargo.toml', 'python/pyproject.toml']
}

const replaceLine = (path, place, replace) => {
  const text = readFileSync(path, 'utf8')
  if (!place.test(text)) throw new Error(`${path} has no line ${place}`)
  writeFileSync(path, text.replace(place, replace))
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    for (const path of setRepository(fileURLToPath(new URL('../../', import.meta.url)), process.argv[2]))
      console.log(path)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 2
  }
}
