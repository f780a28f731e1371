// Tools that make some tests possible and that a fresh machine may not have. A test that needs one says
//   it.skipIf(!tool('python3'))('agrees with the independent counter', …)
// so that the gate can list the skip with its reason. Nothing here ever installs anything.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
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

/** initdb on PATH, or where Debian keeps it: the newest version's. */
const initdb = () => {
  const folders = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const newest = folders.sort((a, b) => Number(b) - Number(a)).map((name) => `/usr/lib/postgresql/${name}/bin/initdb`)
  return [onPath('initdb'), ...newest].find((path) => path && existsSync(path) && version(path) !== undefined)
}

/** `mount`, where this user may mount a file system of his own. */
const tmpfs = () => {
  const path = onPath('mount')
  if (path === undefined || process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-mount-'))
  try {
    if (spawnSync(path, ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder]).status !== 0) return undefined
    spawnSync('umount', [folder])
    return path
  } finally {
    rmdirSync(folder)
  }
}

/** A program in Python: on PATH, or in an environment of its own in our cache folder. */
const fromVenv = (name) => () => [onPath(name), join(cache, name, 'bin', name)].find((path) => path && existsSync(path))

/** A client for agents, in a version that its tests were written for: a path in the environment, or on PATH. */
const client = (name, variable, versions) => () =>
  [process.env[variable], onPath(name)].find((path) => path && existsSync(path) && versions.test(version(path) ?? ''))

const venvHint = (name, requirement) =>
  `python3 -m venv ~/.cache/agent-run/${name} && ~/.cache/agent-run/${name}/bin/pip install ${requirement}`

/** Whether the answer of `go version` is from 1.21 on, which our verifier in Go needs. */
const isNewGo = (answer) => {
  const [, major, minor] = / go(\d+)\.(\d+)/.exec(answer ?? '') ?? []
  return Number(major) > 1 || Number(minor) >= 21
}

const crate = join(root, 'crates/agent-run-types/Cargo.toml')

/** cargo with clippy, and all that our crate depends on in its cache: tests fetch nothing. */
const cargo = () => {
  const path = onPath('cargo') ?? [join(homedir(), '.cargo/bin/cargo')].find(existsSync)
  if (path === undefined || spawnSync(path, ['clippy', '--version']).status !== 0) return undefined
  const { status } = spawnSync(
    path,
    ['metadata', '--offline', '--locked', '--format-version=1', '--manifest-path', crate],
    { stdio: 'ignore' },
  )
  return status === 0 ? path : undefined
}

/** A Python in our cache folder that has these modules. */
const python = (name, test) => () =>
  [join(cache, name, 'bin/python')].find(
    (path) => existsSync(path) && spawnSync(path, ['-c', test], { stdio: 'ignore' }).status === 0,
  )

const nodeHint = (major) =>
  `npm install --prefix ~/.cache/agent-run/node${major} node@${major}, or set AGENT_RUN_NODE${major} to a binary`

/** Name → how it is looked for, what it is for, and how to get it. */
export const tools = {
  python3: {
    find: program('python3'),
    use: 'independent programs that check ours',
    enable: 'put python3 on PATH; its standard library is enough',
  },
  curl: { find: program('curl'), use: 'the lines that the server shows first, as printed', enable: 'put curl on PATH' },
  git: {
    find: program('git'),
    use: 'repositories that commands are recorded in',
    enable: 'put git 2.30 or newer on PATH',
  },
  linux: {
    find: () => (existsSync('/proc/self') && existsSync('/dev/full') ? '/proc/self' : undefined),
    use: 'file systems and disks as only Linux has them: /proc, /dev/full',
    enable: 'run the tests on Linux',
  },
  posix: {
    find: () => (process.platform === 'win32' ? undefined : process.platform),
    use: 'named pipes, modes of files and terminals',
    enable: 'run the tests on a system other than Windows',
  },
  jq: { find: program('jq'), use: 'a foreign reader of our output', enable: 'put jq on PATH' },
  sha256sum: {
    find: program('sha256sum'),
    use: 'a digest computed by nobody of ours',
    enable: 'put sha256sum (coreutils) on PATH',
  },
  go: {
    find: () => [onPath('go')].find((path) => path && isNewGo(version(path, 'version'))),
    use: 'a verifier of our records in another language',
    enable: 'put go 1.21 or newer on PATH; its standard library is enough',
  },
  cargo: {
    find: cargo,
    use: 'the crate: its tests, and verdicts and seals in Rust',
    enable:
      'install Rust 1.85 or newer with clippy, then: cargo fetch --locked --manifest-path crates/agent-run-types/Cargo.toml',
  },
  'python-dev': {
    find: python('python-dev', 'import cryptography, pytest, mypy, build, hatchling'),
    use: 'the Python package: its tests, its types, and verdicts and seals in Python',
    enable: venvHint('python-dev', '-r python/requirements-dev.txt'),
  },
  python39: {
    find: python('python39', 'import sys, cryptography, pytest; assert sys.version_info[:2] == (3, 9)'),
    use: 'the Python package on the oldest Python that it promises',
    enable:
      'python3.9 -m venv ~/.cache/agent-run/python39 && ~/.cache/agent-run/python39/bin/pip install cryptography pytest',
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
  postgres: {
    find: () => process.env.AGENT_RUN_TEST_PG_URL || initdb(),
    use: 'the server on PostgreSQL',
    enable: 'install PostgreSQL 15 or newer, or set AGENT_RUN_TEST_PG_URL to a server where tests may make databases',
  },
  initdb: {
    find: initdb,
    use: 'a PostgreSQL that tests may crash and restart',
    enable: 'install PostgreSQL 15 or newer (Debian: postgresql)',
  },
  schemathesis: {
    find: fromVenv('schemathesis'),
    use: 'requests that a foreign program makes from the OpenAPI document',
    enable: venvHint('schemathesis', 'schemathesis==4.32.5'),
  },
  'pre-commit': {
    find: fromVenv('pre-commit'),
    use: 'the hooks, installed and run as their users do it',
    enable: venvHint('pre-commit', 'pre-commit==4.7.0'),
  },
  'check-jsonschema': {
    find: fromVenv('check-jsonschema'),
    use: 'the schemas of other programs for their files',
    enable: venvHint('check-jsonschema', 'check-jsonschema==0.39.0'),
  },
  claude: {
    find: client('claude', 'AGENT_RUN_CLAUDE', /^2\.1\./),
    use: 'what we record of the real Claude Code, which is asked by a model without a model',
    enable:
      'npm install --prefix DIRECTORY @anthropic-ai/claude-code@2.1.197, and put claude on PATH or into AGENT_RUN_CLAUDE',
  },
  codex: {
    find: client('codex', 'AGENT_RUN_CODEX', /(?:^|\s)0\.\d{3}\./),
    use: 'what we record of the real Codex, which is asked by a model without a model',
    enable: 'npm install --prefix DIRECTORY @openai/codex@0.169.0, and put codex on PATH or into AGENT_RUN_CODEX',
  },
  tmpfs: {
    find: tmpfs,
    use: 'a disk that is really full',
    enable: 'run as root on Linux, where tests may mount a small tmpfs',
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
