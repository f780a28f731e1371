import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPage } from '../../../scripts/check/markdown.mjs'
import { tool } from '../../../scripts/test/tools.mjs'
import { conformance, emptyFolder } from './command.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const example = (path: string): string => join(root, 'examples/verifier', path)
const problemsOf = (page: string): readonly string[] => checkPage(root, `examples/verifier/${page}/README.md`)

/** A folder for PATH in which these programs are, and nothing else: above all no node. */
const pathWith = (...programs: readonly string[]): string => {
  const folder = emptyFolder()
  for (const name of programs) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
    symlinkSync(stdout.trim(), join(folder, name))
  }
  const { error } = spawnSync('node', ['--version'], { env: { PATH: folder } })
  expect(error).toMatchObject({ code: 'ENOENT' })
  return folder
}

/** What came out of putting a harness to the test, with that PATH. */
const put = async (words: readonly string[], path: string, ...options: readonly string[]) => {
  const file = join(emptyFolder(), 'report.json')
  const ended = await conformance(
    ['verifier', '--answer-timeout', '60', '--report', file, ...options, '--', ...words],
    {
      env: { PATH: path },
      cwd: root,
    },
  )
  const report = JSON.parse(readFileSync(file, 'utf8'))
  return { ...ended, report, notPassed: report.cases.filter(({ status }: { status: string }) => status !== 'pass') }
}

const everything = {
  capabilities: expect.arrayContaining(['recorded', 'sealed', 'accountable', 'sealing']),
}
const green = { fail: 0, warn: 0, untestable: 0, not_applicable: 0 }

describe.skipIf(!tool('python3'))('the harness in Python', () => {
  it('passes everything at the highest level, without node', async () => {
    // What is found on PATH may be a script that needs PATH itself.
    const asked = spawnSync(tool('python3') ?? '', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
    const { code, stderr, report, notPassed } = await put(
      [asked.stdout.trim(), example('python/harness.py')],
      pathWith(),
    )
    expect(notPassed).toEqual([])
    expect({ code, stderr, verdict: report.verdict }).toEqual({ code: 0, stderr: '', verdict: 'pass' })
    expect(report.subject).toMatchObject(everything)
    expect(report.counts).toMatchObject(green)
  })

  it('does what its page shows', () => expect(problemsOf('python')).toEqual([]))
})

describe.skipIf(!tool('go'))('the verifier in Go', () => {
  // A first build compiles the standard library, so what was compiled is kept.
  const environment = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-buildvcs=false', GOPROXY: 'off' }
  const go = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(tool('go') ?? '', words, {
      cwd: example('go'),
      encoding: 'utf8',
      env: environment,
    })
    return { status, stdout, stderr }
  }

  it('is formatted, vetted and needs nothing but the standard library', () => {
    expect(go('vet', './...')).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(go('list', '-m', 'all').stdout).toBe('example.org/agent-run-harness\n')
    const gofmt = spawnSync(join(dirname(tool('go') ?? ''), 'gofmt'), ['-l', '.'], {
      cwd: example('go'),
      encoding: 'utf8',
    })
    expect({ status: gofmt.status, stdout: gofmt.stdout }).toEqual({ status: 0, stdout: '' })
  })

  let folder: string
  let harness: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-run-harness-'))
    harness = join(folder, 'harness')
    expect(go('build', '-o', harness, '.')).toEqual({ status: 0, stdout: '', stderr: '' })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('passes everything at the highest level, without node', async () => {
    const { code, stderr, report, notPassed } = await put([harness], pathWith())
    expect(notPassed).toEqual([])
    expect({ code, stderr, verdict: report.verdict }).toEqual({ code: 0, stderr: '', verdict: 'pass' })
    expect(report.subject).toMatchObject(everything)
    expect(report.counts).toMatchObject(green)
  })

  it('answers as its page shows', () => {
    expect(problemsOf('go')).toEqual([])
    const shown = [
      ...readFileSync(example('go/README.md'), 'utf8').matchAll(/^\$ echo '(.*)' \| \.\/harness\n(.*\n)/gm),
    ]
    expect(shown.length).toBeGreaterThan(1)
    for (const [, request, answer] of shown)
      expect(spawnSync(harness, { cwd: root, input: `${request}\n`, encoding: 'utf8' }).stdout).toBe(answer)
  })
})

describe.skipIf(!tool('jq') || !tool('sha256sum'))('the harness in shell', () => {
  it('passes the vectors of its two operations, without node', async () => {
    const path = pathWith('sh', 'jq', 'sha256sum', 'cut', 'od', 'tr', 'wc')
    const only = ['--only', 'vectors/hash/digest', '--only', 'vectors/hash/pae']
    const { code, stderr, report, notPassed } = await put(['sh', example('shell/harness.sh')], path, ...only)
    expect(notPassed).toEqual([])
    expect({ code, stderr, verdict: report.verdict }).toEqual({ code: 0, stderr: '', verdict: 'pass' })
    expect(report.cases.length).toBeGreaterThan(10)
  })

  it('does what its page shows', () => expect(problemsOf('shell')).toEqual([]))
})
