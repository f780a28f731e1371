// The same as ci-examples.test.mjs where it takes minutes: with npm and pre-commit as their users have them, and a registry that
// has this repository's packages; and with a server that is put to the test as a whole.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { repositoryFiles } from '../files.mjs'
import { startServer } from '../start/throw-away-server.mjs'
import { good, layOut, root, wrong } from './ci-project.mjs'
import { startRegistry } from './npm-registry.mjs'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool } from './tools.mjs'
import { annotationsOf, playAction, playSteps } from './workflow.mjs'

const read = (path) => readFileSync(join(root, path), 'utf8')

let folder
let registry
/** npm as somebody has it who uses nothing of ours yet. */
let npm

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'agent-run-ci-')))
  registry = await startRegistry(root, folder)
  npm = {
    npm_config_registry: registry.url,
    npm_config_cache: join(folder, 'cache'),
    npm_config_update_notifier: 'false',
  }
})

afterAll(() => {
  registry?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the action', () => {
  it('installs the packages that belong to it', () => {
    const project = { ...layOut({ 'runs/a.json': wrong }), env: npm }
    const inputs = { files: 'runs', role: 'verifier', command: 'node harness.mjs', only: 'vectors/hash' }
    const { log, steps, outputs } = playAction(project, inputs)
    expect(steps.programs, log).toMatchObject({ outcome: 'success' })
    expect(steps.programs.outputs.bin).toMatch(/\/agent-run-\d+\.\d+\.\d+\/node_modules\/\.bin$/)
    expect(annotationsOf(log)[0][1]).toContain('file=runs/a.json,line=')
    expect(outputs.verdict).toBe('pass')
  })

  it('ends where the version is not to be had', () => {
    const { outcome, steps } = playAction({ ...layOut(), env: npm }, { files: 'runs', version: '0.0.1' })
    expect(outcome).toBe('failure')
    expect(Object.keys(steps)).toEqual(['programs', 'validate', 'verify', 'conform'])
    expect(steps.validate.outcome).toBe('skipped')
  })
})

it('the workflow for GitHub proves a server', () => {
  const project = layOut()
  try {
    const { jobs } = parse(read('examples/ci/github.yml'))
    const { outcome, log, summary } = playSteps(project, jobs.server.steps, {})
    const report = JSON.parse(readFileSync(join(project.workspace, 'agent-run-report/report.json'), 'utf8'))
    expect(report.counts.fail, log).toBe(0)
    expect(outcome, log).toBe('success')
    expect(summary).toContain('agent-run-server')
  } finally {
    project.stop()
  }
})

describe('the jobs for GitLab, with npx', () => {
  const { variables, default: _, ...jobs } = parse(read('examples/ci/gitlab.yml'))

  it.each(Object.keys(jobs))('%s', async (name) => {
    const project = layOut()
    const server = await startServer(root)
    try {
      const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', jobs[name].script.join('\n')], {
        cwd: project.workspace,
        encoding: 'utf8',
        env: {
          ...{ PATH: process.env.PATH, HOME: project.temp, CI: 'true', ...npm, ...variables },
          ...{ AGENT_RUN_SERVER_URL: server.url, AGENT_RUN_KEY: server.key },
        },
      })
      expect(status, stdout + stderr).toBe(0)
      const { paths = [], reports } = jobs[name].artifacts
      for (const path of [...paths, reports.junit]) {
        expect(existsSync(join(project.workspace, path)), path).toBe(true)
        expect(readFileSync(join(project.workspace, path), 'utf8')).not.toContain(server.key)
      }
    } finally {
      await server.stop()
    }
  })
})

describe('pre-commit', () => {
  const path = tool('pre-commit')
  const git = (cwd, ...words) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...words], {
      cwd,
      encoding: 'utf8',
    })

  /** A commit with what stands in the working tree, elsewhere. */
  const commitCopy = () => {
    const copy = temporaryFolder()
    for (const file of repositoryFiles(root)) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      cpSync(join(root, file), join(copy, file))
    }
    git(copy, 'init', '--quiet')
    git(copy, 'add', '--all')
    git(copy, 'commit', '--quiet', '--message', 'a version')
    return { copy, rev: git(copy, 'rev-parse', 'HEAD').trim() }
  }

  it.skipIf(!tool('pre-commit'))('installs the hooks from the repository and from the package, and runs them', () => {
    const { copy, rev } = commitCopy()
    const example = read('examples/ci/pre-commit.yaml')
    const project = temporaryFolder({
      'runs/a.json': good,
      'b.run.json': good,
      'sealed/c.json': read('examples/records/sealed.json'),
    })
    const configuration = example.replace(/https:.*/, copy).replace(/rev: .*/, `rev: ${rev}`)
    writeFileSync(join(project, '.pre-commit-config.yaml'), configuration)
    git(project, 'init', '--quiet')
    const run = () => {
      git(project, 'add', '--all')
      const env = { ...process.env, ...npm, PRE_COMMIT_HOME: join(folder, 'pre-commit') }
      const { status, stdout, stderr } = spawnSync(path, ['run', '--all-files'], {
        cwd: project,
        encoding: 'utf8',
        env,
      })
      return { status, log: stdout + stderr }
    }
    const first = run()
    expect(first.status, first.log).toBe(0)
    expect(first.log.match(/\bPassed\b/g), first.log).toHaveLength(3)

    writeFileSync(join(project, 'runs/a.json'), wrong)
    writeFileSync(join(project, 'b.run.json'), wrong)
    writeFileSync(
      join(project, 'sealed/c.json'),
      read('examples/records/sealed.json').replace('"release-bot"', '"release-cat"'),
    )
    const second = run()
    expect(second.status).toBe(1)
    expect(second.log.match(/\bFailed\b/g), second.log).toHaveLength(3)
    expect(second.log).toContain('schema.enum')
    expect(second.log).toContain('record.mismatch')
  })
})
