// Who may use what: the map of house and rooms, compared with every package.json and every import.
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import { repositoryFiles } from '../files.mjs'
import { packages } from '../packages.mjs'

/**
 * Package → what it may depend on. schemas → types → core → sdk → cli, and never back; the server stands beside
 * the command, which starts it as a process. The conformance suite judges all of them and therefore has nothing of theirs;
 * the bench judges agents, and rests on them.
 */
const MAY_USE = {
  '@agent-run/types': [],
  '@agent-run/core': ['@agent-run/types', '@noble/ed25519', '@noble/hashes'],
  '@agent-run/sdk': ['@agent-run/types', '@agent-run/core', '@pydantic/genai-prices'],
  'agent-run': [
    '@agent-run/types',
    '@agent-run/core',
    '@agent-run/sdk',
    '@pydantic/genai-prices',
    '@photostructure/sqlite',
    'commander',
  ],
  '@agent-run/server': [
    '@agent-run/types',
    '@agent-run/core',
    '@agent-run/sdk',
    '@fastify/rate-limit',
    '@photostructure/sqlite',
    'commander',
    'fastify',
    'pg',
    'pino',
    'prom-client',
  ],
  '@agent-run/conformance': ['@agent-run/types', 'ajv', 'commander'],
  '@agent-run/bench': [
    '@agent-run/types',
    '@agent-run/core',
    '@agent-run/sdk',
    '@agent-run/server',
    'ajv',
    'commander',
  ],
}

const nodeModule = new RegExp(`^(node:.*|${builtinModules.join('|')})$`)
const nodeModuleButPath = new RegExp(`^(?!(node:)?path$)(${nodeModule.source.slice(1, -1)})$`)

/** Things that have one room. `from`: import specifiers; `text`: global names. */
const ROOMS = [
  { what: '@noble', from: /^@noble\//, only: /^packages\/core\/src\/(hash\/|sign\/ed25519-portable\.ts)/ },
  { what: 'ajv', from: /^ajv/, only: /^packages\/(conformance\/|bench\/src\/schema\/)/ },
  { what: 'PostgreSQL', from: /^pg(\/|$)/, only: /^packages\/server\/src\/(store|move)\// },
  {
    what: 'SQLite',
    from: /^(@photostructure\/sqlite|node:sqlite)/,
    only: /^packages\/(server\/src\/store|cli\/src\/indexing)\//,
  },
  { what: 'prices', from: /^@pydantic\/genai-prices/, only: /^packages\/sdk\/src\/prices\// },
  {
    what: 'node:crypto',
    from: /^(node:)?crypto$/,
    only: /^packages\/(core\/src\/(hash\/sha256|sign\/ed25519)-node\.ts|sdk\/src\/(keys|spool)\/|cli\/|server\/|conformance\/|bench\/)/,
  },
  {
    what: 'node:path',
    from: /^(node:)?path$/,
    only: /^packages\/(cli|server|bench|conformance|sdk\/src\/(recorder|journal-file|keys|opentelemetry|spool))\//,
  },
  {
    what: 'a module of Node',
    from: nodeModuleButPath,
    only: /^packages\/(cli\/|server\/|conformance\/|bench\/|core\/src\/(hash\/sha256|sign\/ed25519)-node\.ts|sdk\/src\/(journal-file|keys|spool|prices|runtime)\/)/,
  },
  {
    what: 'process',
    text: /(?<![.\w'-])process\s*(?:\.|\[|\?\.)/,
    only: /^packages\/(cli\/|server\/|conformance\/|bench\/|sdk\/src\/(journal-file\/process-identity|spool\/environment)\.ts$)/,
  },
  { what: 'Buffer', text: /(?<![.\w'-])Buffer\b\s*[.(]/, only: /^packages\/(cli|server|bench|conformance)\// },
  { what: 'eval or new Function', text: /\beval\s*\(|\bnew\s+Function\b/, only: /^$/ },
]

/** Arrows that must not be, between rooms: files at `of` use nothing at `to`, unless it matches `but`. `$1` is what `of` matched. */
const ARROWS = [
  {
    what: 'text for people is an entry of its own, and knows nothing of records',
    of: /^packages\/core\/src\/text\//,
    to: /^packages\/core\/src\/(?!text\/)/,
  },
  {
    what: 'what reads, checks and seals records shows nothing',
    of: /^packages\/core\/src\/(?!text\/)/,
    to: /^packages\/core\/src\/text\//,
  },
  {
    what: 'adapters know nothing of each other; what several need is in conversion/',
    of: /^packages\/sdk\/src\/adapters\/([^/]+)\//,
    to: /^packages\/sdk\/src\/(adapters|exporters|runtime|mcp|opentelemetry)\//,
    but: '^packages/sdk/src/adapters/$1/',
  },
  {
    what: 'what all formats share knows none of them',
    of: /^packages\/sdk\/src\/(conversion|effects|preview|lines|prices|policy|recorder)\//,
    to: /^packages\/sdk\/src\/(adapters|exporters|runtime|mcp|opentelemetry)\//,
  },
  {
    what: 'what reads and writes formats records and sends nothing',
    of: /^packages\/sdk\/src\/(adapters|conversion|effects|exporters|lines|preview|prices)\//,
    to: /^packages\/sdk\/src\/(client|journal-file|keys|policy|recorder|spool)\//,
  },
  {
    what: 'a command is used by the program and by no other command',
    of: /^packages\/cli\/src\/(?!commands\/|main\.ts)([^/]+)/,
    to: /^packages\/cli\/src\/(approving|completion|conversion|explain|hooking|proxying|recording|schema|sending|starting)\//,
    but: '^packages/cli/src/$1/',
  },
  {
    what: 'reading and showing know nothing of what is done',
    of: /^packages\/cli\/src\/(input|terminal|records)\//,
    to: /^packages\/cli\/src\/(?!(input|terminal|records|generated)\/)[^/]+\//,
  },
  {
    what: 'schemas, matching and processes know nothing of benchmarks but what trial.ts names',
    of: /^packages\/bench\/src\/(schema|matching|process)\//,
    to: /^packages\/bench\/src\/(?!(schema|matching|process)\/)[^/]+\//,
  },
  {
    what: 'the tools of a scenario answer whoever calls, and know neither judge nor report',
    of: /^packages\/bench\/src\/tools\//,
    to: /^packages\/bench\/src\/(?!(tools|schema|matching)\/)[^/]+\//,
  },
  {
    what: 'a judge sees the evidence of a trial, and not who has gathered it',
    of: /^packages\/bench\/src\/judge\//,
    to: /^packages\/bench\/src\/(?!(judge|tools|schema|matching|process)\/)[^/]+\//,
  },
  {
    what: 'reports, comparisons and rankings are made of results: nothing is run or judged for them',
    of: /^packages\/bench\/src\/(report|compare|leaderboard)\//,
    to: /^packages\/bench\/src\/(run|judge|tools|process|pack|commands)\//,
  },
]

const EMPTY_WORDS = /^(utils?|helpers?|common|misc|shared|lib)$/
/** The name that cargo looks for. */
const ROOT_OF_A_CRATE = /^crates\/[^/]+\/src\/lib\.rs$/
const LONG = 400

/** Departures from the map. */
export const check = (root) => {
  const problems = []
  const files = repositoryFiles(root)

  for (const { name, folder, manifest } of packages(root)) {
    const allowed = MAY_USE[name]
    if (allowed === undefined) {
      problems.push(`${folder}: ${name} has no place in the map of scripts/check/layout.mjs`)
      continue
    }
    const declared = Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    })
    for (const dependency of declared) {
      if (!allowed.includes(dependency))
        problems.push(`${folder}/package.json: ${name} may not depend on ${dependency}`)
    }
    for (const path of files.filter((file) => file.startsWith(`${folder}/src/`))) {
      const source = withoutComments(readFileSync(join(root, path), 'utf8'))
      problems.push(
        ...importProblems(path, source, name, declared),
        ...roomProblems(path, source),
        ...arrowProblems(path, source),
      )
    }
  }

  for (const path of files) {
    for (const part of path.split('/')) {
      if (EMPTY_WORDS.test(part.split('.')[0]) && !ROOT_OF_A_CRATE.test(path))
        problems.push(`${path}: "${part}" says nothing about its content`)
    }
    if (/^(scripts|site|packages\/[^/]+\/(src|test)|bench)\/.*\.(ts|mjs|js)$/.test(path) && !kebab(path)) {
      problems.push(`${path}: file names are kebab-case`)
    }
  }
  return problems
}

/** Files that want to be two. */
export const notes = (root) =>
  repositoryFiles(root)
    .filter((path) => /\.(ts|mjs|js|py|rs)$/.test(path) && !path.includes('/generated/'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length - 1])
    .filter(([, lines]) => lines > LONG)
    .map(([path, lines]) => `${path} has ${lines} lines, more than ${LONG}`)

const importProblems = (path, source, name, declared) =>
  specifiers(source)
    .filter((from) => !/^[.#]/.test(from) && !nodeModule.test(from))
    .map(packageOf)
    .filter((used) => used !== name && !declared.includes(used))
    .map((used) => `${path}: imports ${used}, which package.json does not declare`)

const roomProblems = (path, source) =>
  ROOMS.filter(({ only }) => !only.test(path))
    .filter(({ from, text }) => (from ? specifiers(source).some((each) => from.test(each)) : text.test(source)))
    .map(({ what }) => `${path}: ${what} has no place here`)

const arrowProblems = (path, source) =>
  ARROWS.flatMap(({ what, of, to, but }) => {
    const from = of.exec(path)
    if (!from) return []
    const own = but && new RegExp(but.replace('$1', from[1]))
    return specifiers(source)
      .filter((each) => each.startsWith('.'))
      .map((each) => posix.join(posix.dirname(path), each))
      .filter((used) => to.test(used) && !own?.test(used))
      .map((used) => `${path}: uses ${used}, but ${what}`)
  })

const IMPORTS = [
  /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*(['"])([^'"\n]+)\1/gm,
  /^\s*import\s*(['"])([^'"\n]+)\1/gm,
  /\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\1/g,
]

const specifiers = (source) => IMPORTS.flatMap((form) => [...source.matchAll(form)].map((match) => match[2]))

const packageOf = (from) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')

const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const kebab = (path) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/.test(path.slice(path.lastIndexOf('/') + 1))
