// Module hooks: @agent-run/core as it is built module by module, with one edit in one of them.
import { readFile } from 'node:fs/promises'

const dist = new URL('../../../../core/dist/', import.meta.url)
const places = {
  '@agent-run/core': 'index.js',
  '#ed25519': 'sign/ed25519-node.js',
  '#sha256': 'hash/sha256-node.js',
}
let mutant

export const initialize = (data) => {
  mutant = data
}

export const resolve = (specifier, context, next) =>
  Object.hasOwn(places, specifier)
    ? { url: new URL(places[specifier], dist).href, shortCircuit: true }
    : next(specifier, context)

export const load = async (url, context, next) => {
  if (url !== new URL(mutant.module, dist).href) return next(url, context)
  const source = await readFile(new URL(url), 'utf8')
  const parts = source.split(mutant.find)
  if (parts.length !== 2)
    throw new Error(
      `${mutant.module} has ${parts.length - 1} times what is to be replaced, expected once: ${mutant.find}`,
    )
  return { format: 'module', source: parts.join(mutant.replace), shortCircuit: true }
}
