// What stands in examples/ci for other people's CI, executed; what takes a server or npm is in ci-examples.long.test.mjs.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { layOut, root, writeNpx, wrong } from './ci-project.mjs'
import { tool } from './tools.mjs'
import { annotationsOf, playSteps } from './workflow.mjs'

const read = (path) => readFileSync(join(root, path), 'utf8')
const { version } = JSON.parse(read('packages/cli/package.json'))

it('pins the version of this repository everywhere', () => {
  const ci = readdirSync(join(root, 'examples/ci')).map((name) => `examples/ci/${name}`)
  for (const path of ['.pre-commit-hooks.yaml', ...ci]) {
    const pinned = [...read(path).matchAll(/(?<=@v?|_VERSION: ['"]|rev: v)\d+\.\d[\w.-]*/g)].map(([each]) => each)
    expect(pinned.length, path).toBeGreaterThan(0)
    expect(new Set(pinned), path).toEqual(new Set([version]))
  }
})

describe('the workflow for GitHub', () => {
  const { jobs } = parse(read('examples/ci/github.yml'))
  const play = (name, changed) => playSteps(layOut(changed), jobs[name].steps, {})

  it('has a job for records, one for each role, and asks for no rights but reading', () => {
    expect(Object.keys(jobs)).toEqual(['records', 'server', 'runtime', 'verifier'])
    expect(parse(read('examples/ci/github.yml')).permissions).toEqual({ contents: 'read' })
  })

  it('finds no fault in good records, and the line of a bad one', () => {
    expect(play('records').outcome).toBe('success')
    const { outcome, log } = play('records', { 'runs/a.json': wrong })
    expect(outcome).toBe('failure')
    expect(annotationsOf(log)[0][1]).toContain('file=runs/a.json,line=')
  })

  it.each(['runtime', 'verifier'])('proves ours: %s', (name) => {
    const { outcome, summary, log } = play(name)
    expect(outcome, log).toBe('success')
    expect(summary).toContain('requirements')
  })

  it('notices a harness that can do nothing', () => {
    const { outcome, summary } = play('verifier', { 'harness.mjs': 'process.exit(1)\n' })
    expect(outcome).toBe('failure')
    expect(summary).not.toContain('compliant with')
  })
})

describe('the jobs for GitLab', () => {
  const { variables, default: _, ...jobs } = parse(read('examples/ci/gitlab.yml'))

  /** Runs the lines as GitLab's runner does: one script, ended by the first line that fails. */
  const play = (name, changed) => {
    const project = layOut(changed)
    writeNpx(project.bin)
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', jobs[name].script.join('\n')], {
      cwd: project.workspace,
      encoding: 'utf8',
      env: {
        PATH: `${project.bin}:${process.env.PATH}`,
        HOME: project.temp,
        CI: 'true',
        GITLAB_CI: 'true',
        ...variables,
      },
    })
    const { paths = [], reports } = jobs[name].artifacts
    const kept = [...paths, reports.junit].filter((path) => existsSync(join(project.workspace, path)))
    return { status, log: stdout + stderr, kept, junit: readFileSync(join(project.workspace, reports.junit), 'utf8') }
  }

  it('keep a JUnit report, also of a failure', () => {
    for (const [name, { artifacts }] of Object.entries(jobs)) {
      expect(artifacts.when, name).toBe('always')
      expect(artifacts.reports.junit, name).toMatch(/\.xml$/)
    }
  })

  it('find no fault in good records, and the line of a bad one', () => {
    expect(play('agent-run-records')).toMatchObject({ status: 0, junit: expect.stringContaining('<testsuite') })
    const { status, junit } = play('agent-run-records', { 'runs/a.json': wrong })
    expect(status).toBe(1)
    expect(junit).toContain('schema.enum')
  })

  it.each(['agent-run-runtime', 'agent-run-verifier'])('prove ours: %s', (name) => {
    const { status, junit, log } = play(name)
    expect(status, log).toBe(0)
    expect(junit).toContain('<testsuite')
    expect(junit).not.toContain('<failure')
  })
})

describe('the hooks for pre-commit', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml'))
  const [described, local] = parse(read('examples/ci/pre-commit.yaml')).repos

  /** Runs a hook as pre-commit does: the words of `entry`, `args`, then the files that `files` selects. */
  const play = ({ entry, args = [], files }, project, names) => {
    const selected = names.filter((name) => new RegExp(files).test(name))
    if (selected.length === 0) return { status: 0, log: '', selected }
    const [program, ...words] = entry.split(' ')
    const options = {
      cwd: project.workspace,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${project.bin}:${process.env.PATH}` },
    }
    const { status, stdout, stderr } = spawnSync(program, [...words, ...args, ...selected], options)
    return { status, log: stdout + stderr, selected }
  }

  it('are described, and used by the example, by their ids', () => {
    expect(hooks.map(({ id, language }) => [id, language])).toEqual([
      ['agent-run-validate', 'node'],
      ['agent-run-verify', 'node'],
    ])
    for (const { id } of described.hooks) expect(hooks.map((hook) => hook.id)).toContain(id)
    for (const hook of [...hooks, ...local.hooks]) expect(hook.args.at(-1), hook.id).toBe('--')
  })

  it('look at records by their names', () => {
    const names = ['a.run.json', 'deep/b.runs.jsonl', 'c.run.ndjson.gz', 'package.json', 'run.json', 'd.run.json.bak']
    expect(names.filter((name) => new RegExp(hooks[0].files).test(name))).toEqual(names.slice(0, 3))
  })

  it('let good records pass and stop bad ones', () => {
    const project = layOut({ 'b.run.json': wrong })
    expect(play(hooks[0], project, ['examples/deep/c.run.json'])).toMatchObject({ status: 0 })
    const { status, log } = play(hooks[0], project, ['examples/deep/c.run.json', 'b.run.json'])
    expect(status).toBe(1)
    expect(log).toContain('b.run.json')
    expect(play(local.hooks[0], project, ['runs/a.json', 'runs/b.jsonl'])).toMatchObject({
      status: 0,
      selected: ['runs/a.json', 'runs/b.jsonl'],
    })
  })

  it('stop a sealed record that was changed', () => {
    const configured = { ...hooks[1], ...described.hooks[1] }
    expect(play(configured, layOut(), ['sealed/d.json'])).toMatchObject({ status: 0, selected: ['sealed/d.json'] })
    const forged = read('examples/records/sealed.json').replace('"release-bot"', '"release-cat"')
    expect(play(configured, layOut({ 'sealed/d.json': forged }), ['sealed/d.json'])).toMatchObject({ status: 1 })
  })

  it('take a name for a name', () => {
    const name = '--output=x.run.json'
    const project = layOut({ [name]: wrong })
    const { status, log } = play(hooks[0], project, [name])
    expect(status).toBe(1)
    expect(log).toContain(name)
  })
})

describe('files that others read', () => {
  const path = tool('check-jsonschema')
  const check = (schema, file) =>
    spawnSync(path, ['--builtin-schema', `vendor.${schema}`, join(root, file)], { encoding: 'utf8' })

  it.skipIf(!path).each([
    ['github-actions', 'action.yml'],
    ['github-workflows', 'examples/ci/github.yml'],
    ['gitlab-ci', 'examples/ci/gitlab.yml'],
  ])('are what the schema %s asks for: %s', (schema, file) => {
    const { status, stdout } = check(schema, file)
    expect(status, stdout).toBe(0)
  })
})
