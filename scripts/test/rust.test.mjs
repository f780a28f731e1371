// The Rust crate: its own tests with and without features, its form, what it publishes, and that its types lose nothing.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJson } from '@agent-run/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { mutant, random, root, someOf, systematic } from '../../packages/core/test/validate/mutants.ts'
import { createOracle } from '../oracle.mjs'
import { cargoEnv, crateFiles, crateGoldenFile } from './rust-crate.mjs'
import { tool } from './tools.mjs'

const crate = join(root, 'crates/agent-run-types')
// A cold build of all dependencies, on a machine that does other things as well.
vi.setConfig({ testTimeout: 3_600_000 })
const TYPED = [
  'agent-run',
  'verdict',
  'trust',
  'journal-line',
  'private-line',
  'journal-head',
  'statement',
  'batch-proof',
  'step-proof',
  'eval',
]

const cargo = (args, env = {}) => {
  const { status, stdout, stderr } = spawnSync(tool('cargo'), args, {
    cwd: crate,
    encoding: 'utf8',
    env: { ...cargoEnv(), ...env },
    maxBuffer: 1 << 26,
  })
  return { status, stdout, text: `${stdout}\n${stderr}` }
}
/** Runs cargo and gives what it printed; without success that is the message. */
const succeed = (args, env) => {
  const { status, stdout, text } = cargo(args, env)
  expect(status, text).toBe(0)
  return stdout
}
const passed = (output) =>
  [...output.matchAll(/^test result: ok\. (\d+) passed/gm)].reduce((sum, [, count]) => sum + Number(count), 0)

describe.skipIf(!tool('cargo'))('the crate', () => {
  it('passes its tests without features: the types alone', () => {
    // Every other file of tests is empty without the features; clippy compiles them.
    const output = [['--lib', '--test', 'types'], ['--doc']].map((targets) =>
      succeed(['test', '--offline', '--locked', ...targets]),
    )
    expect(passed(output.join('\n'))).toBeGreaterThanOrEqual(11)
  })

  it('passes its tests with all features: the vectors, and its examples', () => {
    const output = succeed(['test', '--offline', '--locked', '--all-features', '--', '--show-output'])
    expect(passed(output)).toBeGreaterThanOrEqual(110)
    // What lacks its vectors says so and passes.
    if (tool('shared')) expect(output).not.toMatch(/^skipped: no /m)
  })

  it('pleases clippy, also about what the oldest Rust that it promises has', () => {
    succeed(['clippy', '--offline', '--locked', '--all-targets', '--all-features', '--', '-D', 'warnings'])
    succeed(['clippy', '--offline', '--locked', '--all-targets', '--', '-D', 'warnings'])
  })

  it('is formatted', () => {
    succeed(['fmt', '--check'])
  })

  it('has a documentation without warnings', () => {
    succeed(['doc', '--offline', '--locked', '--no-deps', '--all-features'], { RUSTDOCFLAGS: '-D warnings' })
    succeed(['doc', '--offline', '--locked', '--no-deps'], { RUSTDOCFLAGS: '-D warnings' })
  })

  it('depends on nothing that needs a newer Rust, outside its tests', () => {
    const metadata = JSON.parse(succeed(['metadata', '--offline', '--locked', '--format-version=1', '--all-features']))
    const packages = new Map(metadata.packages.map((each) => [each.id, each]))
    const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]))
    const needed = new Set()
    const visit = (id) => {
      if (needed.has(id)) return
      needed.add(id)
      for (const { pkg, dep_kinds } of nodes.get(id).deps) {
        if (dep_kinds.some(({ kind }) => kind !== 'dev')) visit(pkg)
      }
    }
    visit(metadata.resolve.root)
    const minor = (version) => Number(version.split('.')[1])
    const own = packages.get(metadata.resolve.root)
    const newer = [...needed]
      .map((id) => packages.get(id))
      .filter(({ rust_version }) => rust_version !== null && minor(rust_version) > minor(own.rust_version))
    expect(newer.map(({ name, version, rust_version }) => `${name} ${version}: ${rust_version}`)).toEqual([])
    expect(needed.size).toBeGreaterThan(10)
  })

  it('publishes the files that were looked at', () => {
    // Written anew by: node scripts/test/golden.mjs
    expect(crateFiles(root, tool('cargo'))).toEqual(readFileSync(crateGoldenFile(root), 'utf8').trimEnd().split('\n'))
    expect(readFileSync(join(crate, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'))
  })

  it('passes its tests as it is published, without the repository around it', () => {
    succeed(['package', '--no-verify', '--offline', '--locked', '--allow-dirty'])
    const name = `agent-run-types-${/^version = "(.*)"$/m.exec(readFileSync(join(crate, 'Cargo.toml'), 'utf8'))[1]}`
    // A fixed place: nothing piles up.
    const folder = join(crate, 'target/published')
    rmSync(join(folder, name), { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const archive = join(crate, 'target/package', `${name}.crate`)
    expect(spawnSync('tar', ['-xzf', archive, '-C', folder]).status).toBe(0)
    // With the dependencies that are built already. The examples are only checked: building them would put their programs in
    // the place of those that other tests are about to start.
    const form = ['--offline', '--locked', '--all-features', '--manifest-path', join(folder, name, 'Cargo.toml')]
    const shared = { CARGO_TARGET_DIR: join(crate, 'target') }
    expect(passed(succeed(['test', '--lib', '--tests', ...form], shared))).toBeGreaterThanOrEqual(75)
    succeed(['check', '--examples', ...form], shared)
  })
})

describe.skipIf(!tool('cargo'))('the types', () => {
  let folder
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-run-rust-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const oracle = createOracle(root)
  const isGood = (name, text) => readJson(text).ok && oracle(name, JSON.parse(text)).length === 0

  const roundTrip = (documents) => {
    const file = join(folder, 'documents.txt')
    writeFileSync(file, documents.map(([name, text]) => `${name}\t${text}\n`).join(''))
    const output = succeed(
      [
        'test',
        '--offline',
        '--locked',
        '--all-features',
        '--test',
        'repository',
        '--',
        'given_documents',
        '--nocapture',
      ],
      { AGENT_RUN_DOCUMENTS: file },
    )
    expect(output).toContain(`${documents.length} documents`)
  }

  it('give back every valid object of the examples, cases and vectors', () => {
    const documents = new Map()
    const add = (name, text) => {
      if (isGood(name, text)) documents.set(`${name} ${text}`, [name, text])
    }
    const visit = (value) => {
      if (value === null || typeof value !== 'object') return
      for (const [member, child] of Object.entries(value)) {
        visit(child)
        if (member !== 'journal_text' || typeof child !== 'string') continue
        for (const line of child.split('\n')) addLine(line)
      }
      const name = nameOf(value)
      if (name) add(name, JSON.stringify(value))
    }
    const addLine = (line) => {
      for (const name of ['journal-line', 'private-line']) add(name, line)
    }
    for (const folder of ['examples/records', 'conformance/cases', 'conformance/vectors']) {
      for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && entry.name.endsWith('.json'))
          visit(JSON.parse(readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8')))
      }
    }
    const list = [...documents.values()]
    for (const name of [
      'agent-run',
      'trust',
      'journal-line',
      'private-line',
      'statement',
      'batch-proof',
      'step-proof',
      'eval',
    ])
      expect(list.filter(([each]) => each === name).length, name).toBeGreaterThan(5)
    expect(list.length).toBeGreaterThan(1000)
    roundTrip(list)
    console.log(`${list.length} objects of the repository`)
  })

  it('give back generated objects, with unknown members and every kind of value', () => {
    const next = random(20261120)
    const documents = []
    for (const name of TYPED) {
      const made = [...systematic(name), ...Array.from({ length: 150 }, () => someOf(name, next))]
      for (let i = 0; i < 600; i++) made.push(mutant(name, next))
      const texts = new Set(made.map((value) => JSON.stringify(value)))
      for (const text of texts) if (isGood(name, text)) documents.push([name, text])
    }
    expect(documents.length).toBeGreaterThan(3000)
    roundTrip(documents)
    console.log(`${documents.length} generated objects`)
  })
})

/** What an object looks like; whether it is valid is asked elsewhere. */
const nameOf = (value) => {
  if (Array.isArray(value)) return undefined
  if ('steps' in value && 'provenance' in value) return 'agent-run'
  if ('agent_run_trust' in value) return 'trust'
  if ('agent_run_proof' in value) return 'step-proof'
  if ('index' in value && 'path' in value) return 'batch-proof'
  if ('kind' in value && 'about' in value) return 'statement'
  if ('pass' in value && 'score' in value) return 'eval'
  return undefined
}
