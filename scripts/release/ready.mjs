// What has to be true of a commit that is released, beyond the gate. The release workflow asks with the tag that was pushed:
//   node scripts/release/ready.mjs v1.2.3
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { publicPackages } from '../packages.mjs'
import { readLock } from '../releases.mjs'

/**
 * What speaks against releasing this commit under this tag, one sentence each.
 * @param {string} root folder of the checkout
 * @param {string} tag `v` and the version of the packages
 */
export const releaseProblems = (root, tag) => {
  const problems = []
  for (const { name, manifest } of publicPackages(root)) {
    if (tag !== `v${manifest.version}`) problems.push(`${name} is ${manifest.version}, the tag is ${tag}`)
  }
  const waiting = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md')
  if (waiting.length > 0) {
    problems.push(`${waiting.join(', ')} wait in .changeset: "npx changeset version" makes a version of them`)
  }
  const { version, state } = readLock(root).at(-1)
  if (state !== 'released' && !tag.includes('-')) {
    problems.push(
      `the standard ${version} is a draft: "npm run lock -- release" fixes it, or release a pre-version (v1.2.3-next.0)`,
    )
  }
  return problems
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = releaseProblems(fileURLToPath(new URL('../../', import.meta.url)), process.argv[2] ?? '')
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}
