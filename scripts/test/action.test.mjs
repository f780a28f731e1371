// action.yml, played step by step as GitHub would, on good and bad files, with hostile inputs, against a server that is there.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { startServer } from '../start/throw-away-server.mjs'
import { temporaryFolder } from './temporary-folder.mjs'
import { annotationsOf, playAction } from './workflow.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const text = readFileSync(join(root, 'action.yml'), 'utf8')
const action = parse(text)
const record = readFileSync(join(root, 'examples/records/minimal.json'), 'utf8')
const wrong = record.replace('"completed"', '"sucess"')

const programs = {
  'agent-run': join(root, 'packages/cli/bin/agent-run.mjs'),
  'agent-run-conformance': join(root, 'packages/conformance/bin/agent-run-conformance.mjs'),
}

/** A job in a checkout with these files, with the programs of this repository in the folder `bin`. */
const job = (files = {}, env = {}) => {
  const temp = temporaryFolder()
  const workspace = temporaryFolder(files)
  mkdirSync(join(temp, 'bin'))
  for (const [name, path] of Object.entries(programs)) symlinkSync(path, join(temp, 'bin', name))
  return { workspace, temp, env, root, bin: join(temp, 'bin') }
}

const play = (files, inputs, env) => {
  const place = job(files, env)
  return { ...playAction(place, { bin: place.bin, ...inputs }), ...place }
}

/** Puts programs in place that do nothing but write down what they were called with. */
const playRecorded = (inputs) => {
  const place = job({ 'a.json': record })
  const calls = join(place.temp, 'calls')
  mkdirSync(join(place.temp, 'recorders'))
  for (const name of Object.keys(programs)) {
    const path = join(place.temp, 'recorders', name)
    writeFileSync(path, `#!/bin/sh\nprintf '%s\\0' "$0" "$@" "key=$AGENT_RUN_KEY" >> '${calls}'\n`)
    chmodSync(path, 0o755)
  }
  const played = playAction(place, { bin: join(place.temp, 'recorders'), ...inputs })
  return { ...played, ...place, calls: existsSync(calls) ? readFileSync(calls, 'utf8').split('\0') : [] }
}

describe('the metadata', () => {
  it('has the fields that GitHub knows, and no others', () => {
    expect(Object.keys(action).sort()).toEqual([
      'author',
      'branding',
      'description',
      'inputs',
      'name',
      'outputs',
      'runs',
    ])
    expect(Object.keys(action.runs).sort()).toEqual(['steps', 'using'])
    expect(action.runs.using).toBe('composite')
    for (const [name, input] of Object.entries(action.inputs)) {
      expect(name).toMatch(/^[a-z][a-z-]*$/)
      expect(Object.keys(input).sort(), name).toEqual(['default', 'description'])
      expect(typeof input.default, name).toBe('string')
    }
    for (const [name, output] of Object.entries(action.outputs)) {
      expect(Object.keys(output).sort(), name).toEqual(['description', 'value'])
    }
    for (const step of action.runs.steps) {
      expect(['env', 'id', 'if', 'name', 'run', 'shell']).toEqual(expect.arrayContaining(Object.keys(step)))
      expect(step.shell, step.name).toBe('bash')
    }
  })

  it('lets no expression into a script', () => {
    for (const { name, run } of action.runs.steps) expect(run, name).not.toContain('${{')
  })

  it('hands every input to a step, and every variable is one that the step names', () => {
    const handed = action.runs.steps.flatMap(({ env }) => Object.values(env)).join('\n')
    for (const name of Object.keys(action.inputs)) expect(handed).toContain(`\${{ inputs.${name} }}`)
    for (const { name, env, run } of action.runs.steps) {
      const used = new Set([...run.matchAll(/\b(?:INPUT|AGENT_RUN)_[A-Z_]+\b/g)].map(([each]) => each))
      used.delete('AGENT_RUN_KEY')
      expect([...used].sort(), name).toEqual(Object.keys(env).sort())
    }
  })

  it('installs the version of the packages that it belongs to', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'packages/conformance/package.json'), 'utf8'))
    expect(JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')).version).toBe(version)
    expect(text).toContain('/packages/cli/package.json')
  })
})

describe('validation', () => {
  it('of good records succeeds and writes a summary', () => {
    const { outcome, summary, log, outputs } = play(
      { 'runs/a.json': record, 'b.json': record },
      { files: 'runs\nb.json\n' },
    )
    expect(log).toContain('2 files')
    expect(outcome).toBe('success')
    expect(summary).toContain('2 files')
    expect(outputs).toMatchObject({ folder: 'agent-run-report', findings: '', verdict: '' })
  })

  it('of a bad one fails and annotates its line', () => {
    const { outcome, log, summary } = play({ 'runs/a.json': wrong, 'runs/b.json': record }, { files: 'runs' })
    expect(outcome).toBe('failure')
    expect(annotationsOf(log)).toEqual([
      ['error', expect.stringContaining('file=runs/a.json,line='), expect.any(String)],
    ])
    expect(summary).toContain('schema.enum')
  })

  it.each([
    ['sarif', 'findings.sarif'],
    ['junit', 'findings.xml'],
    ['json', 'findings.json'],
    ['ndjson', 'findings.ndjson'],
    ['markdown', 'findings.md'],
  ])('writes %s where it says', (format, name) => {
    const { outcome, outputs, workspace } = play(
      { 'a.json': wrong },
      { files: 'a.json', format, 'report-folder': 'out/it' },
    )
    expect(outcome).toBe('failure')
    expect(outputs.findings).toBe(`out/it/${name}`)
    expect(readFileSync(join(workspace, outputs.findings), 'utf8')).toContain('schema.enum')
  })

  it('can fail on warnings', () => {
    const odd = { 'a.json': record.replace('{', '{ "agentVersion": "1",') }
    expect(play(odd, { files: 'a.json' }).outcome).toBe('success')
    expect(play(odd, { files: 'a.json', 'fail-on': 'warning' }).outcome).toBe('failure')
  })

  it('expands patterns itself and refuses one that matches nothing', () => {
    const files = { 'runs/a.json': record, 'runs/deep/b.json': record }
    expect(play(files, { files: 'runs/**/*.json' }).log).toContain('2 files')
    expect(play(files, { files: 'records/*.json' }).outcome).toBe('failure')
  })
})

describe('verification', () => {
  const sealed = readFileSync(join(root, 'examples/records/sealed.json'), 'utf8')
  const trust = readFileSync(join(root, 'examples/proof/trust.json'), 'utf8')

  it('requires a level', () => {
    const files = { 'a.json': sealed, 'trust.json': trust }
    expect(play(files, { files: 'a.json', verify: 'sealed' }).outcome).toBe('success')
    const { outcome, summary } = play(files, { files: 'a.json', verify: 'sealed', trust: 'trust.json' })
    expect(outcome).toBe('success')
    expect(summary).toContain('accountable by release-runner')
    expect(play(files, { files: 'a.json', verify: 'accountable' }).outcome).toBe('failure')
  })

  it('annotates a forged record, also beside one that is not valid', () => {
    const files = { 'a.json': sealed.replace('"release-bot"', '"release-cat"'), 'b.json': wrong }
    const { outcome, log, steps } = play(files, { files: 'a.json\nb.json', verify: 'sealed' })
    expect(outcome).toBe('failure')
    expect(steps.validate.outcome).toBe('failure')
    expect(steps.verify.outcome).toBe('failure')
    expect(
      annotationsOf(log)
        .map(([, properties]) => properties)
        .join('\n'),
    ).toContain('title=record.mismatch')
  })
})

describe('what cannot be done', () => {
  it.each([
    ['nothing', {}],
    ['a level of no files', { role: 'server', verify: 'sealed' }],
    ['a role that there is not', { role: 'servant' }],
    ['a format that there is not', { files: 'a.json', format: 'pdf' }],
    ['a folder of programs that there is not', { files: 'a.json', bin: 'nowhere' }],
    ['a folder for reports without a name', { files: 'a.json', 'report-folder': '' }],
    ['a version that is none', { files: 'a.json', bin: '', version: 'file:.' }],
  ])('is refused with an annotation: %s', (_, inputs) => {
    const { outcome, log } = play({ 'a.json': record }, inputs)
    expect(outcome).toBe('failure')
    expect(annotationsOf(log)).toHaveLength(1)
  })

  it('is refused on a Node that is too old', () => {
    const place = job({ 'a.json': record })
    const old = join(place.temp, 'old')
    mkdirSync(old)
    writeFileSync(join(old, 'node'), '#!/bin/sh\nexit 1\n')
    chmodSync(join(old, 'node'), 0o755)
    place.env.PATH = `${old}:${process.env.PATH}`
    const { outcome, log } = playAction(place, { bin: place.bin, files: 'a.json' })
    expect(outcome).toBe('failure')
    expect(log).toContain('Node 20.19')
  })
})

describe('conformance', () => {
  let server
  beforeAll(async () => {
    server = await startServer(root)
  })
  afterAll(() => server.stop())

  const sentences = { only: 'AR-HTTP-002\nAR-HTTP-006' }
  const reports = ['badge', 'html', 'junit', 'markdown', 'record', 'report']

  it('of a server gives a verdict and six reports, without its key in any of them', () => {
    const { outcome, log, summary, outputs, workspace } = play(
      {},
      { role: 'server', 'server-url': server.url, key: server.key, ...sentences },
    )
    expect(log).toContain('agent-run-server')
    expect(outcome).toBe('success')
    expect(outputs.verdict).toBe('pass')
    for (const name of reports) {
      const written = readFileSync(join(workspace, outputs[name]), 'utf8')
      expect(written.length, name).toBeGreaterThan(50)
      expect(written, name).not.toContain(server.key)
    }
    expect(`${log}${summary}`).not.toContain(server.key)
    expect(summary).toBe(`${readFileSync(join(workspace, outputs.markdown), 'utf8')}\n`)
    expect(JSON.parse(readFileSync(join(workspace, outputs.report), 'utf8')).requirements.length).toBeGreaterThan(1)
  })

  it('takes the key from the environment as well', () => {
    const inputs = { role: 'server', 'server-url': server.url, ...sentences }
    expect(play({}, inputs, { AGENT_RUN_KEY: server.key }).outputs.verdict).toBe('pass')
    expect(play({}, inputs).outcome).toBe('failure')
  })

  const harness = `node '${join(root, 'examples/prove/harness.mjs')}'`

  it('of a verifier that can do little fails and annotates', () => {
    const { outcome, log, outputs } = play({}, { role: 'verifier', command: harness, only: 'vectors/hash' })
    expect(outcome).toBe('failure')
    expect(outputs.verdict).toBe('fail')
    expect(annotationsOf(log).map(([severity, properties]) => [severity, properties])).toContainEqual([
      'error',
      'title=AR-BYTES-010',
    ])
  })

  it('holds a subject to what is not in the baseline', () => {
    const inputs = { role: 'server', 'server-url': server.url, key: server.key, only: 'AR-HTTP-002\nAR-HTTP-007' }
    // There is no key here that has expired.
    expect(play({}, inputs).outputs.verdict).toBe('untested')
    const known = play(
      { 'known.txt': 'AR-HTTP-007  # keys do not expire here\n' },
      { ...inputs, baseline: 'known.txt' },
    )
    expect([known.outcome, known.outputs.verdict]).toEqual(['success', 'pass'])
    const late = play({ 'known.txt': 'AR-HTTP-007\nAR-HTTP-002\n' }, { ...inputs, baseline: 'known.txt' })
    expect([late.outcome, late.outputs.verdict]).toEqual(['failure', 'fail'])
    expect(annotationsOf(late.log)).toContainEqual(['error', 'title=baseline', expect.any(String)])
  })

  it('of a runtime by the files that it has written', () => {
    const { outcome, outputs, steps } = play(
      { 'runs/a.json': record },
      { role: 'emitter', files: 'runs', only: 'AR-BYTES-011' },
    )
    expect(steps.validate.outcome).toBe('success')
    expect(outcome).toBe('success')
    expect(outputs.verdict).toBe('pass')
  })

  it('of a runtime by what it sends, started by a shell', () => {
    const command = `cp '${join(root, 'examples/prove/runtime.mjs')}' . && node runtime.mjs`
    const { outcome, outputs, log } = play({}, { role: 'emitter', command, only: 'AR-BYTES-011' })
    expect(outcome).toBe('failure')
    expect(outputs.verdict).toBe('fail')
    expect(annotationsOf(log).map(([, properties]) => properties)).toEqual(['title=AR-BYTES-011'])
  })

  it('says so when nothing could be tested, and leaves no report of another run', () => {
    const files = { 'agent-run-report/report.json': '{"verdict":"pass"}' }
    const { outcome, outputs } = play(files, { role: 'server', 'server-url': 'http://127.0.0.1:9', timeout: '20' })
    expect(outcome).toBe('failure')
    expect(outputs).toMatchObject({ verdict: '', report: '', html: '' })
  })

  it('never shows a key on a command line', () => {
    const { calls } = playRecorded({ role: 'server', 'server-url': 'http://127.0.0.1:9', key: 'a-secret' })
    expect(calls).toContain('key=a-secret')
    expect(calls.filter((each) => each !== 'key=a-secret' && each.includes('a-secret'))).toEqual([])
  })

  it('gives the key to nothing but the test of a server', () => {
    for (const inputs of [
      { files: 'a.json', verify: 'recorded' },
      { role: 'verifier', command: 'true' },
    ]) {
      const { calls } = playRecorded({ key: 'a-secret', ...inputs })
      expect(calls).toContain('key=')
      expect(calls.join('\n')).not.toContain('a-secret')
    }
  })
})

/** Each would make the file `pwned`, an output or an annotation, if it became code. */
const HOSTILE = [
  `"; touch pwned; "$(touch pwned)\`touch pwned\`'; touch pwned; '; touch pwned; *`,
  `--output=pwned '$(touch pwned)' \${{ inputs.key }}`,
  'x\nverdict=pass\n::error::forged\n$(touch pwned)',
]

/** What makes an input matter, besides itself. */
const MATTERS = {
  'fail-on': { files: 'a.json' },
  format: { files: 'a.json' },
  verify: { files: 'a.json' },
  trust: { files: 'a.json', verify: 'sealed' },
  command: { role: 'emitter' },
  scenarios: { role: 'emitter', command: 'true' },
  version: { files: 'a.json', bin: '' },
  bin: { files: 'a.json' },
}

/** Inputs that are held against a list or a pattern. */
const REFUSED = new Set(['bin', 'format', 'role', 'version'])

/** The arguments that an input has to become, word for word. */
const argumentsOf = (name, value) => {
  if (name === 'files') return value.split('\n')
  if (name === 'only') return value.split('\n').map((line) => `--only=${line}`)
  if (name === 'report-folder') return [`--report=${value}/report.json`]
  const option = { key: 'key=', command: '', 'server-url': '--url=', verify: '--level=' }[name] ?? `--${name}=`
  return [option + value]
}

describe('hostile inputs', () => {
  it.each(Object.keys(action.inputs))('are only values: %s', (name) => {
    for (const value of HOSTILE) {
      const inputs = { role: 'server', 'server-url': 'http://127.0.0.1:9', ...MATTERS[name], [name]: value }
      const { workspace, outputs, log, calls, outcome } = playRecorded(inputs)
      const made = readdirSync(workspace).filter((each) => !['a.json', 'agent-run-report'].includes(each))
      // The folder for reports may have any name.
      expect(made, value).toEqual(name === 'report-folder' && outcome === 'success' ? [value.split('/')[0]] : [])
      expect(outputs.verdict, value).toBe('')
      expect(log, value).not.toMatch(/^::error::forged/m)
      const refused = outcome === 'failure' && annotationsOf(log).length === 1
      expect(refused, value).toBe(REFUSED.has(name) || (name === 'report-folder' && value.includes('\n')))
      if (!refused) expect(calls).toEqual(expect.arrayContaining(argumentsOf(name, value)))
    }
  })

  it('name files whose names are hostile themselves', () => {
    const name = '"; touch pwned; $(touch pwned) *.json'
    const { outcome, workspace } = play({ [name]: record }, { files: name })
    expect(outcome).toBe('success')
    expect(existsSync(join(workspace, 'pwned'))).toBe(false)
  })
})
