// What the packages publish is what bundlers and runtimes can resolve: publint's rules, warnings included.
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { publicPackages } from '../packages.mjs'

/** Messages of publint about the packages as npm would pack them; needs a build. */
export const check = async (root) => {
  const problems = []
  for (const { name, folder } of publicPackages(root)) {
    const { messages, pkg } = await publint({ pkgDir: join(root, folder), pack: 'npm', strict: true })
    for (const message of messages) problems.push(`${name}: ${formatMessage(message, pkg, { color: false })}`)
  }
  return problems
}
