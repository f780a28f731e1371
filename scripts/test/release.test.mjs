// How a release is made: the workflow, and what it asks for before and while it publishes.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { packages, publicPackages } from '../packages.mjs'
import { releaseProblems } from '../release/ready.mjs'
import { setRepository } from '../release/set-repository.mjs'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const workflow = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'))
const stepsOf = (job) => workflow.jobs[job].steps
const commandsOf = (job) => stepsOf(job).flatMap(({ run }) => run ?? [])

/** A folder with what a release looks at, changed as a test wants it. */
const repository = ({ version = '1.0.0', state = 'released', changesets = [] } = {}) =>
  temporaryFolder({
    'packages/one/package.json': { name: 'one', version },
    'packages/two/package.json': { name: 'two', version },
    'packages/own/package.json': { name: 'own', version: '0.0.0', private: true },
    'conformance/releases.lock.json': { versions: [{ version: '1.0', state, files: {} }] },
    '.changeset/README.md': '# Changesets\n',
    ...Object.fromEntries(changesets.map((name) => [`.changeset/${name}`, '---\n---\n'])),
  })

describe('a commit that is released', () => {
  it('may be so under the tag of its version', () => {
    expect(releaseProblems(repository(), 'v1.0.0')).toEqual([])
  })

  it.each([
    ['another tag', {}, 'v1.0.1', 'one is 1.0.0, the tag is v1.0.1'],
    ['changes without a version', { changesets: ['bench.md'] }, 'v1.0.0', 'bench.md wait in .changeset'],
    ['a standard that is a draft', { state: 'draft' }, 'v1.0.0', 'the standard 1.0 is a draft'],
  ])('may not with %s', (_what, given, tag, problem) => {
    expect(releaseProblems(repository(given), tag).join('\n')).toContain(problem)
  })

  it('may be a pre-version of a draft', () => {
    expect(releaseProblems(repository({ version: '1.0.0-next.0', state: 'draft' }), 'v1.0.0-next.0')).toEqual([])
  })

  it('is asked about before anything is published', () => {
    const asked = spawnSync(process.execPath, [join(root, 'scripts/release/ready.mjs'), 'v0.0.0-never'], {
      encoding: 'utf8',
    })
    expect(asked.status).toBe(1)
    expect(asked.stderr).toContain('the tag is v0.0.0-never')
    expect(commandsOf('gate')[0]).toBe('node scripts/release/ready.mjs "$GITHUB_REF_NAME"')
    for (const job of Object.keys(workflow.jobs).filter((name) => name !== 'gate')) {
      expect(workflow.jobs[job].needs, job).toBe('gate')
    }
  })
})

describe('the repository that a package comes from', () => {
  const files = [
    ...publicPackages(root).map(({ folder }) => `${folder}/package.json`),
    'crates/agent-run-types/Cargo.toml',
    'python/pyproject.toml',
  ]
  const copy = () => {
    const folder = temporaryFolder()
    for (const path of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      cpSync(join(root, path), join(folder, path))
    }
    return folder
  }

  it('is written into every manifest, and nothing else is changed', () => {
    const folder = copy()
    expect(setRepository(folder, 'https://example.org/somebody/agent-run')).toEqual(files)
    for (const { folder: path, manifest } of publicPackages(folder)) {
      const { repository, ...rest } = manifest
      expect(repository).toEqual({
        type: 'git',
        url: 'git+https://example.org/somebody/agent-run.git',
        directory: path,
      })
      expect(rest).toEqual(JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')))
    }
    const crate = readFileSync(join(folder, 'crates/agent-run-types/Cargo.toml'), 'utf8')
    const [section] = crate.slice(crate.indexOf('[package]') + 1).split(/^\[/m)
    expect(section).toContain('\nrepository = "https://example.org/somebody/agent-run"\n')
  })

  it.skipIf(!tool('cargo'))('is what cargo reads', () => {
    const folder = copy()
    cpSync(join(root, 'crates/agent-run-types/src'), join(folder, 'crates/agent-run-types/src'), { recursive: true })
    cpSync(join(root, 'crates/agent-run-types/Cargo.lock'), join(folder, 'crates/agent-run-types/Cargo.lock'))
    cpSync(join(root, 'crates/agent-run-types/examples'), join(folder, 'crates/agent-run-types/examples'), {
      recursive: true,
    })
    setRepository(folder, 'https://example.org/somebody/agent-run')
    const manifest = join(folder, 'crates/agent-run-types/Cargo.toml')
    const metadata = execFileSync(tool('cargo'), [
      'metadata',
      '--offline',
      '--no-deps',
      '--format-version=1',
      '--manifest-path',
      manifest,
    ])
    expect(JSON.parse(metadata).packages[0].repository).toBe('https://example.org/somebody/agent-run')
  })

  it.skipIf(!tool('python-dev'))('is what a reader of pyproject.toml reads', () => {
    const folder = copy()
    setRepository(folder, 'https://example.org/somebody/agent-run')
    const read =
      'import sys, tomllib, json; print(json.dumps(tomllib.load(open(sys.argv[1], "rb"))["project"]["urls"]))'
    const urls = execFileSync(tool('python-dev'), ['-c', read, join(folder, 'python/pyproject.toml')], {
      encoding: 'utf8',
    })
    expect(JSON.parse(urls)).toMatchObject({ Repository: 'https://example.org/somebody/agent-run' })
  })

  it.each(['', undefined, 'http://example.org/a/b', 'https://example.org/a', 'https://example.org/a/b"\nevil = "'])(
    'is not %j',
    (address) => {
      const folder = copy()
      expect(() => setRepository(folder, address)).toThrow('is no address')
    },
  )
})

describe('the workflow', () => {
  it.skipIf(!tool('check-jsonschema'))('is one', () => {
    const file = join(root, '.github/workflows/release.yml')
    const { status, stdout } = spawnSync(
      tool('check-jsonschema'),
      ['--builtin-schema', 'vendor.github-workflows', file],
      {
        encoding: 'utf8',
      },
    )
    expect(status, stdout).toBe(0)
  })

  it('holds no secret: every registry trusts the workflow itself', () => {
    const text = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')
    expect(text).not.toMatch(/secrets\.|password|NODE_AUTH_TOKEN/i)
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const job of ['npm', 'crate', 'python']) {
      expect(workflow.jobs[job].permissions, job).toEqual({ contents: 'read', 'id-token': 'write' })
      expect(workflow.jobs[job].environment, job).toBe('release')
    }
    for (const job of Object.keys(workflow.jobs)) {
      const checkout = stepsOf(job).find(({ uses }) => uses?.startsWith('actions/checkout@'))
      expect(checkout.with['persist-credentials'], job).toBe(false)
    }
  })

  it('publishes with a statement of provenance, from manifests that name the repository', () => {
    for (const job of ['npm', 'crate', 'python']) {
      expect(commandsOf(job).join('\n'), job).toContain(
        'node scripts/release/set-repository.mjs "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"',
      )
    }
    for (const { name, manifest } of publicPackages(root)) {
      expect(manifest.publishConfig, name).toEqual({ access: 'public', provenance: true })
    }
    expect(stepsOf('python').at(-1).with.attestations).toBe(true)
  })

  it('runs only what is there', () => {
    const commands = Object.keys(workflow.jobs).flatMap(commandsOf).join('\n')
    const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts
    for (const [, name] of commands.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty(name)
    for (const [, path] of commands.matchAll(/node (\S+\.mjs)/g))
      expect(readFileSync(join(root, path), 'utf8')).not.toBe('')
    expect(commands).toContain('npm test')
  })
})

describe('changesets', () => {
  const config = JSON.parse(readFileSync(join(root, '.changeset/config.json'), 'utf8'))

  it('give all published packages one version', () => {
    const names = publicPackages(root).map(({ name }) => name)
    expect(config.fixed.flat().sort()).toEqual(names.sort())
    expect(config.access).toBe('public')
  })

  it('make versions and changelogs of what waits, in a copy', () => {
    const folder = temporaryFolder()
    for (const path of [
      'package.json',
      '.changeset',
      ...packages(root).map(({ folder: each }) => `${each}/package.json`),
    ]) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      cpSync(join(root, path), join(folder, path), { recursive: true })
    }
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, workspaces: ['packages/*'] }))
    const waiting = releaseProblems(root, `v${publicPackages(root)[0].manifest.version}`).some((problem) =>
      problem.includes('wait'),
    )
    writeFileSync(join(folder, '.changeset/one-more.md'), "---\n'@agent-run/core': minor\n---\n\nOne more change.\n")
    execFileSync(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], {
      cwd: folder,
      stdio: 'pipe',
    })
    const versions = new Set(publicPackages(folder).map(({ manifest: each }) => each.version))
    expect(versions.size).toBe(1)
    expect([...versions][0]).not.toBe(publicPackages(root)[0].manifest.version)
    const changelog = readFileSync(join(folder, 'packages/core/CHANGELOG.md'), 'utf8')
    expect(changelog).toContain('One more change.')
    expect(waiting ? changelog.match(/^- /gm).length : 2).toBeGreaterThan(1)
  })
})
