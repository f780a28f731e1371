// Tools that make some tests possible and that a fresh machine may not have. A test that needs one says
//   it.skipIf(!tool('python3'))('agrees with the independent counter', …)
// so that the gate can list the skip with its reason. Nothing here ever installs anything.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'agent-run')

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync)

/** The answer of `<path> --version`, or undefined when it cannot be run. */
const version = (path, word = '--version') => {
  const { status, stdout } = spawnSync(path, [word], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

const program = (name) => () => {
  const path = onPath(name)
  return path && version(path) !== undefined ? path : undefined
}

/** A Node of that major: AGENT_RUN_NODE<major>, `node<major>` on PATH, our cache folder, or the running one. */
const node = (major) => () =>
  [
    process.env[`AGENT_RUN_NODE${major}`],
    onPath(`node${major}`),
    join(cache, `node${major}/node_modules/node/bin/node`),
    process.execPath,
  ].find((path) => path && existsSync(path) && version(path)?.startsWith(`v${major}.`))

const nodeHint = (major) =>
  `npm install --prefix ~/.cache/agent-run/node${major} node@${major}, or set AGENT_RUN_NODE${major} to a binary`

/** Name → how it is looked for, what it is for, and how to get it. */
export const tools = {
  python3: {
    find: program('python3'),
    use: 'independent programs that check ours',
    enable: 'put python3 on PATH; its standard library is enough',
  },
  jq: { find: program('jq'), use: 'a foreign reader of our output', enable: 'put jq on PATH' },
  sha256sum: {
    find: program('sha256sum'),
    use: 'a digest computed by nobody of ours',
    enable: 'put sha256sum (coreutils) on PATH',
  },
  openssl: {
    find: () => [onPath('openssl')].find((path) => path && version(path, 'version')?.startsWith('OpenSSL 3')),
    use: 'a foreign verifier of our signatures',
    enable: 'put openssl 3 on PATH',
  },
  shared: {
    find: () => [resolve(root, '../shared')].find((path) => existsSync(join(path, 'samples'))),
    use: 'real recordings as inputs',
    enable: 'put the folder of real inputs beside the repository, as ../shared',
  },
  node22: { find: node(22), use: 'the packed packages on Node 22', enable: nodeHint(22) },
  node24: { find: node(24), use: 'the packed packages on Node 24', enable: nodeHint(24) },
}

const found = new Map()

/**
 * Where a tool is: an absolute path, or undefined when this machine does not have it.
 * @param {keyof typeof tools} name
 * @throws {RangeError} for a name that is not in the table
 */
export const tool = (name) => {
  if (!Object.hasOwn(tools, name)) {
    throw new RangeError(`"${name}" is not a known tool; known are ${Object.keys(tools).join(', ')}`)
  }
  if (!found.has(name)) found.set(name, tools[name].find())
  return found.get(name)
}
